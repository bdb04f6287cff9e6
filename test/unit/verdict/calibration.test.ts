import { describe, expect, it } from 'vitest';
import type { RunFolder } from '../../../src/results/run-folder.ts';
import { type Calibration, calibrationOf } from '../../../src/verdict/calibration.ts';
import { isSuspected } from '../../../src/verdict/noise-floor.ts';
import { halvesRun } from './halves-run.ts';
import { around, type Times } from './paired-run.ts';

function floorOf(calibration: Calibration, name: string) {
  const floor = calibration.floors.find((each) => each.name === name);
  if (floor === undefined) throw new Error(`no floor of ${name}`);
  return floor;
}

/** With few exchanges, which take time. */
function calibrate(run: RunFolder): Calibration {
  return calibrationOf(run, 100);
}

describe('calibrationOf', () => {
  const quiet = calibrate(halvesRun(around(1, 20)));
  const noisy = calibrate(halvesRun(around(1, 20, 0.25)));

  it('tells the noise of every time, and the kinds that have too few pairs for it', () => {
    expect(quiet.floors.map(({ name }) => name)).toEqual([
      ...['release', 'build', 'push', 'pull', 'stop', 'start', 'ready', 'cold-start'],
    ]);
    const build = floorOf(quiet, 'build');
    expect(build).toMatchObject({ kind: 'code-edit', pairs: 20 });
    expect(build.medianMs).toBeGreaterThan(9900);
    expect(build.medianMs).toBeLessThan(10_100);
    expect(build.spread).toBeGreaterThan(0.003);
    expect(build.spread).toBeLessThan(0.02);
    expect(floorOf(noisy, 'build').spread).toBeGreaterThan(10 * build.spread);
    expect(quiet.tooFew).toEqual([{ kind: 'first', pairs: 0 }]);
  });

  it('tells the smallest change that each look sees: the more pairs, the smaller', () => {
    const { detectable, change } = floorOf(quiet, 'build');
    expect(detectable.map(({ pairs }) => pairs)).toEqual([6, 10, 15, 20]);
    expect(detectable.map(({ share }) => share)).toEqual(
      detectable.map(({ share }) => share).toSorted((a, b) => b - a),
    );
    // (1.833 + 0.883) / √10 with nine degrees of freedom.
    expect(detectable[1]?.share).toBeCloseTo(Math.expm1(0.859 * (change.intervalSpread ?? Number.NaN)), 4);
  });

  it('raises no alarm where nothing differs, and 5 % does for the gates', () => {
    expect(quiet.alarms).toEqual([]);
    const { recommended, rates } = quiet.family ?? expect.fail('no family');
    expect(rates).toMatchObject({ exchanges: 100, once: 0, confirmed: 0 });
    expect(recommended.gates.map(({ metric, share, because }) => [metric, share, because])).toEqual(
      ['release', 'build', 'push', 'pull', 'stop', 'cold-start'].map((name) => [`code-edit.${name}`, 0.05, 'least']),
    );
    expect(quiet.family).toMatchObject({ pairs: 20, looks: [6, 10], without: [] });
  });

  it('recommends what ten pairs see where that is more, unless the floor is more than it', () => {
    const { recommended } = noisy.family ?? expect.fail('no family');
    const build = recommended.gates.find(({ metric }) => metric === 'code-edit.build');
    const seen = floorOf(noisy, 'build').detectable[1]?.share ?? 0;
    expect(build).toMatchObject({ share: Math.ceil(seen * 100) / 100, because: 'noise', detectable: seen });
    expect(recommended.gates.find(({ metric }) => metric === 'code-edit.stop')).toMatchObject({
      share: 0.05,
      because: 'least',
    });
    const short = calibrate(halvesRun(around(1, 20, 0.25).map(([one, other]): Times => [one / 50, other / 50])));
    expect(short.family?.recommended.gates.find(({ metric }) => metric === 'code-edit.build')).toMatchObject({
      share: 0.05,
      because: 'floor',
    });
  });

  it('raises the alarm for the half that is slower, whichever it is', () => {
    const slower = calibrate(halvesRun(around(1.2, 20)));
    const build = slower.alarms.filter(({ metric }) => metric === 'code-edit.build');
    expect(build).toEqual([
      { metric: 'code-edit.build', over: 'after', says: 'slower' },
      { metric: 'code-edit.build', over: 'after', says: 'regressed' },
      { metric: 'code-edit.build', over: 'after', says: 'confirmed' },
    ]);
    const faster = calibrate(halvesRun(around(1 / 1.2, 20)));
    expect(faster.alarms.filter(({ metric }) => metric === 'code-edit.build')).toEqual([
      { metric: 'code-edit.build', over: 'after', says: 'faster' },
      { metric: 'code-edit.build', over: 'before', says: 'regressed' },
      { metric: 'code-edit.build', over: 'before', says: 'confirmed' },
    ]);
  });

  it('looks at every exchange there is of few pairs, and has none left to confirm with', () => {
    const { family } = calibrate(halvesRun(around(1, 6)));
    expect(family).toMatchObject({ pairs: 6, looks: [], rates: { exchanges: 64, once: 0, suspected: 0 } });
  });

  it('says nothing of fewer than six pairs', () => {
    const few = calibrate(halvesRun(around(1, 5)));
    expect(few).toMatchObject({ floors: [], alarms: [], family: null });
    expect(few.tooFew).toEqual([
      { kind: 'first', pairs: 0 },
      { kind: 'code-edit', pairs: 5 },
    ]);
  });

  it('suspects an effect of the order where the half that goes first is slower', () => {
    const ordered = around(1, 20).map(
      ([one, other], index): Times => (index % 2 === 0 ? [one * 1.1, other] : [one, other * 1.1]),
    );
    const { change } = floorOf(calibrate(halvesRun(ordered)), 'build');
    expect(isSuspected(change.orderEffect)).toBe(true);
    expect(isSuspected(floorOf(quiet, 'build').change.orderEffect)).toBe(false);
    expect(isSuspected(null)).toBe(false);
  });
});
