import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith } from '../unit/scenario/folder.ts';
import { commandLine } from './command-line.ts';
import { folderOf, gateRun, lines } from './gate-runs.ts';

/** No engine is asked for anything, and no line is broken. */
const io = { env: { DOCKER_HOST: 'unix:///nowhere/docker.sock' }, columns: 250 };

async function gate(folder: string, ...args: string[]): ReturnType<typeof commandLine> {
  return await commandLine(['gate', folder, ...args], io);
}

const pullGate = { metric: 'code-edit.pull', maxIncrease: 0.05 };

describe('gates that are said over it', () => {
  test('limits on the command line, with units', async () => {
    const folder = folderOf(gateRun({ gates: [{ metric: 'code-edit.release', budget: 1 }] }));
    const args = [
      '--budget',
      'code-edit.release=35s',
      '--max-growth',
      'image.bytes=0%',
      '--max-slowdown',
      'code-edit.pull=5%',
    ];
    const { exitCode, out } = await gate(folder, ...args, '--floor', '500ms');
    expect(exitCode).toBe(0);
    expect(out).toContain('30.0 s, budget 35 s: pass');
    expect(out).toContain('at most +5 % or 500 ms: pass');
    expect(out).toContain('PASS  0 of 3 gates failed\n');
  });

  test('a slow-down alone is meant of the six that are gated by default', async () => {
    const run = gateRun({ pull: () => 1.3 });
    const { exitCode, out } = await gate(folderOf(run), '--max-slowdown', '10%', '--off', 'code-edit.stop');
    expect(out).toContain('code-edit.release of after');
    expect(out).toContain('code-edit.cold-start of after');
    expect(out).toContain('· code-edit.stop: off');
    expect(out).toMatch(/FAILED {2}1 of 5 gates failed, 2 not judged/);
    expect(exitCode).toBe(1);
  });

  test('two gates on one metric stay two', async () => {
    const gates = [pullGate, { metric: 'code-edit.pull', budget: 1 }, { metric: 'image.bytes', budget: 1 }];
    const args = ['--budget', 'code-edit.pull=60s', '--erratic', 'image.bytes'];
    const { exitCode, out } = await gate(folderOf(gateRun({ gates })), ...args);
    expect(out).toContain('budget 60 s: pass');
    expect(out).toContain('budget 1 ms: over by');
    expect(out).toContain('FAILED  1 of 4 gates failed\n');
    expect(exitCode).toBe(1);
  });

  test('--warn, --erratic and --off', async () => {
    const gates = [{ metric: 'image.bytes', budget: 1 }, { metric: 'code-edit.release', budget: 1 }, pullGate];
    const args = ['--warn', 'image.bytes', '--erratic', 'code-edit.release', '--off', 'code-edit.pull'];
    const { exitCode, out } = await gate(folderOf(gateRun({ gates, pull: () => 2 })), ...args);
    expect(exitCode).toBe(0);
    expect(out).toContain('PASS  0 of 2 gates failed\n');
  });

  test.each([
    [['--budget', 'code-edit.relase=30s'], 'did you mean "code-edit.release"?'],
    [['--budget', 'image.bytes=30s'], '"30s" is not a size: write "512 MB"'],
    [['--budget', 'image.bytes'], 'write a metric, "=" and its limit'],
    [['--max-slowdown', '5'], '5 has no unit: write "5 %"'],
    [['--max-slowdown', 'image.bytes=5%'], '→ --max-growth image.bytes=5%'],
    [['--max-growth', 'code-edit.pull=5%'], '→ --max-slowdown code-edit.pull=5%'],
    [['--warn', 'image.byte'], 'Did you mean "image.bytes"?'],
    [['--floor', '200'], '200 has no unit'],
    [['--floor', '1s'], 'no gate limits a slow-down'],
    [['--budget', 'rollback.release=30s'], 'matches no metric of this run'],
    [['-o', 'gate.docx'], '.txt, .md, .json, .xml'],
    [['-o', 'nowhere/gate.xml'], 'there is no folder nowhere'],
  ])('%j is refused, and says what would do', async (args, told) => {
    const folder = folderOf(gateRun({ gates: [{ metric: 'image.bytes', budget: 300e6 }] }));
    const { exitCode, err, out } = await gate(folder, ...args);
    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toContain(told);
  });

  test('those of a scenario.yaml as it is now', async () => {
    const cwd = folderWith({
      Dockerfile: 'FROM a',
      'scenario.yaml': 'name: node-api\nvariants: { only: {} }\nready: { check: exit }\ngates: { image.bytes: 100 MB }',
    });
    const folder = folderOf(gateRun({ gates: [{ metric: 'image.bytes', budget: 300e6 }] }));
    const { exitCode, out, err } = await commandLine(['gate', folder, '--scenario', '.'], { ...io, cwd });
    expect([exitCode, err]).toEqual([1, '']);
    expect(out).toContain('200 MB, budget 100 MB: over by 100 MB');
    writeFileSync(
      join(cwd, 'scenario.yaml'),
      readFileSync(join(cwd, 'scenario.yaml'), 'utf8').replace('100 MB', '1 s'),
    );
    const wrong = await commandLine(['gate', folder, '--scenario', '.'], { ...io, cwd });
    expect(wrong.exitCode).toBe(2);
    expect(wrong.err).toContain('scenario.yaml:4:23: gates.image.bytes: "1 s" is not a size');
  });

  test('those of another scenario are told to be so', async () => {
    const text = 'name: other\nvariants: { only: {} }\nready: { check: exit }\ngates: { image.bytes: 300 MB }';
    const cwd = folderWith({ Dockerfile: 'FROM a', 'scenario.yaml': text });
    const { out } = await commandLine(['gate', folderOf(gateRun({})), '--scenario', '.'], { ...io, cwd });
    expect(out).toContain('Warning: the gates are those of scenario other, and the run is of node-api.');
  });
});

