import type { LayerTransfer, PullDetail, PushDetail } from '../../results/sample.ts';
import { formatBytes, formatDuration } from '../format.ts';
import { countOf } from '../gate-numbers.ts';
import { spanText } from './span-text.ts';
import { noRows, type PhaseRows, type WaterfallRow } from './waterfall-row.ts';

/** So many layers have a line; of more, the largest. */
const mostRows = 12;

export function pushRows(detail: PushDetail | null, at: number): PhaseRows {
  if (detail === null) return noRows;
  return { note: noteOf(detail), rows: layerRows(detail.layers, at, 'up') };
}

/** @param phaseMs how long the whole pull took: unpacking ends with it */
export function pullRows(detail: PullDetail | null, at: number, phaseMs: number): PhaseRows {
  if (detail === null) return noRows;
  const rows = layerRows(detail.layers, at, 'down');
  const tail = detail.unpackTailMs;
  if (tail === null || tail <= 0) return { note: noteOf(detail), rows };
  const endMs = at + phaseMs;
  const startMs = endMs - Math.min(tail, phaseMs);
  const unpacking: WaterfallRow = {
    label: 'unpack, after the last byte',
    figure: formatDuration(tail),
    lane: '',
    startMs,
    endMs,
    look: 'tail',
    critical: false,
    title: `unpacking that the download could not hide: ${spanText(startMs, endMs)}`,
  };
  return { note: noteOf(detail), rows: [...rows, unpacking] };
}

function layerRows(layers: readonly LayerTransfer[], at: number, way: 'up' | 'down'): WaterfallRow[] {
  const moved = layers.flatMap((layer) => {
    const { digest, bytes, startMs, endMs, how } = layer;
    return how !== 'moved' || startMs === null || endMs === null ? [] : [{ digest, bytes: bytes ?? 0, startMs, endMs }];
  });
  const kept = moved.toSorted((one, other) => other.bytes - one.bytes).slice(0, mostRows);
  return kept
    .toSorted((one, other) => one.startMs - other.startMs)
    .map(({ digest, bytes, startMs, endMs }) => ({
      label: `${way === 'up' ? '↑' : '↓'} ${shortDigest(digest)} · ${formatBytes(bytes)}`,
      figure: formatDuration(endMs - startMs),
      lane: '',
      startMs: at + startMs,
      endMs: at + endMs,
      look: 'solid' as const,
      critical: false,
      title: `layer ${digest}, ${formatBytes(bytes)} ${way}: ${spanText(at + startMs, at + endMs)}`,
    }));
}

export function shortDigest(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, 8);
}

function noteOf({ layers, wireBytes }: PushDetail | PullDetail): string {
  const count = (how: LayerTransfer['how']): number => layers.filter((layer) => layer.how === how).length;
  const moved = count('moved');
  const hidden = Math.max(0, moved - mostRows);
  return [
    wireBytes === null ? countOf(moved, 'blob') : `${countOf(moved, 'blob')}, ${formatBytes(wireBytes)}`,
    ...(count('already-there') === 0 ? [] : [`${countOf(count('already-there'), 'layer')} already there`]),
    ...(count('mounted') === 0 ? [] : [`${count('mounted')} mounted`]),
    ...(hidden === 0 ? [] : [`${countOf(hidden, 'smaller one')} not shown`]),
  ].join(', ');
}
