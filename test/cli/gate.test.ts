import { describe, expect, test } from 'vitest';
import { commandLine } from './command-line.ts';
import { folderOf, gateRun, lines } from './gate-runs.ts';

/** No engine is asked for anything, and no line is broken. */
const io = { env: { DOCKER_HOST: 'unix:///nowhere/docker.sock' }, columns: 250 };

async function gate(folder: string, ...args: string[]): ReturnType<typeof commandLine> {
  return await commandLine(['gate', folder, ...args], io);
}

const pullGate = { metric: 'code-edit.pull', maxIncrease: 0.05 };

describe('a run is judged by the gates that it began with', () => {
  test('all hold: exit code 0, each with its limit beside its value', async () => {
    const gates = [{ metric: 'code-edit.release', budget: 35_000 }, { metric: 'image.bytes', budget: 300e6 }, pullGate];
    const { exitCode, out, err } = await gate(folderOf(gateRun({ gates })));
    expect([exitCode, err]).toEqual([0, '']);
    expect(out).toContain('✔ code-edit.release of after: 30.0 s, budget 35 s: pass\n');
    expect(out).toContain('✔ image.bytes of after, first: 200 MB, budget 300 MB: pass\n');
    expect(out).toMatch(
      /✔ code-edit\.pull of after: \S+ % \[.+\], \S+ ms \w+, in \d of 10 pairs; at most \+5 % or 200 ms: pass\n/,
    );
    expect(out).toMatch(/\nPASS {2}0 of 3 gates failed\n$/);
  });

  test('a slow-down: exit code 1', async () => {
    const { exitCode, out } = await gate(folderOf(gateRun({ gates: [pullGate], pull: () => 1.18 })));
    expect(exitCode).toBe(1);
    expect(out).toMatch(
      /✘ code-edit\.pull of after: \+18 % \[\+17 %, \+18 %\], 1\.80 s more, in 10 of 10 pairs; at most \+5 % or 200 ms: regressed\n/,
    );
    expect(out).toMatch(/\nFAILED {2}1 of 1 gate failed\n$/);
  });

  test('a broken budget: exit code 1, and by how much', async () => {
    const gates = [{ metric: 'code-edit.release', budget: 30_000 }];
    const { exitCode, out } = await gate(folderOf(gateRun({ gates, pull: () => 1.12 })));
    expect(exitCode).toBe(1);
    expect(out).toMatch(/✘ code-edit\.release of after: 31\.2 s, budget 30 s: over by 1\.2\d s\n/);
  });

  test('growth of an image, exactly', async () => {
    const gates = [{ metric: 'image.bytes', maxIncrease: 0 }];
    const grown = await gate(folderOf(gateRun({ gates, bytes: 200e6 + 1 })));
    expect(grown.exitCode).toBe(1);
    expect(grown.out).toContain('200 MB against 200 MB of before, +<0.001 %, 1 B more; at most +0 %: regressed');
    expect((await gate(folderOf(gateRun({ gates })))).exitCode).toBe(0);
  });

  test('a level of warn and an erratic metric fail nothing, and are told', async () => {
    const gates = [
      { metric: 'image.bytes', budget: 100e6, level: 'warn' as const },
      { ...pullGate, erratic: true },
      { metric: 'code-edit.build', budget: 1000, level: 'off' as const },
    ];
    const { exitCode, out } = await gate(folderOf(gateRun({ gates, pull: () => 1.5 })));
    expect(exitCode).toBe(0);
    expect(out).toContain('! image.bytes of after, first: 200 MB, budget 100 MB: over by 100 MB\n');
    expect(out).toContain('PASS  0 of 2 gates failed\n');
    expect(out).toContain('  · image.bytes of after, first, budget: over its budget, but its level is warn\n');
    expect(out).toContain('  · code-edit.pull of after, increase: regressed, but marked as erratic\n');
    expect(out).toContain('  · code-edit.build: off\n');
  });
});

describe('where noise hides the answer', () => {
  /** Far apart in both directions: no bound is on either side of a limit. */
  const hidden = () =>
    folderOf(gateRun({ rounds: 6, gates: [pullGate], pull: (round) => (round % 2 === 0 ? 1.4 : 0.85) }));

  test('exit code 0 with a warning, and what would help', async () => {
    const { exitCode, out, err } = await gate(hidden());
    expect(exitCode).toBe(0);
    expect(out).toMatch(/~ code-edit\.pull .*: cannot tell below ±\d+ %; 20 pairs would see ±\d+ %/);
    expect(out).toContain('INCONCLUSIVE  1 of 1 gate cannot tell, none failed\n');
    expect(err).toContain('Warning: 1 of 1 gate cannot tell');
    expect(err).toContain('--inconclusive fail');
  });

  test.each([
    ['pass', 0, ''],
    ['fail', 5, ''],
  ])('--inconclusive %s: exit code %d', async (way, code, told) => {
    const { exitCode, err } = await gate(hidden(), '--inconclusive', way);
    expect([exitCode, err]).toEqual([code, told]);
  });

  test('a way that is not known', async () => {
    const { exitCode, err } = await gate(hidden(), '--inconclusive', 'wran');
    expect(exitCode).toBe(2);
    expect(err).toContain('Did you mean "warn"?');
  });
});

