import type { FactName } from '../results/sample.ts';
import type { KindComparison, VariantMetrics } from '../verdict/comparison.ts';
import { factValue } from '../verdict/metric.ts';
import { metricText } from './ci-metric.ts';
import { sidesOf } from './ci-view.ts';
import { missing } from './format.ts';

/** A smaller difference in bytes explains no time: a nonce alone makes one. */
const telling = 0.01;

const explaining = ['push.bytes', 'pull.bytes', 'build.cachedSteps'] as const satisfies FactName[];

/**
 * What explains the times of a kind: bytes moved and cached steps of head, and beside them those of base where they differ. Null where one
 * of the two never deployed it, or too little is known of what it moved.
 */
export function explainingFacts(kind: KindComparison): string | null {
  const sides = sidesOf(kind);
  if (sides === null || sides.base === null) return null;
  const { base, head } = sides;
  if (head.deploys.ok === 0 || base.deploys.ok === 0) return null;
  const [pushed, pulled] = [
    moved(base, head, 'push.bytes', 'push.layers'),
    moved(base, head, 'pull.bytes', 'pull.layers'),
  ];
  const parts = [
    ...(pushed !== null && pushed === pulled
      ? [`pushes and pulls ${pushed}`]
      : [...(pushed === null ? [] : [`pushes ${pushed}`]), ...(pulled === null ? [] : [`pulls ${pulled}`])]),
    ...steps(base, head),
  ];
  if (parts.length > 0) return `${kind.kind}: ${head.variant} ${parts.join('; ')}.`;
  const known = explaining.every((name) => base.facts[name] !== null && head.facts[name] !== null);
  return known ? `${kind.kind}: bytes moved and cached steps do not differ.` : null;
}

/** `22.8 MB in 3 of 7 layers instead of 5.21 kB in 1 of 7`; null where that is the same. */
function moved(base: VariantMetrics, head: VariantMetrics, bytes: FactName, layers: FactName): string | null {
  if (!differ(base, head, bytes, telling)) return null;
  const text = (own: VariantMetrics): string => `${textOf(own, bytes)}${layersOf(own, layers)}`;
  return `${text(head)} instead of ${text(base)}`;
}

function layersOf(own: VariantMetrics, layers: FactName): string {
  const [some, all] = [textOf(own, layers), textOf(own, 'image.layers')];
  return some === missing || all === missing ? '' : ` in ${some} of ${all} layers`;
}

function steps(base: VariantMetrics, head: VariantMetrics): string[] {
  if (!differ(base, head, 'build.cachedSteps', 0)) return [];
  const text = (own: VariantMetrics): string => `${textOf(own, 'build.cachedSteps')} of ${textOf(own, 'build.steps')}`;
  return [`takes ${text(head)} steps from the cache instead of ${text(base)}`];
}

/** Whether a fact that both have is not the same, by more than `share` of the larger. */
function differ(base: VariantMetrics, head: VariantMetrics, name: FactName, share: number): boolean {
  const [one, other] = [base.facts[name], head.facts[name]];
  if (one === null || other === null) return false;
  const [before, after] = [factValue(one), factValue(other)];
  return Math.abs(after - before) > share * Math.max(before, after);
}

function textOf(own: VariantMetrics, name: FactName): string {
  return metricText(own, { sort: 'fact', kind: null, name });
}
