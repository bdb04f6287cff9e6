import { exitCodeOf, exitCodes } from '../errors.ts';
import { parseMetricName } from '../results/metric-name.ts';
import type { RunFolder } from '../results/run-folder.ts';
import type { GateRecord } from '../results/run-record.ts';
import type { Outcome } from '../results/sample.ts';
import { type DeployKind, deployKinds, type Gate, type Scenario } from '../scenario/scenario.ts';
import { milliseconds } from '../units.ts';
import { defaultGatesFor } from '../verdict/default-gates.ts';
import { fewestPairs } from '../verdict/gate-rule.ts';
import { type GateOptions, gatesWith } from './gate-options.ts';

/**
 * The gates that a pull request is judged by: the usual six on slow-downs, over them those of the scenario, and over those what the command
 * line says. Known before anything is measured.
 * @throws DeployclockError USAGE
 */
export function ciGates({ gates: written, ready }: Scenario, options: GateOptions): Gate[] {
  const usual = defaultGatesFor(ready.check).map((gate): Gate => ({ ...gate, floorMs: milliseconds(gate.floorMs) }));
  // A budget says nothing against the usual limit to slow-downs, nor does the level of the budget.
  const limited = new Set(written.filter(({ maxIncrease }) => maxIncrease !== null).map(({ metric }) => metric));
  const left = new Set(written.filter(({ level }) => level === 'off').map(({ metric }) => metric));
  const added = usual.filter(({ metric }) => !limited.has(metric) && !left.has(metric));
  return gatesWith([...added, ...written], options, [], usual);
}

/** What is left of the gates where there is nothing to compare with. */
export function budgetsOf(gates: readonly Gate[]): Gate[] {
  return gates.filter(({ budget }) => budget !== null).map((gate) => ({ ...gate, maxIncrease: null }));
}

/** The kinds that have to be deployed for these gates, in the order of a lap: those that they name, and those that these go on from. */
export function kindsFor(gates: readonly GateRecord[]): DeployKind[] {
  const named = new Set(gates.filter(({ level }) => level !== 'off').map(({ metric }) => kindOf(metric)));
  const needed = new Set<string | null>(['first', 'code-edit', ...named]);
  return deployKinds.filter((kind) => needed.has(kind));
}

/** How often each kind is deployed where head is measured alone: a time with a budget as often as the first look would. */
export function repeatsAlone(gates: readonly GateRecord[]): Partial<Record<DeployKind, number>> {
  const timed = gates.flatMap(({ metric, budget, level }) => {
    const name = parseMetricName(metric, deployKinds);
    return name?.sort === 'time' && name.kind !== 'first' && budget !== null && level !== 'off' ? [name.kind] : [];
  });
  return Object.fromEntries(timed.map((kind) => [kind, fewestPairs]));
}

const ownFaults: ReadonlySet<Outcome> = new Set(['build-failed', 'crashed', 'never-ready']);

/** Whether a variant's first deploy failed for what it is, and not for a full disk, a registry or an engine. */
export function failsByItself({ samples }: RunFolder, variant: string): boolean {
  const last = samples.findLast((sample) => sample.variant === variant && sample.kind === 'first');
  if (last === undefined || !ownFaults.has(last.outcome)) return false;
  return exitCodeOf(last.failure?.code ?? '') !== exitCodes.environment;
}

/** Whether a variant could be deployed at all: its first deploy ended well. */
export function wasDeployed({ samples }: RunFolder, variant: string): boolean {
  return samples.some((sample) => sample.variant === variant && sample.kind === 'first' && sample.outcome === 'ok');
}

function kindOf(metric: string): string | null {
  return parseMetricName(metric, deployKinds)?.kind ?? null;
}
