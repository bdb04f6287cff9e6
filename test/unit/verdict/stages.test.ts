import { describe, expect, it } from 'vitest';
import type { RunFolder } from '../../../src/results/run-folder.ts';
import type { Stopping } from '../../../src/results/run-record.ts';
import type { Sample } from '../../../src/results/sample.ts';
import { splitStages, turnsReached } from '../../../src/verdict/stages.ts';
import { exampleSample } from '../results/example-run.ts';
import { recordOf } from './paired-run.ts';

const until: Stopping = { rule: 'until', precision: 0.05, timeBudgetMs: null };
const screening: Stopping = { rule: 'screen-and-confirm', confirmFrom: 3 };
const at = (round: number, kind = 'first', repeat = 1, variant = 'before'): Sample =>
  exampleSample({}, { round, kind, repeat, variant });

/** Turns as `round kind repeat variant`, of a run with four rounds of one first deploy and two code edits. */
function reached(stopping: Stopping, samples: readonly Sample[]): string[] {
  const record = recordOf(4, stopping, ['before']);
  const turns = record.plan.turns.flatMap((turn) => (turn.kind === 'first' ? [turn] : [turn, { ...turn, repeat: 2 }]));
  const run: RunFolder = { record: { ...record, plan: { ...record.plan, turns } }, samples, warnings: [] };
  return turnsReached(run).map(({ round, kind, repeat }) => `${round} ${kind} ${repeat}`);
}

describe('splitStages', () => {
  const items = [1, 2, 3, 4].map((round) => ({ round }));

  it('keeps apart the rounds that screen and those that confirm', () => {
    const { screening: first, confirming } = splitStages(items, recordOf(4, screening));
    expect([first, confirming]).toEqual([
      [{ round: 1 }, { round: 2 }],
      [{ round: 3 }, { round: 4 }],
    ]);
  });

  it.each([until, { rule: 'fixed' } as const])('has one stage in a run by another rule', (stopping) => {
    expect(splitStages(items, recordOf(4, stopping))).toEqual({ screening: items, confirming: [] });
  });
});

describe('turnsReached', () => {
  it('is all of a fixed number of rounds', () => {
    expect(reached({ rule: 'fixed' }, [])).toHaveLength(12);
  });

  it('is the begun rounds of a run that stops when it knows enough', () => {
    expect(reached(until, [at(1), at(2)])).toEqual([
      ...['1 first 1', '1 code-edit 1', '1 code-edit 2'],
      ...['2 first 1', '2 code-edit 1', '2 code-edit 2'],
    ]);
  });

  it('screens each kind of a begun round once at least, and as often as any variant was deployed', () => {
    expect(reached(screening, [at(1)])).toEqual(['1 first 1', '1 code-edit 1']);
    expect(reached(screening, [at(1), at(1, 'code-edit', 2, 'after')])).toContain('1 code-edit 2');
  });

  it('confirms only the kinds that it has to', () => {
    expect(reached(screening, [at(3)])).toEqual(['3 first 1']);
    expect(reached(screening, [at(3), at(3, 'code-edit')])).toEqual(['3 first 1', '3 code-edit 1']);
  });
});
