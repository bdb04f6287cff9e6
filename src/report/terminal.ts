import type { RunFolder } from '../results/run-folder.ts';
import type { Comparison, Failure, KindComparison } from '../verdict/comparison.ts';
import { drawTable } from './draw-table.ts';
import { describeKind } from './kind-words.ts';
import { kindTable, type MetricTable } from './metric-table.ts';
import { notes } from './notes.ts';
import { safeTexts } from './safe-text.ts';
import { kindSentences } from './sentences.ts';
import { paint, type TextStyle } from './style.ts';
import { shorten, wrap } from './text-width.ts';

/**
 * The whole comparison for a terminal, without the scorecard: a table and its sentences for each deploy kind, what failed, and the notes.
 * Ends with a line feed.
 */
export function renderTerminal(run: RunFolder, comparison: Comparison, style: TextStyle): string {
  const shownRun = safeTexts(run);
  const shown = safeTexts(comparison);
  const tables = shown.kinds.map(kindTable);
  const sections = [
    heading(shownRun, shown, style),
    ...shown.kinds.map((kind) => kindSection(kind, tables, style)),
    ...failureSection(shown.failures, style),
    notesSection(notes(shownRun, shown), style),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function heading({ record }: RunFolder, { variants, baseline }: Comparison, style: TextStyle): string[] {
  const others = variants.slice(1);
  const compared = others.length === 0 ? baseline : `${baseline} → ${others.join(', ')}`;
  const title = wrap(`${record.scenario.name} · ${compared}`, style.width);
  const description = record.scenario.description === '' ? [] : wrap(record.scenario.description, style.width);
  return [...title.map((line) => paint(line, 'bold', style)), ...description.map((line) => paint(line, 'dim', style))];
}

function kindSection(kind: KindComparison, tables: readonly MetricTable[], style: TextStyle): string[] {
  const words = shorten(describeKind(kind.kind), Math.max(1, style.width - kind.kind.length - 2));
  const title = `${paint(kind.kind, 'bold', style)}  ${paint(words, 'dim', style)}`.trimEnd();
  return [
    title,
    ...drawTable(kindTable(kind), style, tables),
    ...kindSentences(kind).flatMap((text) => wrap(text, style.width)),
  ];
}

function failureSection(failures: readonly Failure[], style: TextStyle): string[][] {
  if (failures.length === 0) return [];
  const lines = failures.flatMap(({ variant, kind, round, outcome, message, excerpt }) => [
    ...wrap(`✘ ${variant} · ${kind} · round ${round} · ${outcome}: ${message}`, style.width - 2, '  ').map(
      (line) => `  ${paint(line, 'red', style)}`,
    ),
    ...(excerpt === null ? [] : excerpt.split('\n').map((line) => `    ${paint('│', 'dim', style)} ${line}`.trimEnd())),
  ]);
  return [[paint('not counted', 'bold', style), ...lines]];
}

function notesSection(texts: readonly string[], style: TextStyle): string[] {
  const lines = texts.flatMap((text) => {
    const ink = text.startsWith('Warning') ? 'yellow' : 'dim';
    return wrap(text, style.width - 4, '  ').map((line, index) =>
      paint(`  ${index === 0 ? '· ' : ''}${line}`, ink, style),
    );
  });
  return [paint('notes', 'bold', style), ...lines];
}
