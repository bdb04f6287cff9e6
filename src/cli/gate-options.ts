import { type Command, InvalidArgumentError } from 'commander';
import { DeployclockError } from '../errors.ts';
import { type InconclusiveWay, inconclusiveWays } from '../report/gate-view.ts';
import { type MetricName, parseMetricName, writeMetricName } from '../results/metric-name.ts';
import { gateOn } from '../scenario/gates.ts';
import { parseBudget, parseIncrease, parseMetric } from '../scenario/metric-limit.ts';
import { deployKinds, type Gate } from '../scenario/scenario.ts';
import { type Parsed, parseDuration } from '../scenario/units-text.ts';
import type { Milliseconds } from '../units.ts';
import { defaultGates } from '../verdict/default-gates.ts';
import { collect } from './output.ts';
import { wordOf } from './split-list.ts';

/** Options that lie over the gates of a scenario, or of a run. */
export interface GateOptions {
  readonly budget?: string[];
  readonly maxSlowdown?: string[];
  readonly maxGrowth?: string[];
  readonly floor?: Milliseconds;
  readonly warn?: string[];
  readonly off?: string[];
  readonly erratic?: string[];
  readonly inconclusive: InconclusiveWay;
}

export function gateOptions(command: Command): Command {
  return command
    .option(
      '--budget <metric=limit>',
      'the most a metric may be: code-edit.release=30s, image.bytes=300MB (repeatable)',
      collect,
    )
    .option(
      '--max-slowdown <[metric=]share>',
      `how much longer than the baseline's a time may be: code-edit.pull=10%; a share alone: each of ${shortNames()} (repeatable)`,
      collect,
    )
    .option(
      '--max-growth <metric=share>',
      "how much more than the baseline's a fact may be: image.bytes=0% (repeatable)",
      collect,
    )
    .option('--floor <duration>', 'a time that is longer by less is no slow-down, as 200ms', floor)
    .option('--warn <metric>', 'tell this gate and let it fail nothing (repeatable)', collect)
    .option('--off <metric>', 'leave this gate out (repeatable)', collect)
    .option('--erratic <metric>', 'this metric is known to jump: tell it and let it fail nothing (repeatable)', collect)
    .option(
      '--inconclusive <way>',
      `what a gate means that cannot tell: ${inconclusiveWays.join(', ')}`,
      (text: string) => wordOf(text, inconclusiveWays, 'way to take it'),
      'warn',
    );
}

/** The options as they are typed again. */
export function gateOptionsAgain(options: GateOptions): string[] {
  const { budget, maxSlowdown, maxGrowth, floor: floorMs, warn, off, erratic, inconclusive } = options;
  const each = (flag: string, values: readonly string[] | undefined): string[] =>
    (values ?? []).map((value) => `${flag} '${value}'`);
  return [
    ...each('--budget', budget),
    ...each('--max-slowdown', maxSlowdown),
    ...each('--max-growth', maxGrowth),
    ...(floorMs === undefined ? [] : [`--floor ${floorMs}ms`]),
    ...each('--warn', warn),
    ...each('--off', off),
    ...each('--erratic', erratic),
    ...(inconclusive === 'warn' ? [] : [`--inconclusive ${inconclusive}`]),
  ];
}

/**
 * These gates with what the command line says over them. A limit for a metric without a gate makes one.
 * @param kinds deploy kinds besides the known ones that a metric may name
 * @param usual the gates that a share without a metric is meant for
 * @throws DeployclockError USAGE, with the nearest metric or gate
 */
export function gatesWith(
  gates: readonly Gate[],
  options: GateOptions,
  kinds: readonly string[],
  usual: readonly Pick<Gate, 'metric'>[],
): Gate[] {
  const limited = limits(gates, options, [...new Set([...deployKinds, ...kinds])], usual);
  const judged = options.floor === undefined ? limited : withFloor(limited, options.floor, kinds);
  const named = (list: readonly string[] | undefined): Set<string> =>
    new Set(
      list?.map((text) =>
        wordOf(
          text,
          judged.map(({ metric }) => metric),
          'gate on',
        ),
      ),
    );
  const [warn, off, erratic] = [named(options.warn), named(options.off), named(options.erratic)];
  return judged.map((gate) => ({
    ...gate,
    level: off.has(gate.metric) ? 'off' : warn.has(gate.metric) ? 'warn' : gate.level,
    erratic: gate.erratic || erratic.has(gate.metric),
  }));
}

