import type { RunFolder } from '../../../src/results/run-folder.ts';
import { codeEdit, runOf, type Times } from './paired-run.ts';

/**
 * A round of code edits of two halves, `before` and `after`, a repeat for each pair of these times, which are of the build; most other phases
 * take their part of it. The one goes first in every second pair.
 */
export function halvesRun(times: readonly Times[]): RunFolder {
  const phases = (build: number) => ({
    build,
    push: build / 2,
    pull: build / 2,
    stop: 150,
    start: 100,
    ready: build / 4,
  });
  const samples = times.flatMap(([one, other], index) =>
    [codeEdit('before', { phases: phases(one) }), codeEdit('after', { phases: phases(other) })].map(
      (sample, second) => ({
        ...sample,
        repeat: index + 1,
        order: 2 * index + 1 + (index % 2 === 0 ? second : 1 - second),
      }),
    ),
  );
  return runOf(samples, 1);
}
