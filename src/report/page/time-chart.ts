import { type PhaseName, phaseNames } from '../../results/sample.ts';
import type { KindComparison, VariantMetrics } from '../../verdict/comparison.ts';
import { formatDuration, formatShare } from '../format.ts';
import { drawChart, hasPointer } from './chart.ts';
import { clip, html, type Markup } from './html.ts';
import { type PhaseColour, phaseFill, phaseInk } from './palette.ts';
import { ticksTo, tickText } from './ticks.ts';

export const timeParts = [...phaseNames, 'unattributed'] as const;

/** One stacked bar a variant: where the time of a kind goes. Drawn for wide and for narrow screens. */
export function timeChart(kind: KindComparison, where: string, wide = 580): Markup {
  const shown = kind.variants.filter(({ release }) => release !== null);
  if (shown.length === 0) return html`<p class="none">No deploy of this kind counts.</p>`;
  const label = `${kind.kind}, ${where}: ${shown.map(describe).join('; ')}`;
  return html`<div class="wide">${draw(shown, label, wide)}</div><div class="narrow">${draw(shown, label, 340)}</div>`;
}

/** `after 10.9 s: build 5.3 s, push 132 ms`. */
function describe(variant: VariantMetrics): string {
  const parts = timeParts.flatMap((part) => {
    const ms = timeIn(variant, part);
    return ms === null ? [] : [`${part} ${formatDuration(ms)}`];
  });
  return `${clip(variant.variant, 40)} ${formatDuration(variant.release?.median ?? 0)}: ${parts.join(', ')}`;
}

export function timeIn(variant: VariantMetrics, part: PhaseColour): number | null {
  const metric = part === 'unattributed' ? variant.unattributed : variant.phases[part as PhaseName];
  return metric?.median ?? null;
}

const rowHeight = 52;
const totalRoom = 64;

function draw(variants: readonly VariantMetrics[], label: string, width: number): Markup {
  const sums = variants.map((variant) => timeParts.reduce((sum, part) => sum + (timeIn(variant, part) ?? 0), 0));
  const most = Math.max(...sums, 1);
  const ticks = ticksTo(most, hasPointer(width) ? 6 : 4);
  const room = width - totalRoom;
  const titles = new Map<string, string>();
  const series = timeParts.map((part, at) => ({
    type: 'bar' as const,
    stack: 'time',
    barWidth: 22,
    itemStyle: { color: phaseFill(part), borderColor: 'var(--paper)', borderWidth: 1 },
    emphasis: { disabled: true },
    cursor: 'default',
    data: variants.map((variant, row) => {
      const ms = timeIn(variant, part);
      const share = (ms ?? 0) / (variant.release?.median ?? 1);
      if (ms !== null) {
        const figures = `${formatDuration(ms)}, ${formatShare(share)}`;
        titles.set(`${at}:${row}`, `${clip(variant.variant, 60)}, ${part}: ${figures}`);
      }
      const pixels = (room * (ms ?? 0)) / most;
      const text = pixels > 96 ? `${part} ${formatDuration(ms ?? 0)}` : pixels > 46 ? part : '';
      return {
        value: ms ?? '-',
        label: { show: text !== '', formatter: () => text, color: phaseInk(part), fontSize: 12, textBorderWidth: 0 },
      };
    }),
  }));
  const total = {
    type: 'bar' as const,
    stack: 'time',
    silent: true,
    barWidth: 22,
    itemStyle: { color: 'none' },
    data: variants.map((variant) => ({
      value: 0,
      label: {
        show: true,
        position: 'right' as const,
        color: 'var(--ink)',
        fontWeight: 'bold' as const,
        fontSize: 13,
        textBorderWidth: 0,
        formatter: () => formatDuration(variant.release?.median ?? 0),
      },
    })),
  };
  return drawChart({
    width,
    height: variants.length * rowHeight + 26,
    label,
    titles: hasPointer(width) ? titles : new Map(),
    option: {
      grid: { left: 1, right: totalRoom, top: 4, bottom: 22 },
      xAxis: {
        type: 'value',
        // The last bar ends at the axis' end, and what lies a rounding error beyond it would lose its label.
        max: most * 1.001,
        interval: ticks.step,
        axisLabel: {
          color: 'var(--muted)',
          fontSize: 11,
          formatter: tickText,
          alignMinLabel: 'left',
          showMaxLabel: false,
        },
        splitLine: { showMaxLine: false, lineStyle: { color: 'var(--line)' } },
        axisTick: { show: false },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: variants.map(({ variant }) => clip(variant, hasPointer(width) ? 60 : 32)),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: 'var(--line)' } },
        axisLabel: {
          inside: true,
          align: 'left',
          verticalAlign: 'bottom',
          padding: [0, 0, 14, -6],
          color: 'var(--ink)',
          fontSize: 12,
        },
        z: 5,
      },
      series: [...series, total],
    },
  });
}
