import { DeployclockError } from '../errors.ts';
import { type MetricName, parseMetricName } from '../results/metric-name.ts';
import type { GateRecord, RunRecord } from '../results/run-record.ts';

/**
 * The metric of a run that a gate limits.
 * @throws DeployclockError GATE_INVALID where the gate has no limit, or one that is none, or matches no metric of this run
 */
export function metricOfGate(gate: GateRecord, { plan }: RunRecord): MetricName {
  const { metric, budget, maxIncrease, floorMs } = gate;
  if (budget === null && maxIncrease === null) throw invalid(`The gate "${metric}" has no limit`);
  if ([budget ?? 0, maxIncrease ?? 0, floorMs].some((limit) => !(limit >= 0 && Number.isFinite(limit))))
    throw invalid(`A limit of the gate "${metric}" is not a number from 0 on`);
  const parsed = parseMetricName(metric, plan.kinds);
  if (parsed !== null) return parsed;
  const skipped = plan.skipped.find(({ kind }) => metric.startsWith(`${kind}.`));
  if (skipped !== undefined)
    throw invalid(`The gate "${metric}" matches nothing: ${skipped.kind} was not run, ${skipped.why}`);
  throw invalid(`The gate "${metric}" matches no metric of this run, whose deploy kinds are ${plan.kinds.join(', ')}`);
}

function invalid(why: string): DeployclockError {
  return new DeployclockError('GATE_INVALID', `${why}.`, {
    hint: 'A gate names a deploy kind and its metric, as code-edit.release, or what an image is, as image.bytes.',
  });
}
