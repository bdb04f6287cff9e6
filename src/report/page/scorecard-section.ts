import type { ScoredName } from '../../verdict/control-points.ts';
import { type ScoredCell, type ScoredMetric, scoredMetrics, scoredTime } from '../../verdict/scored-metrics.ts';
import { formatBytes, formatDuration, missing } from '../format.ts';
import { type Tone, toneMarks, toneOfBytes, toneOfTime } from '../verdict-tone.ts';
import { describeBytes, describeChange } from '../verdict-words.ts';
import { gradeNote } from './grade-note.ts';
import { clip, html, type Markup } from './html.ts';
import { headOf } from './score-labels.ts';
import type { PageView } from './view.ts';

/** The five numbers that the article asks a team to look at together, each with a grade. */
export function scorecardSection({ comparison }: PageView): Markup {
  const metrics = scoredMetrics(comparison);
  return html`<section aria-labelledby="scorecard">
<h2 id="scorecard">Scorecard</h2>
<table class="scorecard"><caption>Five numbers to look at together, with their grades; changes are from ${clip(comparison.baseline, 60)}</caption>
<thead><tr><th scope="col">variant</th>${metrics.map((metric) => html`<th scope="col">${headOf(metric)}</th>`)}</tr></thead>
<tbody>${comparison.variants.map(
    (variant, row) =>
      html`<tr><th scope="row">${clip(variant, 60)}</th>${metrics.map((metric) => cell(metric, metric.cells[row] ?? null))}</tr>`,
  )}</tbody></table>
${gradeNote(metrics)}
</section>`;
}

function cell(metric: ScoredMetric, of: ScoredCell | null): Markup {
  const { value, grade } = of ?? { value: null, grade: null };
  const text = value === null ? missing : metric.name === 'image-size' ? formatBytes(value) : formatDuration(value);
  const change = of === null ? null : changeOf(metric.name, of);
  return html`<td data-label="${headOf(metric)}"><span class="figure">${value === null ? html`<span aria-label="not measured">${text}</span>` : text}</span>${
    grade === null
      ? null
      : html`<span class="grade grade-${grade.letter}"><b>${grade.letter}</b><span class="score"> ${Math.round(grade.score * 100)}</span></span>`
  }${change === null ? null : html`<span class="change ${change.tone ?? ''}">${change.tone === null ? '' : `${toneMarks[change.tone]} `}${change.text}</span>`}</td>`;
}

function changeOf(name: ScoredName, { of }: ScoredCell): { readonly text: string; readonly tone: Tone | null } | null {
  const time = scoredTime(name);
  if (time === null) {
    const change = of?.changes?.facts['image.bytes'] ?? null;
    return change === null ? null : { text: describeBytes(change).change, tone: toneOfBytes(change) };
  }
  const change = of?.changes?.times[time] ?? null;
  if (change === null) return null;
  return { text: describeChange(change).change, tone: change.ratioInterval === null ? null : toneOfTime(change) };
}