function limits(
  gates: readonly Gate[],
  options: GateOptions,
  kinds: readonly string[],
  usual: readonly Pick<Gate, 'metric'>[],
): readonly Gate[] {
  let all = gates;
  const set = (metric: string, limit: Partial<Gate>): void => {
    all = withLimit(all, metric, limit);
  };
  // Whoever names the metric of a gate that is off wants it judged.
  const setOne = (metric: MetricName, limit: Partial<Gate>): void => {
    const name = writeMetricName(metric);
    const isOff = all.find((each) => each.metric === name)?.level === 'off';
    set(name, isOff ? { ...limit, level: 'error' } : limit);
  };
  const slowdowns = options.maxSlowdown ?? [];
  // What is said of all comes first, wherever it stands: what is said of one is meant over it.
  for (const text of slowdowns.filter((each) => !each.includes('='))) {
    const maxIncrease = orRefuse(parseIncrease(text), `--max-slowdown ${text}`);
    for (const { metric } of usual) set(metric, { maxIncrease });
  }
  for (const text of slowdowns.filter((each) => each.includes('='))) {
    const { metric, limit } = assignment('--max-slowdown', text, kinds);
    if (metric.sort !== 'time')
      throw refusal(`--max-slowdown ${text}`, 'this metric is a fact', `--max-growth ${text}`);
    setOne(metric, { maxIncrease: orRefuse(parseIncrease(limit), `--max-slowdown ${text}`) });
  }
  for (const text of options.maxGrowth ?? []) {
    const { metric, limit } = assignment('--max-growth', text, kinds);
    if (metric.sort !== 'fact')
      throw refusal(`--max-growth ${text}`, 'this metric is a time', `--max-slowdown ${text}`);
    setOne(metric, { maxIncrease: orRefuse(parseIncrease(limit), `--max-growth ${text}`) });
  }
  for (const text of options.budget ?? []) {
    const { metric, limit } = assignment('--budget', text, kinds);
    setOne(metric, { budget: orRefuse(parseBudget(metric, limit), `--budget ${text}`) });
  }
  return all;
}

/** Where several gates are on one metric, the first of them is meant; where there is none, a new one. */
function withLimit(gates: readonly Gate[], metric: string, limit: Partial<Gate>): readonly Gate[] {
  const at = gates.findIndex((gate) => gate.metric === metric);
  if (at === -1) return [...gates, { ...gateOn(metric), ...limit }];
  return gates.map((gate, index) => (index === at ? { ...gate, ...limit } : gate));
}

function assignment(
  option: string,
  text: string,
  kinds: readonly string[],
): { readonly metric: MetricName; readonly limit: string } {
  const at = text.indexOf('=');
  if (at === -1)
    throw refusal(`${option} ${text}`, 'write a metric, "=" and its limit', `${option} code-edit.release=…`);
  return {
    metric: orRefuse(parseMetric(text.slice(0, at).trim(), kinds), `${option} ${text}`),
    limit: text.slice(at + 1),
  };
}

function orRefuse<T>(parsed: Parsed<T>, option: string): T {
  if (parsed.ok) return parsed.value;
  throw new DeployclockError('USAGE', `${option}: ${parsed.message}.`);
}

function refusal(option: string, why: string, hint: string): DeployclockError {
  return new DeployclockError('USAGE', `${option}: ${why}.`, { hint });
}

function withFloor(gates: readonly Gate[], floorMs: Milliseconds, kinds: readonly string[]): readonly Gate[] {
  const hasFloor = ({ metric, maxIncrease }: Gate): boolean =>
    maxIncrease !== null && parseMetricName(metric, [...deployKinds, ...kinds])?.sort === 'time';
  if (!gates.some(hasFloor))
    throw refusal('--floor', 'no gate limits a slow-down', '--max-slowdown 5%, or max-slowdown in scenario.yaml');
  return gates.map((gate) => (hasFloor(gate) ? { ...gate, floorMs } : gate));
}

function floor(text: string): Milliseconds {
  const parsed = parseDuration(text);
  if (!parsed.ok) throw new InvalidArgumentError(parsed.message);
  return parsed.value;
}

function shortNames(): string {
  return defaultGates.map(({ metric }) => metric).join(', ');
}
