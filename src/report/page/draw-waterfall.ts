import { formatDuration } from '../format.ts';
import { clip, html, type Markup } from './html.ts';
import { phaseFill } from './palette.ts';
import { spanText } from './span-text.ts';
import { type Ticks, ticksTo, tickText } from './ticks.ts';
import type { Waterfall, WaterfallPhase } from './waterfall.ts';
import type { WaterfallRow } from './waterfall-row.ts';

/**
 * A waterfall as lines of text with a bar each: wide and narrow screens, paper and screen readers all get the same. Bars are drawn in percent
 * of the axis, which no chart library needs to be asked for.
 * @param grid an id that no other drawing of the page has
 */
export function drawWaterfall({ phases, releaseMs, unattributedMs }: Waterfall, grid: string): Markup {
  const ticks = ticksTo(Math.max(releaseMs, ...phases.map((phase) => phase.endMs)), 8);
  const axis: Axis = { ...ticks, grid };
  const rest =
    unattributedMs === null || unattributedMs < 1
      ? null
      : `${formatDuration(unattributedMs)} of it no phase claims; it lies between the phases.`;
  return html`<div class="waterfall">${drawAxis(axis)}
${phases.map((phase) => drawPhase(phase, axis))}</div>${rest === null ? null : html`<p class="minor">${rest}</p>`}`;
}

/** Lines at the ticks are drawn once: they would be most of a page that repeats them on every line. */
interface Axis extends Ticks {
  /** The id of the lines. */
  readonly grid: string;
}

function drawAxis(axis: Axis): Markup {
  const texts = axis.at.map((at, index) => {
    const place = index === 0 ? 'first' : index === axis.at.length - 1 ? 'last' : 'inner';
    return html`<text class="${place}" x="${percent(at, axis)}" y="11">${tickText(at)}</text>`;
  });
  const lines = axis.at.map((at) => html`<line x1="${percent(at, axis)}" x2="${percent(at, axis)}" y2="100%"/>`);
  const drawn = html`<svg class="wf-track" width="100%" height="16"><defs><g id="${axis.grid}" stroke="var(--line)">${lines}</g></defs>${texts}</svg>`;
  return html`<div class="wf-row wf-axis" aria-hidden="true"><span></span>${drawn}<span></span></div>`;
}

function drawPhase(phase: WaterfallPhase, axis: Axis): Markup {
  const { startMs, endMs, note, rows } = phase;
  const [x, width] = [percent(startMs, axis), percent(endMs - startMs, axis)];
  const title = html`<title>${phase.phase}: ${spanText(startMs, endMs)}</title>`;
  const whole = html`<rect x="${x}" width="${width}" y="1" height="10" rx="2" fill="${phaseFill(phase.phase)}">${title}</rect>`;
  const lines = rows.map((row, index) => {
    const begins = row.lane !== '' && row.lane !== rows[index - 1]?.lane;
    const lane = begins ? html`<li class="wf-lane">stage ${clip(row.lane, 60)}</li>` : null;
    return html`${lane}${drawRow(row, phase, axis)}`;
  });
  const head = html`<h4>${phase.phase}${note === '' ? null : html` <small>${clip(note, 200)}</small>`}</h4>`;
  const figure = html`<span class="wf-figure">${formatDuration(endMs - startMs)}</span>`;
  return html`<section class="wf-phase"><div class="wf-row wf-head">${head}${track(axis, 12, whole)}${figure}</div>
${lines.length === 0 ? null : html`<ol>${lines}</ol>`}</section>
`;
}

function drawRow(row: WaterfallRow, { phase }: WaterfallPhase, axis: Axis): Markup {
  const classes = `wf-row${row.critical ? ' critical' : ''}${row.look === 'pale' ? ' cached' : ''}`;
  const said = row.critical ? html`<span class="sr"> (critical path)</span>` : null;
  const label = html`<span class="wf-label">${clip(row.label, 120)}${said}</span>`;
  const drawn = html`<g><title>${clip(row.title, 300)}</title>${bar(row, phaseFill(phase), axis)}</g>`;
  return html`<li class="${classes}">${label}${track(axis, 14, drawn)}<span class="wf-figure">${row.figure}</span></li>
`;
}

function bar({ look, startMs, endMs, critical }: WaterfallRow, fill: string, axis: Axis): Markup {
  const [x, end] = [percent(startMs, axis), percent(endMs, axis)];
  const place = html`x="${x}" width="${percent(endMs - startMs, axis)}"`;
  switch (look) {
    case 'pale':
      return html`<rect class="pale" ${place} y="2" height="10"/><rect class="pale-mark" x="${x}" width="3" y="2" height="10"/>`;
    case 'instant':
      return html`<line class="lead" x1="${x}" x2="${end}" y1="7" y2="7" stroke="${fill}"/><circle cx="${end}" cy="7" r="4" fill="${fill}"/>`;
    case 'tail':
      return html`<rect ${place} y="2" height="10" rx="1" fill="url(#hatch)"/>`;
    case 'solid': {
      // However short a step is, its beginning shows.
      const begin = html`<rect x="${x}" width="1.5" y="2" height="10" fill="${fill}"/>`;
      const mark = critical ? html`<rect class="mark" ${place} y="12" height="2"/>` : null;
      return html`<rect class="${critical ? 'main' : 'aside'}" ${place} y="2" height="10" rx="1" fill="${fill}"/>${begin}${mark}`;
    }
  }
}

function track({ grid }: Axis, height: number, content: Markup): Markup {
  return html`<svg class="wf-track" width="100%" height="${height}" aria-hidden="true"><use href="#${grid}"/>${content}</svg>`;
}

function percent(ms: number, { end }: Ticks): string {
  return `${Number(((100 * ms) / end).toFixed(3))}%`;
}
