import { bottleneckOf } from '../../verdict/bottleneck.ts';
import type { VariantMetrics } from '../../verdict/comparison.ts';
import { dominatingSentence, imageWorthSentence } from '../bottleneck-words.ts';
import { countOf } from '../gate-numbers.ts';
import { toneMarks } from '../verdict-tone.ts';
import { answerOf } from './answer.ts';
import { clip, html, type Markup } from './html.ts';
import { timeChart } from './time-chart.ts';
import { dayOf, type PageView, samplesOf } from './view.ts';

/** The first screen: what was found, what it waits for, and what cutting the image would be worth. */
export function headSection(view: PageView): Markup {
  const { record } = view.run;
  const { lead, aside, tone } = answerOf(view);
  const where = [
    clip(record.scenario.name, 80),
    dayOf(record.startedAt),
    countOf(view.comparison.rounds.measured, 'round'),
  ];
  const mark = tone === null ? null : html`<span class="tone ${tone}" aria-hidden="true">${toneMarks[tone]}</span>`;
  return html`<header class="head">
<p class="eyebrow"><span class="brand">deployclock</span> ${where.map((text, index) => html`${index === 0 ? null : dot}${text}`)}</p>
<h1>${mark}${together(clip(lead, 240))}${aside === '' ? '.' : html` <span class="aside">(${clip(aside, 300)}).</span>`}</h1>
${record.scenario.description === '' ? null : html`<p class="lede">${clip(record.scenario.description, 400)}</p>`}
${bottleneckBlock(view)}
</header>`;
}

const dot: Markup = html` <span class="dot">·</span> `;

function bottleneckBlock(view: PageView): Markup | null {
  const { kind, baseline, subject } = view;
  if (kind === null || baseline === null) return null;
  const main = subject ?? baseline;
  const told = sentences(view, main, 'main');
  if (told === null) return null;
  const of = kind.variants.filter((variant) => variant === baseline || variant === subject);
  return html`<section class="bottleneck" aria-labelledby="bottleneck">
<h2 id="bottleneck">What ${subject === null ? 'it' : 'such a deploy'} waits for</h2>
${told}
${timeChart({ ...kind, variants: of }, 'the first screen', 920)}
${subject === null ? null : sentences(view, baseline, '')}
</section>`;
}

function sentences({ run, kind, subject }: PageView, { variant }: VariantMetrics, look: 'main' | ''): Markup | null {
  const found = bottleneckOf(samplesOf(run, kind?.kind ?? '', variant));
  if (found === null) return null;
  const worth = imageWorthSentence(found);
  const who = subject === null ? null : html`<b class="who">${clip(variant, 60)}:</b> `;
  return html`<div class="waits ${look}"><p class="dominating">${who}${together(clip(dominatingSentence(found), 320))}</p>${
    worth === null
      ? null
      : html`
<p class="worth">${together(worth)}</p>`
  }</div>`;
}

/** A number and its unit stay on one line. */
function together(text: string): string {
  return text.replace(/(\d) (?=ms|s|min|%)/g, '$1\u00a0');
}
