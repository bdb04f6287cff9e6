import type { Comparison, Failure } from '../../verdict/comparison.ts';
import { countOf } from '../gate-numbers.ts';
import { clip, html, type Markup } from './html.ts';

/** So many have a row: a run in which everything failed says the same many times. */
const mostRows = 30;
const mostLines = 30;

/** The samples that are in no number, and why. */
export function notCounted({ failures }: Comparison): Markup | null {
  if (failures.length === 0) return null;
  const left = failures.length - mostRows;
  return html`<h3>Not counted</h3>
<div class="failures">${failures.slice(0, mostRows).map(item)}</div>${left > 0 ? html`<p class="minor">and ${countOf(left, 'more deploy')}; all of them are in the run’s folder.</p>` : null}`;
}

function item({ variant, kind, round, outcome, code, message, excerpt }: Failure): Markup {
  const lines = excerpt === null ? [] : excerpt.split('\n').slice(-mostLines);
  return html`<details><summary><span class="outcome">✘ ${outcome}</span> ${clip(kind, 60)} of ${clip(variant, 60)}, round ${round}</summary>
<p>${clip(message, 1_000)}${code === null ? null : html` <span class="minor">(${code})</span>`}</p>${
    lines.length === 0
      ? null
      : html`<pre tabindex="0"><code>${lines.map((line) => clip(line, 400)).join('\n')}</code></pre>`
  }</details>`;
}
