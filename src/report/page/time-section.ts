import { bottleneckOf } from '../../verdict/bottleneck.ts';
import type { KindComparison } from '../../verdict/comparison.ts';
import { dominatingSentence, imageWorthSentence } from '../bottleneck-words.ts';
import { formatDuration, missing } from '../format.ts';
import { describeKind } from '../kind-words.ts';
import { kindSentences } from '../sentences.ts';
import { clip, html, type Markup } from './html.ts';
import { type PhaseColour, phaseFill } from './palette.ts';
import { numberColumns, wideTable } from './table.ts';
import { timeChart, timeIn, timeParts } from './time-chart.ts';
import { kindsOf, type PageView, samplesOf } from './view.ts';

/** For every kind a bar per variant, and what it waits for in words. */
export function timeSection(view: PageView): Markup {
  return html`<section aria-labelledby="time">
<h2 id="time">Where the time goes</h2>
<p class="lede">Medians of each phase, from the edit to a container that answers. The number at the end is the release clock.</p>
<ul class="legend" aria-label="Phases">${timeParts.map(legendItem)}</ul>
${kindsOf(view).map((kind) => kindBlock(view, kind))}
</section>`;
}

function legendItem(part: PhaseColour): Markup {
  const swatch = html`<rect width="14" height="14" rx="3" fill="${phaseFill(part)}"/>`;
  return html`<li><svg width="14" height="14" aria-hidden="true">${swatch}</svg>${part}</li>`;
}

function kindBlock(view: PageView, kind: KindComparison): Markup {
  const words = describeKind(kind.kind);
  return html`<article class="kind"><h3>${clip(kind.kind, 60)}${words === '' ? null : html` <small>${words}</small>`}</h3>
<div class="pair"><div>${timeChart(kind, 'where the time goes')}</div>
<ul class="findings">${kind.variants.flatMap((variant) => bottleneckItem(view, kind, variant.variant) ?? [])}</ul></div>
<details><summary>The numbers of ${clip(kind.kind, 60)}</summary>${numbers(kind)}${kindSentences(kind).map((text) => html`<p>${clip(text, 400)}</p>`)}</details></article>`;
}

function bottleneckItem({ run }: PageView, { kind }: KindComparison, variant: string): Markup | null {
  const found = bottleneckOf(samplesOf(run, kind, variant));
  if (found === null) return null;
  const worth = imageWorthSentence(found);
  return html`<li><b>${clip(variant, 60)}:</b> ${clip(dominatingSentence(found), 320)}${worth === null ? null : html` <span class="minor">${worth}</span>`}</li>`;
}

function numbers({ kind, variants }: KindComparison): Markup {
  const parts = timeParts.filter((part) => variants.some((variant) => timeIn(variant, part) !== null));
  return wideTable({
    caption: `Median times of ${clip(kind, 60)}, one variant a row`,
    columns: numberColumns('variant', ...parts, 'release clock'),
    rest: '',
    rows: variants.map((variant) => ({
      name: clip(variant.variant, 60),
      look: '',
      cells: [
        ...parts.map((part) => time(timeIn(variant, part))),
        html`<b>${time(variant.release?.median ?? null)}</b>`,
      ],
    })),
  });
}

function time(ms: number | null): string {
  return ms === null ? missing : formatDuration(ms);
}
