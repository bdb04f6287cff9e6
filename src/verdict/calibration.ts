import { parseMetricName, writeMetricName } from '../results/metric-name.ts';
import type { RunFolder } from '../results/run-folder.ts';
import { defaultGates } from './default-gates.ts';
import { type Exchange, exchanges } from './exchange.ts';
import { alarmsOf, type FalseAlarmRates, falseAlarmRates, type GatedPairs, screeningLooks } from './false-alarms.ts';
import { calibratedTimes, type Halves, type NoiseFloor, noiseFloor, pairsOfHalves } from './noise-floor.ts';
import type { Pair } from './pairs.ts';
import { type Gated, type Recommendation, recommendGates } from './recommended-gates.ts';

/** What a run of a variant against itself says of the machine that it was made on. */
export interface Calibration {
  readonly halves: Halves;
  /** Of every kind with at least six pairs, in the order of a lap. */
  readonly floors: readonly NoiseFloor[];
  /** Kinds with fewer, of which nothing is said. */
  readonly tooFew: readonly { readonly kind: string; readonly pairs: number }[];
  /** Differences that this run claims and that are none. */
  readonly alarms: readonly CalibrationAlarm[];
  /** Null where none of the default gates has its six pairs. */
  readonly family: GateFamily | null;
}

/** `over`: the half that is said to be slower, or faster, than the other. */
export interface CalibrationAlarm {
  readonly metric: string;
  readonly over: string;
  readonly says: 'slower' | 'faster' | 'regressed' | 'confirmed';
}

/** The default gates as one family: one false alarm of any is one too many. */
export interface GateFamily {
  readonly metrics: readonly string[];
  /** Default gates that this run has no six pairs of. */
  readonly without: readonly string[];
  readonly pairs: number;
  /** Looks of the screening that leave ten pairs to confirm with; none below 16 pairs. */
  readonly looks: readonly number[];
  /** With the margin that gates have where nobody says another. */
  readonly rates: FalseAlarmRates;
  readonly recommended: Recommendation;
}

/** So many ways to exchange the halves of pairs are looked at: a rate of 5 % is then known to about 1 %. */
const usualExchanges = 2000;

/**
 * @param run two variants that are one and the same
 * @param ways how many exchanges of the halves false alarms are counted over, at the most
 */
export function calibrationOf(run: RunFolder, ways = usualExchanges): Calibration {
  const { baseline, variants } = run.record.scenario;
  const other = variants.find(({ name }) => name !== baseline)?.name ?? baseline;
  const halves = { one: baseline, other };
  const { kinds } = run.record.plan;
  const floors = kinds.flatMap((kind) =>
    calibratedTimes.flatMap((name) => noiseFloor(kind, name, pairsOfHalves(run.samples, halves, kind, name)) ?? []),
  );
  const gated = defaultGated(run, halves, floors);
  return {
    halves,
    floors,
    tooFew: kinds.flatMap((kind) => {
      if (floors.some((floor) => floor.kind === kind)) return [];
      return [{ kind, pairs: pairsOfHalves(run.samples, halves, kind, 'release').length }];
    }),
    alarms: [...verdictAlarms(floors, halves), ...gateAlarms(gated, halves)],
    family: familyOf(gated, exchanges(turnsOf(gated), ways, run.record.seed)),
  };
}

function verdictAlarms(floors: readonly NoiseFloor[], { other }: Halves): CalibrationAlarm[] {
  return floors.flatMap((floor) => {
    const { verdict } = floor.change;
    return verdict === 'slower' || verdict === 'faster'
      ? [{ metric: metricOf(floor), over: other, says: verdict }]
      : [];
  });
}

/** Either half may be the one that is called slower. */
function gateAlarms(gated: readonly Gated[], { one, other }: Halves): CalibrationAlarm[] {
  const gates = gated.map(({ pairs }) => pairs);
  const all = gates[0]?.pairs.map(() => true) ?? [];
  return [
    { over: other, alarms: alarmsOf(gates, []) },
    { over: one, alarms: alarmsOf(gates, all) },
  ].flatMap(({ over, alarms }) => [
    ...alarms.once.map((metric) => ({ metric, over, says: 'regressed' as const })),
    ...alarms.confirmed.map((metric) => ({ metric, over, says: 'confirmed' as const })),
  ]);
}

function turnsOf(gated: readonly Gated[]): number {
  return gated[0]?.pairs.pairs.length ?? 0;
}

function familyOf(gated: readonly Gated[], ways: readonly Exchange[]): GateFamily | null {
  if (gated.length === 0) return null;
  const pairs = turnsOf(gated);
  const metrics = gated.map((each) => each.pairs.metric);
  return {
    metrics,
    without: defaultGates.map(({ metric }) => metric).filter((metric) => !metrics.includes(metric)),
    pairs,
    looks: screeningLooks(pairs),
    rates: falseAlarmRates(
      gated.map((each) => each.pairs),
      ways,
    ),
    recommended: recommendGates(gated, ways),
  };
}

function defaultGated(run: RunFolder, halves: Halves, floors: readonly NoiseFloor[]): Gated[] {
  const gated = defaultGates.flatMap(({ metric, maxIncrease, floorMs }) => {
    const name = parseMetricName(metric, run.record.plan.kinds);
    const floor = floors.find((each) => metricOf(each) === metric);
    if (floor === undefined || name?.sort !== 'time') return [];
    const pairs = pairsOfHalves(run.samples, halves, name.kind, name.name);
    return [{ floor, metric, margin: { share: maxIncrease ?? 0, floorMs }, pairs }];
  });
  // All halves of a pair are exchanged together: a deploy is slow as a whole.
  const turns = [...new Set(gated.flatMap(({ pairs }) => pairs.map(turnOf)))];
  return gated.map(({ floor, metric, margin, pairs }) => {
    const own = new Map(pairs.map((pair) => [turnOf(pair), pair]));
    const gate: GatedPairs = { metric, margin, pairs: turns.map((turn) => own.get(turn) ?? null) };
    return { floor, pairs: gate };
  });
}

function turnOf({ round, repeat }: Pair): string {
  return `${round}.${repeat}`;
}

function metricOf({ kind, name }: NoiseFloor): string {
  return writeMetricName({ sort: 'time', kind, name });
}
