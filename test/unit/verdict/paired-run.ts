import type { RunFolder } from '../../../src/results/run-folder.ts';
import type { RunRecord, Stopping } from '../../../src/results/run-record.ts';
import type { Sample } from '../../../src/results/sample.ts';
import type { Pair } from '../../../src/verdict/pairs.ts';
import { type ExampleNumbers, exampleRecord, exampleRun, exampleSample } from '../results/example-run.ts';

/** Milliseconds that a code edit's build took: of the baseline, and of the variant. */
export type Times = readonly [baseline: number, variant: number];

/** These pairs as a run has them: a round each, the baseline first in every second one. */
export function pairsWith(times: readonly Times[]): Pair[] {
  return times.map(([baseline, variant], index) => ({
    round: index + 1,
    repeat: 1,
    baselineFirst: index % 2 === 0,
    baseline,
    variant,
  }));
}

/** A round's two code edits, `before` and `after`, of which all that is timed is the build. */
export function pairOfSamples([baseline, variant]: Times, round: number, changes: Partial<Sample> = {}): Sample[] {
  return [
    codeEdit('before', { phases: { build: baseline } }, { round, ...changes }),
    codeEdit('after', { phases: { build: variant } }, { round, ...changes }),
  ];
}

export function codeEdit(variant: string, numbers: ExampleNumbers, changes: Partial<Sample> = {}): Sample {
  return exampleSample(numbers, { kind: 'code-edit', variant, order: variant === 'before' ? 1 : 2, ...changes });
}

export function runOf(samples: readonly Sample[], rounds: number, stopping: Stopping = { rule: 'fixed' }): RunFolder {
  return exampleRun(samples, { record: recordOf(rounds, stopping) });
}

export function recordOf(rounds: number, stopping: Stopping, variants = ['before', 'after']): RunRecord {
  const record = exampleRecord(variants, rounds);
  return { ...record, plan: { ...record.plan, stopping } };
}

/** A run of these pairs, as many rounds. */
export function runOfTimes(times: readonly Times[], stopping: Stopping = { rule: 'fixed' }): RunFolder {
  return runOf(
    times.flatMap((pair, index) => pairOfSamples(pair, index + 1)),
    times.length,
    stopping,
  );
}

/** So many pairs around a baseline of 10 s and this ratio, none like another; noise of 1 % each way. */
export function around(ratio: number, count: number, noise = 0.01): Times[] {
  return Array.from({ length: count }, (_, index): Times => {
    // Fractional parts of multiples of two irrational numbers: spread evenly, not alike, and the same in every run.
    const [one, other] = [Math.sqrt(5), Math.SQRT2].map((each) => (((index + 1) * each) % 1) * 2 - 1);
    return [10_000 * (1 + noise * (one ?? 0)), 10_000 * ratio * (1 + noise * (other ?? 0))];
  });
}