describe('what cannot be judged is no pass', () => {
  test('too few rounds: exit code 4, and how many it takes', async () => {
    const { exitCode, out, err } = await gate(folderOf(gateRun({ rounds: 3, gates: [pullGate] })));
    expect(exitCode).toBe(4);
    expect(out).toContain(
      '? code-edit.pull of after: at most +5 % or 200 ms: not judged: 3 pairs, and it takes 6; run it with --rounds 6, or --repeat code-edit=6',
    );
    expect(out).toContain('NOT JUDGED  1 of 1 gate could not be judged\n');
    expect(err).toContain('1 of 1 gate could not be judged, which is no pass');
    expect(err).toContain('→ ');
  });

  test('a journal cut off in its last line: the pair is missing, and with five there is no judgement', async () => {
    const run = gateRun({ rounds: 6, gates: [pullGate] });
    const journal = lines(run.samples);
    const whole = await gate(folderOf(run, journal));
    expect(whole.exitCode).toBe(0);
    const cut = await gate(folderOf(run, journal.slice(0, -20)));
    expect(cut.exitCode).toBe(4);
    expect(cut.out).toContain('5 pairs, and it takes 6; 1 is missing');
    expect(cut.out).toContain('Warning: samples.ndjson:24 was cut off while it was being written and is left out.');
    const enough = gateRun({ rounds: 8, gates: [pullGate] });
    const judged = await gate(folderOf(enough, lines(enough.samples).slice(0, -20)));
    expect(judged.exitCode).toBe(0);
    expect(judged.out).toContain('pass (1 of 8 pairs is missing)');
  });

  test('failed deploys are missing too', async () => {
    const run = gateRun({ gates: [pullGate, { metric: 'code-edit.release', budget: 60_000 }] });
    const failed = run.samples.map((sample) =>
      sample.variant === 'after' && sample.kind === 'code-edit' && sample.round > 4
        ? { ...sample, outcome: 'never-ready' as const, release: null }
        : sample,
    );
    const { exitCode, out } = await gate(folderOf({ ...run, samples: failed }));
    expect(exitCode).toBe(4);
    expect(out).toContain('4 pairs, and it takes 6; 6 are missing');
    expect(out).toContain('NOT JUDGED  2 of 2 gates could not be judged');
  });

  test('a number that no deploy has', async () => {
    const { exitCode, out } = await gate(
      folderOf(gateRun({ gates: [{ metric: 'code-edit.downtime', budget: 1000 }] })),
    );
    expect(exitCode).toBe(4);
    expect(out).toContain('? code-edit.downtime of after: budget 1 s: not judged: no code-edit deploy of after in run');
    expect(out).toContain('has this number');
  });

  test('no deploy at all', async () => {
    const { exitCode, out } = await gate(folderOf({ ...gateRun({ gates: [pullGate] }), samples: [] }));
    expect(exitCode).toBe(4);
    expect(out).toContain('that counts');
  });

  test('a failed gate counts more than one that was not judged', async () => {
    const gates = [pullGate, { metric: 'image.bytes', budget: 1 }];
    const { exitCode, out } = await gate(folderOf(gateRun({ rounds: 2, gates })));
    expect(exitCode).toBe(1);
    expect(out).toContain('FAILED  1 of 2 gates failed, 1 not judged\n');
  });

  test('one variant has no other to be slower than; its budgets are judged', async () => {
    const run = gateRun({ gates: [{ ...pullGate, budget: 60_000 }] });
    const variants = run.record.scenario.variants.slice(0, 1);
    const turns = run.record.plan.turns.filter(({ variant }) => variant === 'before');
    const alone = {
      record: { ...run.record, plan: { ...run.record.plan, turns }, scenario: { ...run.record.scenario, variants } },
      samples: run.samples.filter(({ variant }) => variant === 'before'),
    };
    const { exitCode, out } = await gate(folderOf(alone));
    expect(exitCode).toBe(4);
    expect(out).toContain('not judged: the run has one variant');
    expect(out).toMatch(/✔ code-edit\.pull of before: \S+ s, budget 60 s: pass/);
  });
});

describe('against another run', () => {
  const facts = { metric: 'image.bytes', maxIncrease: 0.01 };

  test('facts are compared', async () => {
    const before = folderOf(gateRun({}));
    const grown = await gate(folderOf(gateRun({ gates: [facts], bytes: 240e6 })), '--against', before);
    expect(grown.exitCode).toBe(1);
    expect(grown.out).toContain('240 MB against 200 MB of the baseline, +20 %, 40.0 MB more; at most +1 %: regressed');
    const same = await gate(folderOf(gateRun({ gates: [facts] })), '--against', before);
    expect(same.exitCode).toBe(0);
  });

  test('times are not: of the same machine, for they were not measured in turns', async () => {
    const folder = folderOf(gateRun({ gates: [pullGate] }));
    const { exitCode, out } = await gate(folder, '--against', folderOf(gateRun({})));
    expect(exitCode).toBe(4);
    expect(out).toContain('not measured in turns');
    expect(out).toContain('deployclock ci --base');
  });

  test('times are not: of another machine, and what is different about it', async () => {
    const other = gateRun({
      change: (record) => ({ ...record, fingerprint: { ...record.fingerprint, cpuModel: 'other CPU', cpus: 64 } }),
    });
    const { exitCode, out } = await gate(folderOf(gateRun({ gates: [pullGate] })), '--against', folderOf(other));
    expect(exitCode).toBe(4);
    expect(out).toContain('another machine (cpuModel, cpus)');
  });

  test('a scenario that vanished is told', async () => {
    const other = gateRun({ change: (record) => ({ ...record, scenario: { ...record.scenario, name: 'old-api' } }) });
    const { exitCode, out } = await gate(folderOf(gateRun({ gates: [facts] })), '--against', folderOf(other));
    expect(exitCode).toBe(4);
    expect(out).toContain('scenario old-api, which this is judged against, is not the one');
  });

  test('a folder that is none', async () => {
    const { exitCode, err } = await gate(folderOf(gateRun({ gates: [facts] })), '--against', '/nowhere');
    expect(exitCode).toBe(2);
    expect(err).toContain('run.json');
  });
});
