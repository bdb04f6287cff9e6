import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factSteps, mostOfOneMachine, type TimePoint, timeSteps } from '../../../src/verdict/steps.ts';

const margin = { share: 0.05, floorMs: 200 };
const runs = (fingerprint: string, ...values: readonly (number | null)[]): TimePoint[] =>
  values.map((value) => ({ value, fingerprint }));
const fast = [10_010, 10_050, 9980, 10_020, 10_000, 9990];
const slow = [15_020, 14_990, 15_040, 15_000, 15_010, 14_980];

describe('timeSteps', () => {
  it('finds the run at which a new level begins, and the levels', () => {
    expect(timeSteps(runs('one', ...fast, ...slow), margin)).toEqual([
      { at: 6, from: 10_005, to: 15_005, p: expect.any(Number) },
    ]);
  });

  it('finds a step down and a second one', () => {
    const steps = timeSteps(runs('one', ...slow, ...fast, ...slow), margin);
    expect(steps.map(({ at, from, to }) => [at, from, to])).toEqual([
      [6, 15_005, 10_005],
      [12, 10_005, 15_005],
    ]);
  });

  it('needs eight runs, four against four', () => {
    expect(timeSteps(runs('one', ...fast.slice(0, 4), ...slow.slice(0, 3)), margin)).toEqual([]);
    expect(timeSteps(runs('one', ...fast.slice(0, 4), ...slow.slice(0, 4)), margin)).toMatchObject([{ at: 4 }]);
  });

  it('does not take a single slow run for a step', () => {
    expect(timeSteps(runs('one', ...fast, 40_000, ...fast), margin)).toEqual([]);
  });

  it('tells no change within the margin, be it small in percent or in milliseconds', () => {
    const small = fast.map((value) => value * 1.04);
    expect(timeSteps(runs('one', ...fast, ...small), margin)).toEqual([]);
    const [quick, quicker] = [fast.map((value) => value / 100), fast.map((value) => value / 200)];
    expect(timeSteps(runs('one', ...quick, ...quicker), margin)).toEqual([]);
    expect(timeSteps(runs('one', ...quick, ...quicker), { share: 0.05, floorMs: 40 })).toHaveLength(1);
  });

  it('tells small changes once they add up to more than the margin', () => {
    const rising = [1, 1.04, 1.12].flatMap((factor) => fast.map((value) => value * factor));
    expect(timeSteps(runs('one', ...rising), margin)).toMatchObject([{ at: 12 }]);
  });

  it('never compares machines with each other', () => {
    expect(timeSteps([...runs('one', ...fast), ...runs('two', ...slow)], margin)).toEqual([]);
    const oneByOne = fast.flatMap((value, index) => [...runs('one', value), ...runs('two', slow[index] ?? null)]);
    expect(timeSteps(oneByOne, margin)).toEqual([]);
  });

  it('finds a step of one machine across runs of another and runs without the number', () => {
    const points = [
      ...runs('one', ...fast.slice(0, 3), null),
      ...runs('two', ...slow),
      ...runs('one', ...fast.slice(3), ...slow),
    ];
    expect(timeSteps(points, margin)).toMatchObject([{ at: 13, from: 10_005, to: 15_005 }]);
  });

  it('does not depend on the unit, where the floor has the same', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 20 }), (values) => {
        const scaled = (factor: number): number[] =>
          timeSteps(runs('one', ...values.map((value) => value * factor)), { share: 0.05, floorMs: factor / 2 }).map(
            ({ at }) => at,
          );
        expect(scaled(1024)).toEqual(scaled(1));
      }),
    );
  });
});

describe('mostOfOneMachine', () => {
  it('counts runs that have the number', () => {
    expect(mostOfOneMachine([...runs('one', 1, null, 2), ...runs('two', 1, 2, 3), ...runs('one', null)])).toBe(3);
    expect(mostOfOneMachine([])).toBe(0);
  });
});

describe('factSteps', () => {
  const exactly = (value: number) => ({ min: value, max: value, samples: 1 });

  it('tells every change between a run and the one before it that has the fact', () => {
    expect(factSteps([null, exactly(7), exactly(7), null, exactly(8), exactly(8), exactly(6)])).toEqual([
      { at: 4, from: exactly(7), to: exactly(8) },
      { at: 6, from: exactly(8), to: exactly(6) },
    ]);
  });

  it('tells a change of a single byte', () => {
    expect(factSteps([exactly(1_100_069_039), exactly(1_100_069_040)])).toHaveLength(1);
  });

  it('tells nothing of a fact that varies within a run, as long as the ranges meet', () => {
    const range = (min: number, max: number) => ({ min, max, samples: 3 });
    expect(factSteps([range(5, 8), range(8, 9), range(6, 8)])).toEqual([]);
    expect(factSteps([range(5, 8), range(9, 10)])).toHaveLength(1);
    expect(factSteps([range(5, 8), exactly(4)])).toHaveLength(1);
  });

  it('needs two runs', () => {
    expect(factSteps([])).toEqual([]);
    expect(factSteps([null, exactly(1)])).toEqual([]);
  });
});
