import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { asciiMarks } from '../../../src/report/marks.ts';
import { renderTerminal } from '../../../src/report/terminal.ts';
import type { RunFolder } from '../../../src/results/run-folder.ts';
import { compareRun } from '../../../src/verdict/comparison.ts';
import { exampleRecord, exampleRun, exampleSample } from '../results/example-run.ts';
import { around, runOfTimes } from '../verdict/paired-run.ts';

const render = (run: RunFolder, color = false, width = 80): string =>
  renderTerminal(run, compareRun(run), { color, width });

const failure = { code: 'APP_CRASHED', message: 'It ended.', excerpt: 'line one\n  line two' };
const run = exampleRun(
  [
    exampleSample({ phases: { build: 1000, pull: 5000 } }, { warnings: ['the link was slow'] }),
    exampleSample({}, { variant: 'after', round: 2, outcome: 'crashed', failure, release: null }),
  ],
  { record: exampleRecord(['before', 'after'], 2), warnings: ['the last line was cut off'] },
);

describe('renderTerminal', () => {
  it('leaves out a phase that no variant has, and ends the times with the release clock', () => {
    const [, first = ''] = render(run).split(/\n\n/);
    const labels = [...first.matchAll(/^│ ([a-z][a-z ]*?) +│/gm)].map((match) => match[1]);
    expect(labels).toEqual(['build', 'pull', 'unattributed', 'release clock']);
  });

  it('tells every failure with where, what and its lines', () => {
    expect(render(run)).toContain(
      '  ✘ after · first · round 2 · crashed: It ended.\n    │ line one\n    │   line two\n',
    );
  });

  it('notes how often each kind was measured, and all warnings', () => {
    const text = render(run, false, 200);
    expect(text).toContain('after, first: 0 of 2 deploys counted (1 crashed, 1 not made).');
    expect(text).toContain('2 rounds: each number was measured once');
    expect(text).toContain('Warning (1 deploy): the link was slow');
    expect(text).toContain('Warning: the last line was cut off');
    expect(text).toContain('Links: uplink 100mbps, downlink 100mbps, mirror 100mbps.');
    expect(text).toContain('Seed 32570');
  });

  it('names stand-ins where there are some, and only there', () => {
    expect(render(run)).not.toContain('Stand-ins');
    const images = [{ role: 'registry', image: 'registry:3', id: 'sha256:2', standIn: true }];
    const standIn = { ...run, record: { ...run.record, images } };
    expect(render(standIn, false, 200)).toContain('could not be had: registry (registry:3).');
  });

  it('keeps to the width, except for excerpts', () => {
    for (const line of render(run, false, 60).split('\n')) expect([...line].length).toBeLessThanOrEqual(60);
  });

  it('begins a kind with its verdict, then the table of verdicts, then the numbers', () => {
    const times = Array.from({ length: 6 }, () => [10_000, 5000] as const);
    const text = render(runOfTimes(times));
    const [headline, verdicts, numbers] = [
      '✔ Deploying a code-edit takes',
      '│ release clock │ −50.',
      '│ release clock │ 10.0 s │',
    ].map((part) => text.indexOf(part));
    expect(headline).toBeGreaterThan(0);
    expect(verdicts).toBeGreaterThan(headline ?? 0);
    expect(numbers).toBeGreaterThan(verdicts ?? 0);
    expect(text).not.toContain('too few to test');
  });

  it('says of a single pair that it was not tested, and colours no ratio of it', () => {
    const text = render(runOfTimes(around(0.5, 1)), true, 120);
    expect(stripVTControlCharacters(text)).toContain('1 pair, too few to test.');
    expect(stripVTControlCharacters(text)).toContain('4.99 s  ×0.50');
    expect(text).not.toContain('\u001b[32m');
  });

  it('draws with plain characters where a terminal has no others, tables as wide as before', () => {
    const folder = runOfTimes(around(0.5, 12));
    const plain = renderTerminal(folder, compareRun(folder), { color: false, width: 80 }, asciiMarks);
    expect(plain).toMatch(/^[\x20-\x7e\n]*$/);
    expect(plain).toContain('v Deploying a code-edit takes');
    const widths = (text: string): number[] =>
      text.split('\n').flatMap((line) => (/^[│|]/.test(line) ? [[...line].length] : []));
    expect(widths(plain)).toEqual(widths(render(folder)));
  });

  it('says the same with colour as without', () => {
    expect(stripVTControlCharacters(render(run, true))).toBe(render(run));
    expect(render(run, true)).not.toBe(render(run));
  });

  it('lets nothing through that a terminal obeys, wherever it comes from', () => {
    const evil = '\u001b]0;pwned\u0007\u001b[2J\u009b5n';
    const record = exampleRecord(['before', `after${evil}`]);
    const hostile = exampleRun(
      [
        exampleSample(
          {},
          {
            variant: `after${evil}`,
            outcome: 'crashed',
            failure: { code: 'X', message: evil, excerpt: `a${evil}\nb` },
            warnings: [evil],
          },
        ),
      ],
      { record: { ...record, scenario: { ...record.scenario, name: evil, description: evil } }, warnings: [evil] },
    );
    const text = render(hostile);
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(text).not.toContain('pwned');
    expect(text).toContain('after · first');
  });
});
