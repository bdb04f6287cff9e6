import type { Sample } from '../../results/sample.ts';
import { typicalDeploy } from '../../verdict/typical-deploy.ts';
import { formatDuration } from '../format.ts';
import { countOf } from '../gate-numbers.ts';
import { drawWaterfall } from './draw-waterfall.ts';
import { clip, html, type Markup } from './html.ts';
import type { PageView } from './view.ts';
import { waterfallOf } from './waterfall.ts';

/** So many deploys are drawn: more would make a page that is too large to send. */
const mostDrawn = 12;

/** Real deploys on a time axis, each the one nearest the medians of its kind and variant. */
export function waterfallSection(view: PageView): Markup {
  const deploys = deploysOf(view);
  const left = deploys.length - mostDrawn;
  const none = 'No deploy counts, so there is none to draw.';
  const rest = `${countOf(left, 'deploy')} of other kinds not drawn; every sample is in the run’s folder.`;
  return html`<section aria-labelledby="waterfall">
<h2 id="waterfall">One deploy, step by step</h2>
<p class="lede">A real deploy each: the one nearest the medians of its kind. ${legend}</p>
${deploys.length === 0 ? html`<p class="none">${none}</p>` : null}${deploys.slice(0, mostDrawn).map((sample, index) => drawn(sample, view, index))}
${left > 0 ? html`<p class="minor">${rest}</p>` : null}</section>`;
}

const legend: Markup = html`<b class="critical-word">Bold and underlined</b>: on the build’s critical path, the chain of steps that waited
for each other. Pale: taken from the cache. Hatched: unpacking that the download could not hide. A dot: an instant of readiness.`;

/** The kind that is told first, and of it the variant that is told of; then what it is compared with, then the rest. */
function deploysOf({ run, comparison, kind, baseline, subject }: PageView): Sample[] {
  const first = [subject?.variant, baseline?.variant].filter((each) => each !== undefined);
  const variants = [...new Set([...first, ...comparison.variants])];
  const kinds = [...new Set([...(kind === null ? [] : [kind.kind]), ...comparison.kinds.map((each) => each.kind)])];
  return kinds.flatMap((each) => variants.flatMap((variant) => typicalDeploy(run.samples, each, variant) ?? []));
}

function drawn(sample: Sample, { run, kind, baseline, subject }: PageView, index: number): Markup {
  const isFirst = sample.kind === kind?.kind && [baseline?.variant, subject?.variant].includes(sample.variant);
  const when = `round ${sample.round}, ${formatDuration(sample.release?.ms ?? 0)}`;
  const name = html`<b>${clip(sample.kind, 60)}</b> with <b>${clip(sample.variant, 60)}</b> <span class="minor">${when}</span>`;
  return html`<details class="deploy"${isFirst && index < 2 ? html` open` : null}><summary><h3>${name}</h3></summary>
${drawWaterfall(waterfallOf(sample, run.record.scenario.replace), `grid-${index + 1}`)}</details>
`;
}
