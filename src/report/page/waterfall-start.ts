import type { Instant, ReadyDetail, StartDetail, StopDetail } from '../../results/sample.ts';
import { formatDuration } from '../format.ts';
import { spanText } from './span-text.ts';
import { noRows, type PhaseRows, type WaterfallRow } from './waterfall-row.ts';

export function stopRows(detail: StopDetail | null, at: number): PhaseRows {
  if (detail === null) return noRows;
  const { stopMs, removeMs, killed, gracePeriodMs, exitCode } = detail;
  const note = killed
    ? `killed after its grace period of ${formatDuration(gracePeriodMs)}`
    : `exit code ${exitCode === null ? 'unknown' : exitCode}`;
  return { note, rows: [span('stop', at, stopMs), span('remove', at + stopMs, removeMs)] };
}

export function startRows(detail: StartDetail | null, at: number): PhaseRows {
  if (detail === null) return noRows;
  return { note: '', rows: [span('create', at, detail.createMs), span('start', at + detail.createMs, detail.startMs)] };
}

const instants = [
  ['listening', 'listening'],
  ['firstResponse', 'first response'],
  ['firstSuccess', 'first success'],
  ['healthy', 'healthy'],
] as const;

/** A line for each instant of readiness that the check saw. */
export function readyRows(detail: ReadyDetail | null, at: number): PhaseRows {
  if (detail === null) return noRows;
  const tries = detail.attempts === null ? '' : `, ${detail.attempts} attempts`;
  const rows = instants.flatMap(([name, label]) => {
    const instant = detail[name];
    return instant === null ? [] : [instantRow(label, instant, at)];
  });
  return { note: `${detail.check}${tries}`, rows };
}

function instantRow(label: string, { ms, resolutionMs }: Instant, at: number): WaterfallRow {
  return {
    label,
    figure: formatDuration(ms),
    lane: '',
    startMs: at,
    endMs: at + ms,
    look: 'instant',
    critical: false,
    title: `${label} ${formatDuration(ms)} after the start returned, known to ${formatDuration(resolutionMs)}`,
  };
}

function span(label: string, startMs: number, ms: number): WaterfallRow {
  const endMs = startMs + ms;
  return {
    label,
    figure: formatDuration(ms),
    lane: '',
    startMs,
    endMs,
    look: 'solid',
    critical: false,
    title: `${label}: ${spanText(startMs, endMs)}`,
  };
}
