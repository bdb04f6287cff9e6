import { type MetricName, metricNamesOf, parseMetricName, unitOf } from '../results/metric-name.ts';
import { bytes, milliseconds } from '../units.ts';
import { nearestWord } from './nearest-word.ts';
import { type Parsed, parseDuration, parseSize } from './units-text.ts';
import { writeDuration, writeSize } from './write-units.ts';

const metricHelp = 'a metric is written as code-edit.release, first.pull.bytes or image.bytes';

/** Reads the name of a metric of these deploy kinds; where it is none, the message names the nearest. */
export function parseMetric(text: string, kinds: readonly string[]): Parsed<MetricName> {
  const metric = parseMetricName(text, kinds);
  if (metric !== null) return { ok: true, value: metric };
  const known = metricNamesOf(kinds);
  // A phase alone is what people write first, and far from any whole name.
  const nearest = known.find((name) => name === `code-edit.${text}`) ?? nearestWord(text, known);
  const help = nearest === null ? metricHelp : `did you mean "${nearest}"?`;
  return { ok: false, message: `there is no metric "${text}": ${help}` };
}

/** More would say nothing: a deploy of a day, a count beyond what numbers count exactly, a hundred times as much. */
const longest = 24 * 3_600_000;
const mostIncrease = 100;

/** Reads the most that a metric may be: a duration, a size or a whole number, as the metric is. In milliseconds, bytes or a count. */
export function parseBudget(metric: MetricName, written: string | number): Parsed<number> {
  const parsed = parseInUnit(metric, String(written));
  if (!parsed.ok || parsed.value <= (metric.sort === 'time' ? longest : Number.MAX_SAFE_INTEGER)) return parsed;
  return { ok: false, message: metric.sort === 'time' ? 'a day is the longest' : 'this is beyond any number' };
}

function parseInUnit(metric: MetricName, text: string): Parsed<number> {
  switch (unitOf(metric)) {
    case 'time': {
      const parsed = parseDuration(text);
      return parsed.ok && parsed.value === 0 ? { ok: false, message: 'no deploy takes 0: write more' } : parsed;
    }
    case 'bytes':
      return parseSize(text);
    default:
      return /^\d+$/.test(text.trim())
        ? { ok: true, value: Number(text) }
        : { ok: false, message: `"${text.trim()}" is not a count: write a whole number without a unit` };
  }
}

/** Reads how much more than the baseline's a metric may be, `5 %`, as a share: 0.05. A number without the sign is refused. */
export function parseIncrease(text: string): Parsed<number> {
  const written = text.trim();
  const [, amount] = /^(\d+(?:\.\d+)?)\s*%$/.exec(written) ?? [];
  if (amount === undefined) {
    const bare = /^\d+(\.\d+)?$/.test(written);
    const help = bare ? `${written} has no unit: write "${written} %"` : `"${written}" is not a share: write "5 %"`;
    return { ok: false, message: help };
  }
  const share = Number(amount) / 100;
  return share <= mostIncrease ? { ok: true, value: share } : { ok: false, message: '10000 % is the most' };
}

/** A budget as a scenario.yaml has it: `30 s`, `300 MB`, 12. */
export function writeBudget(metric: MetricName, budget: number): string | number {
  switch (unitOf(metric)) {
    case 'time':
      return writeDuration(milliseconds(budget));
    case 'bytes':
      return writeSize(bytes(budget));
    default:
      return budget;
  }
}

/** A share as a scenario.yaml has it: 0.05 is `5 %`. Fifteen digits are exact, and leave out what multiplying adds. */
export function writeIncrease(share: number): string {
  return `${Number((share * 100).toPrecision(15))} %`;
}
