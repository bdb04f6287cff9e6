import { exitCodeOf, exitCodes } from '../errors.ts';
import type { InconclusiveWay } from '../report/gate-view.ts';
import type { Sample } from '../results/sample.ts';
import type { GateReport } from '../verdict/gate.ts';

/**
 * Failed deploys make the run a failure, though all of its samples are reported: of the environment where any of them failed for that, otherwise of
 * the Dockerfiles where all failed for those, otherwise of the measurement. A wrong state that was put right by another attempt is none.
 */
export function exitCodeFor(samples: readonly Sample[]): number {
  const codes = lastAttempts(samples)
    .filter((sample) => sample.outcome !== 'ok')
    .map(({ outcome, failure }) =>
      outcome === 'wrong-state' ? exitCodes.measurement : exitCodeOf(failure?.code ?? ''),
    );
  if (codes.length === 0) return exitCodes.done;
  if (codes.includes(exitCodes.environment)) return exitCodes.environment;
  return codes.every((code) => code === exitCodes.usage) ? exitCodes.usage : exitCodes.measurement;
}

/** Of every deploy the attempt that decides: samples come in order. */
function lastAttempts(samples: readonly Sample[]): Sample[] {
  const key = ({ round, kind, repeat, variant }: Sample): string => [round, kind, repeat, variant].join('/');
  return [...new Map(samples.map((sample) => [key(sample), sample])).values()];
}

/** A gate that was not judged has told nothing of the deploys: its measurement is what failed. */
export function exitCodeForGate(outcome: GateReport['outcome'], inconclusive: InconclusiveWay): number {
  switch (outcome) {
    case 'failed':
      return exitCodes.gateFailed;
    case 'not-judged':
      return exitCodes.measurement;
    case 'inconclusive':
      return inconclusive === 'fail' ? exitCodes.inconclusive : exitCodes.done;
    case 'pass':
      return exitCodes.done;
  }
}