describe('a folder that is not as a run left it', () => {
  const gates = [{ metric: 'code-edit.release', budget: 35_000 }];

  test('no gate at all', async () => {
    const { exitCode, err } = await gate(folderOf(gateRun({})));
    expect(exitCode).toBe(2);
    expect(err).toContain('has no gate');
    expect(err).toContain('--max-slowdown');
  });

  test('a gate of a kind that was not run', async () => {
    const { exitCode, err } = await gate(
      folderOf(gateRun({ gates: [{ metric: 'new-server.release', budget: 1000 }] })),
    );
    expect(exitCode).toBe(2);
    expect(err).toContain('new-server.release');
    expect(err).toContain('first, code-edit');
  });

  test.each([
    [1, 'an older deployclock wrote it'],
    [99, 'a newer deployclock wrote it'],
  ])('schema %d', async (schema, told) => {
    const { record, samples } = gateRun({ gates });
    const folder = folderOf({ record, samples });
    writeFileSync(join(folder, 'run.json'), JSON.stringify({ ...record, schema }));
    const { exitCode, err } = await gate(folder);
    expect(exitCode).toBe(2);
    expect(err).toContain(told);
  });

  test.each([
    ['NaN', 'not JSON'],
    ['null', 'expected number'],
    ['"fast"', 'expected number'],
    ['1e999', 'expected number'],
  ])('%s for a time', async (number, told) => {
    const { record, samples } = gateRun({ gates });
    const journal = lines(samples).replace(/"release":\{"ms":[\d.]+\}/, `"release":{"ms":${number}}`);
    const { exitCode, err } = await gate(folderOf({ record, samples }, journal));
    expect(exitCode).toBe(2);
    expect(err).toContain('samples.ndjson:1');
    expect(err).toContain(told);
  });

  test('a negative time decides nothing', async () => {
    const { record, samples } = gateRun({ gates: [pullGate] });
    const journal = lines(samples).replaceAll(/"pull":\{"ms":[\d.]+/g, '"pull":{"ms":-1');
    const { exitCode } = await gate(folderOf({ record, samples }, journal));
    expect(exitCode).toBe(4);
  });

  test('a limit that is none', async () => {
    const { exitCode, err } = await gate(folderOf(gateRun({ gates: [{ metric: 'image.bytes', budget: -1 }] })));
    expect(exitCode).toBe(2);
    expect(err).toContain('image.bytes');
  });
});

describe('what is written', () => {
  test('one JSON document and nothing else', async () => {
    const { exitCode, out } = await gate(folderOf(gateRun({ gates: [pullGate], pull: () => 1.18 })), '--json');
    expect(exitCode).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      schema: 1,
      report: {
        outcome: 'failed',
        results: [
          { gate: pullGate, variant: 'after', outcome: 'regressed', limit: 0.05, fails: true, change: { pairs: 10 } },
        ],
      },
    });
  });

  test('the verdict alone', async () => {
    const { out } = await gate(folderOf(gateRun({ gates: [pullGate] })), '--quiet');
    expect(out).toBe('PASS  0 of 1 gate failed\n');
  });

  test('what was odd about the folder goes to stderr where stdout is for a program', async () => {
    const run = gateRun({ gates: [{ metric: 'image.bytes', budget: 300e6 }] });
    const folder = folderOf(run, lines(run.samples).slice(0, -20));
    for (const option of ['--json', '--quiet']) {
      const { out, err } = await gate(folder, option);
      expect(out).not.toContain('cut off');
      expect(err).toContain('Warning: samples.ndjson:40 was cut off');
    }
  });

  test('files by their extension, of the same gates', async () => {
    const cwd = folderWith({});
    const folder = folderOf(gateRun({ gates: [pullGate], pull: () => 1.18 }));
    const files = ['gate.txt', 'gate.md', 'gate.json', 'gate.xml'];
    const args = files.flatMap((file) => ['-o', file]);
    const { exitCode } = await commandLine(['gate', folder, ...args], { ...io, cwd });
    expect(exitCode).toBe(1);
    const [txt, md, json, xml] = files.map((file) => readFileSync(join(cwd, file), 'utf8'));
    expect(txt).toContain('✘ code-edit.pull of after: +18 %');
    expect(md).toContain('- ❌ code-edit.pull of after: +18 %');
    expect(JSON.parse(json ?? '')).toHaveProperty('report.outcome', 'failed');
    expect(xml).toContain('<failure message="code-edit.pull of after: +18 %');
  });

  test('no colour but where it is wanted', async () => {
    const folder = folderOf(gateRun({ gates: [pullGate] }));
    expect((await gate(folder)).out).not.toContain('\u001b');
    const coloured = await commandLine(['gate', folder], { ...io, outIsTerminal: true });
    expect(coloured.out).toContain('\u001b[32mPASS');
  });
});
