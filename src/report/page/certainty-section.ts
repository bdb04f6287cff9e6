import type { KindComparison, VariantMetrics } from '../../verdict/comparison.ts';
import { countOf } from '../gate-numbers.ts';
import { verdictNotes } from '../verdict-notes.ts';
import { verdictWarnings } from '../verdict-warnings.ts';
import { certaintyTable } from './certainty-table.ts';
import { clip, html, type Markup } from './html.ts';
import { notCounted } from './not-counted.ts';
import { variantMark } from './palette.ts';
import { roundsChart } from './rounds-chart.ts';
import { kindsOf, type PageView } from './view.ts';

/** The rounds as dots, intervals, order and drift, what did not count, what could not have been seen. */
export function certaintySection(view: PageView): Markup {
  const { comparison, run } = view;
  const [warnings, remarks] = [true, false].map((isWarning) =>
    verdictWarnings(comparison).filter((text) => text.startsWith('Warning') === isWarning),
  );
  return html`<section aria-labelledby="certainty">
<h2 id="certainty">How sure this is</h2>
<p class="lede">${howToRead}</p>
<ul class="legend" aria-label="Variants">${comparison.variants.map(legendItem)}</ul>
${(warnings ?? []).map((text) => html`<p class="warning">${clip(text, 700)}</p>`)}
${kindsOf(view).map((kind) => kindBlock(view, kind))}
${notCounted(comparison)}
<ul class="notes">${[...verdictNotes(run, comparison), ...(remarks ?? [])].map((text) => html`<li>${clip(text, 900)}</li>`)}</ul>
</section>`;
}

const howToRead =
  'One line a round, one mark a deploy: its release clock. A line joins the two deploys that lay next to each other in time. ' +
  'A ring marks a pair far from the others; it counts all the same.';

function kindBlock(view: PageView, kind: KindComparison): Markup {
  const chart = roundsChart(view, kind);
  const counts = kind.variants.flatMap(countText);
  return html`<article class="kind"><h3>${clip(kind.kind, 60)}</h3>
${chart ?? html`<p class="none">No deploy of this kind counts.</p>`}
${counts.length === 0 ? null : html`<p class="minor">${counts.join('; ')}.</p>`}
${certaintyTable(kind)}</article>`;
}

/** Only where not every planned deploy counts as it should. */
function countText({ variant, deploys }: VariantMetrics): string[] {
  const { ok, planned, repeated, tainted, missing } = deploys;
  const parts = [
    ...(ok === planned ? [] : [`${ok} of ${countOf(planned, 'planned deploy')} count`]),
    ...(missing === 0 ? [] : [`${missing} not made`]),
    ...(repeated === 0 ? [] : [`${repeated} measured again`]),
    ...(tainted === 0 ? [] : [`${tainted} doubtful`]),
  ];
  return parts.length === 0 ? [] : [`${clip(variant, 60)}: ${parts.join(', ')}`];
}

function legendItem(variant: string, index: number): Markup {
  const shape = html`<svg width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true">${mark(index)}</svg>`;
  return html`<li>${shape}${clip(variant, 60)}</li>`;
}

/** The same shapes as the chart's. */
function mark(index: number): Markup {
  const { shape, fill } = variantMark(index);
  switch (shape) {
    case 'diamond':
      return html`<path d="M0-6 6 0 0 6-6 0z" fill="${fill}"/>`;
    case 'triangle':
      return html`<path d="M0-5 5 5-5 5z" fill="${fill}"/>`;
    case 'rect':
      return html`<path d="M-5-5h10v10h-10z" fill="${fill}"/>`;
    case 'arrow':
      return html`<path d="M0-6 5 6 0 3-5 6z" fill="${fill}"/>`;
    case 'roundRect':
      return html`<rect x="-5" y="-5" width="10" height="10" rx="3" fill="${fill}"/>`;
    default:
      return html`<circle r="5" fill="${fill}"/>`;
  }
}
