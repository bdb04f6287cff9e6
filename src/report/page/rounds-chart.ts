import type { Sample } from '../../results/sample.ts';
import type { KindComparison } from '../../verdict/comparison.ts';
import { timeOf } from '../../verdict/metric-value.ts';
import { formatDuration } from '../format.ts';
import { countOf } from '../gate-numbers.ts';
import { drawChart, hasPointer } from './chart.ts';
import { clip, html, type Markup } from './html.ts';
import { variantMark } from './palette.ts';
import { ticksTo, tickText } from './ticks.ts';
import { type PageView, samplesOf } from './view.ts';

interface Dot {
  /** From 0: which round, and of several repeats which. */
  readonly turn: number;
  readonly ms: number;
  readonly sample: Sample;
}

/** Each round's release clocks as dots on a line, those of the baseline and of the variant that is told of joined. */
export function roundsChart(view: PageView, kind: KindComparison): Markup | null {
  const turns = turnsOf(view, kind);
  const dots = kind.variants.map(({ variant }) => dotsOf(view, kind.kind, variant, turns));
  const count = dots.flat().length;
  if (count === 0) return null;
  const label = `${kind.kind}: release clocks of ${countOf(count, 'deploy')} that count, one line a ${kind.repeats > 1 ? 'repeat' : 'round'}`;
  const joined = Math.max(
    1,
    kind.variants.findIndex(({ variant }) => variant === view.subject?.variant),
  );
  const drawing = { kind, turns, dots, joined, label };
  return html`<div class="wide">${draw({ ...drawing, width: 640 })}</div>
<div class="narrow">${draw({ ...drawing, width: 340 })}</div>`;
}

function turnsOf({ run }: PageView, { kind }: KindComparison): string[] {
  const own = run.samples.filter((sample) => sample.kind === kind);
  const ordered = own.toSorted((one, other) => one.round - other.round || one.repeat - other.repeat);
  return [...new Set(ordered.map(turnOf))];
}

function turnOf({ round, repeat }: { readonly round: number; readonly repeat: number }): string {
  return repeat > 1 ? `${round}.${repeat}` : String(round);
}

function dotsOf({ run }: PageView, kind: string, variant: string, turns: readonly string[]): Dot[] {
  return samplesOf(run, kind, variant).flatMap((sample) => {
    const ms = timeOf(sample, 'release');
    return sample.outcome !== 'ok' || ms === null ? [] : [{ turn: turns.indexOf(turnOf(sample)), ms, sample }];
  });
}

interface Drawing {
  readonly kind: KindComparison;
  readonly turns: readonly string[];
  readonly dots: readonly (readonly Dot[])[];
  /** Which variant is joined with the baseline. */
  readonly joined: number;
  readonly label: string;
  readonly width: number;
}

function draw({ kind, turns, dots, joined, label, width }: Drawing): Markup {
  const ticks = ticksTo(Math.max(...dots.flat().map(({ ms }) => ms)), hasPointer(width) ? 8 : 4);
  const rowHeight = turns.length > 30 ? 10 : 18;
  const titles = new Map<string, string>();
  const series = dots.map((own, at) => {
    const { shape, fill } = variantMark(at);
    for (const [index, { ms, sample }] of own.entries()) {
      titles.set(
        `${at + 1}:${index}`,
        `${clip(sample.variant, 60)}, round ${turnOf(sample)}: ${formatDuration(ms)}${sample.tainted.length > 0 ? ', doubtful' : ''}`,
      );
    }
    return {
      type: 'scatter' as const,
      z: 3,
      symbol: shape,
      symbolSize: turns.length > 30 ? 7 : 10,
      cursor: 'default',
      emphasis: { disabled: true },
      itemStyle: { color: fill, opacity: 1 },
      data: own.map(({ turn, ms }) => [ms, turn]),
    };
  });
  const rings = {
    type: 'scatter' as const,
    z: 4,
    silent: true,
    symbol: 'circle',
    symbolSize: 18,
    itemStyle: { color: 'none', borderColor: 'var(--ink)', borderWidth: 1.5 },
    data: outlierDots(kind, joined, dots, turns).map(({ turn, ms }) => [ms, turn]),
  };
  return drawChart({
    width,
    height: turns.length * rowHeight + 44,
    label,
    titles: hasPointer(width) ? titles : new Map(),
    option: {
      grid: { left: 30, right: 12, top: 6, bottom: 24 },
      xAxis: {
        type: 'value',
        min: 0,
        max: ticks.end,
        interval: ticks.step,
        axisLabel: { color: 'var(--muted)', fontSize: 11, formatter: tickText },
        splitLine: { lineStyle: { color: 'var(--line)' } },
        axisTick: { show: false },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: turns,
        axisTick: { show: false },
        axisLine: { show: false },
        axisLabel: { color: 'var(--muted)', fontSize: 10, interval: turns.length > 30 ? 4 : 0 },
        splitLine: { show: false },
      },
      series: [joins(dots[0] ?? [], dots[joined] ?? []), ...series, rings],
    },
  });
}

/** One line with breaks: the library then draws a single path. */
function joins(baseline: readonly Dot[], other: readonly Dot[]): object {
  const data = baseline.flatMap(({ turn, ms }) => {
    const match = other.find((dot) => dot.turn === turn);
    return match === undefined
      ? []
      : [
          [ms, turn],
          [match.ms, turn],
          ['-', turn],
        ];
  });
  return {
    type: 'line',
    z: 2,
    silent: true,
    symbol: 'none',
    clip: false,
    lineStyle: { color: 'var(--join)', width: 1.5 },
    data,
  };
}

function outlierDots(
  kind: KindComparison,
  joined: number,
  dots: readonly (readonly Dot[])[],
  turns: readonly string[],
): Dot[] {
  const outliers = kind.variants[joined]?.changes?.times.release?.outliers ?? [];
  return outliers.flatMap((place) => (dots[joined] ?? []).filter(({ turn }) => turn === turns.indexOf(turnOf(place))));
}
