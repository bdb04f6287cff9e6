import { describe, expect, it } from 'vitest';
import { renderGateMarkdown } from '../../../src/report/gate-markdown.ts';
import { renderGateAnswer, renderGateTerminal } from '../../../src/report/gate-terminal.ts';
import { gateAnswer, gatesWithoutEffect } from '../../../src/report/gate-view.ts';
import { textWidth } from '../../../src/report/text-width.ts';
import { exampleRecord, exampleRun } from '../results/example-run.ts';
import { budgetResult, gateResult, gateView } from './gate-results.ts';

const cannotTell = { sort: 'cannot-tell', stage: 'once', pairs: 6, detectable: 0.09 } as const;
const open = gateResult({ outcome: 'inconclusive', reason: cannotTell, fails: false });
const unjudged = gateResult({ outcome: 'not-judged', reason: { sort: 'no-baseline' }, change: null, value: null });
const warned = gateResult({ gate: { level: 'warn' }, fails: false });
const plain = { color: false, width: 100 };

describe('the answer is one word and the count', () => {
  it.each([
    [gateView([budgetResult(), warned]), 'PASS', '0 of 2 gates failed'],
    [gateView([gateResult(), unjudged, open], { outcome: 'failed' }), 'FAILED', '1 of 3 gates failed, 1 not judged'],
    [gateView([unjudged, open], { outcome: 'not-judged' }), 'NOT JUDGED', '1 of 2 gates could not be judged'],
    [
      gateView([budgetResult(), open], { outcome: 'inconclusive' }),
      'INCONCLUSIVE',
      '1 of 2 gates cannot tell, none failed',
    ],
    [gateView([open], { outcome: 'inconclusive', inconclusive: 'fail' }), 'INCONCLUSIVE', '1 of 1 gate cannot tell'],
  ])('%#', (view, word, count) => {
    expect(gateAnswer(view)).toEqual({ word, count });
    expect(renderGateAnswer(view, plain)).toBe(`${word}  ${count}\n`);
  });
});

describe('what could have failed and did not', () => {
  it('is told with the reason', () => {
    const erratic = gateResult({ gate: { erratic: true }, fails: false });
    const quiet = { ...unjudged, gate: { ...unjudged.gate, level: 'warn' as const }, fails: false };
    const view = gateView([budgetResult(), warned, erratic, open, quiet], { off: ['first.pull'] });
    expect(gatesWithoutEffect(view)).toEqual([
      'code-edit.pull of after, increase: regressed, but its level is warn',
      'code-edit.pull of after, increase: regressed, but marked as erratic',
      'code-edit.pull of after, increase: cannot tell, which fails only with --inconclusive fail',
      'code-edit.pull of after, increase: not judged, but its level is warn',
      'first.pull: off',
    ]);
  });

  it('is nothing where all pass, and not what failed', () => {
    expect(gatesWithoutEffect(gateView([budgetResult(), gateResult(), unjudged]))).toEqual([]);
    expect(gatesWithoutEffect(gateView([open], { inconclusive: 'fail' }))).toEqual([]);
  });
});

describe('for a terminal', () => {
  const view = gateView([budgetResult(), gateResult(), unjudged, warned, open], {
    outcome: 'failed',
    warnings: ['odd.'],
  });

  it('has a mark and a sentence for each gate', () => {
    const marks = renderGateTerminal(view, { ...plain, width: 300 })
      .split('\n')
      .slice(2, 7)
      .map((line) => line.slice(0, 2));
    expect(marks).toEqual(['✔ ', '✘ ', '? ', '! ', '~ ']);
  });

  it('keeps within its width', () => {
    for (const width of [50, 80]) {
      const lines = renderGateTerminal(view, { color: true, width }).split('\n');
      expect(lines.filter((line) => textWidth(line) > width)).toEqual([]);
    }
  });

  it('says the same without colour', () => {
    const style = { color: true, width: 80 };
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with ESC.
    expect(renderGateTerminal(view, style).replace(/\u001b\[\d+m/g, '')).toBe(
      renderGateTerminal(view, { ...style, color: false }),
    );
  });

  it('obeys no name', () => {
    const hostile = gateView([gateResult({ variant: '\u001b[2Jx\ny' })], { warnings: ['\u001b]0;title\u0007'] });
    expect(renderGateTerminal(hostile, plain)).not.toMatch(/[^\P{Cc}\n]/u);
    expect(renderGateTerminal(hostile, plain)).toContain('code-edit.pull of x y: +18 %');
  });
});

describe('as markdown', () => {
  it('has the word, the count and a line for each gate', () => {
    const text = renderGateMarkdown(
      gateView([budgetResult(), gateResult()], { outcome: 'failed', off: ['first.pull'] }),
    );
    expect(text).toContain('## node-api: FAILED\n\n1 of 2 gates failed. Run 2026-11-23');
    expect(text).toContain(
      '- ✅ code-edit.release of after: 28.1 s, budget 30 s: pass\n- ❌ code-edit.pull of after: +18 %',
    );
    expect(text).toContain('Could have failed, and did not:\n\n- first.pull: off\n');
  });

  it('lets no markup of a name through', () => {
    const record = exampleRecord(['before', '<b>@you</b>']);
    const run = exampleRun([], { record: { ...record, scenario: { ...record.scenario, name: '[x](y)\n# z' } } });
    const text = renderGateMarkdown(gateView([gateResult({ variant: '<b>@you</b>' })], { run }));
    expect(text).not.toMatch(/<b>|@you|\n# z|(?<!\\)\[x/);
  });
});
