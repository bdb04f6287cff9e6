import { type FactName, factNames, type PhaseName, phaseNames } from './sample.ts';

/** The times of a deploy that are compared and gated; `cold-start` is `start` and `ready` together. */
export const timeNames = ['release', ...phaseNames, 'cold-start', 'downtime'] as const;
export type TimeName = 'release' | PhaseName | 'cold-start' | 'downtime';

/** The facts that say something of an image whatever was deployed: they may be named without a kind. */
export const imageFactNames = ['image.bytes', 'image.wireBytes', 'image.layers'] as const satisfies FactName[];

/** A metric of one deploy kind; `kind` null: an image's fact, in every kind that built one. */
export type MetricName =
  | { readonly sort: 'time'; readonly kind: string; readonly name: TimeName }
  | { readonly sort: 'fact'; readonly kind: string | null; readonly name: FactName };

/**
 * Reads `code-edit.release`, `first.pull.bytes` or `image.bytes`.
 * @param kinds the deploy kinds that may stand before the first dot
 * @returns null where it names no metric
 */
export function parseMetricName(text: string, kinds: readonly string[]): MetricName | null {
  const image = imageFactNames.find((name) => name === text);
  if (image !== undefined) return { sort: 'fact', kind: null, name: image };
  const kind = kinds.find((each) => text.startsWith(`${each}.`));
  if (kind === undefined) return null;
  const own = text.slice(kind.length + 1);
  const time = timeNames.find((name) => name === own);
  if (time !== undefined) return { sort: 'time', kind, name: time };
  const fact = factNames.find((name) => name === own);
  return fact === undefined ? null : { sort: 'fact', kind, name: fact };
}

/** As it is written. */
export function writeMetricName({ kind, name }: MetricName): string {
  return kind === null ? name : `${kind}.${name}`;
}

/** Every metric that can be named with these kinds: for the nearest of a misspelt one. */
export function metricNamesOf(kinds: readonly string[]): string[] {
  return [...imageFactNames, ...kinds.flatMap((kind) => [...timeNames, ...factNames].map((name) => `${kind}.${name}`))];
}

/** Whether a fact counts bytes; the others count layers and steps. */
export function isBytes(name: FactName): boolean {
  return /bytes$/i.test(name);
}

/** What a metric's numbers count: milliseconds, bytes, or layers and steps. */
export type MetricUnit = 'time' | 'bytes' | 'count';

export function unitOf(metric: MetricName): MetricUnit {
  if (metric.sort === 'time') return 'time';
  return isBytes(metric.name) ? 'bytes' : 'count';
}
