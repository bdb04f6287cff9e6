import type { RunFolder } from '../results/run-folder.ts';
import type { Comparison, Failure, KindComparison } from '../verdict/comparison.ts';
import { drawTable } from './draw-table.ts';
import { describeKind } from './kind-words.ts';
import { type Marks, unicodeMarks } from './marks.ts';
import { kindTable, type MetricTable } from './metric-table.ts';
import { notes } from './notes.ts';
import { safeTexts } from './safe-text.ts';
import { kindSentences } from './sentences.ts';
import { paint, type TextStyle } from './style.ts';
import { shorten, wrap } from './text-width.ts';
import { drawVerdicts } from './verdict-drawing.ts';
import { kindVerdicts, type VariantVerdict } from './verdict-section.ts';
import { paintTone, toneOfTime } from './verdict-tone.ts';

/**
 * The whole comparison for a terminal, without the scorecard: for each deploy kind its verdicts, its numbers and what they say; what failed;
 * and the notes. Ends with a line feed.
 * @param marks characters that the terminal has
 */
export function renderTerminal(
  run: RunFolder,
  comparison: Comparison,
  style: TextStyle,
  marks: Marks = unicodeMarks,
): string {
  const shownRun = safeTexts(run);
  const shown = safeTexts(comparison);
  const tables = shown.kinds.map(kindTable);
  const terminal = { style, marks };
  const sections = [
    heading(shownRun, shown, terminal),
    ...shown.kinds.map((kind) => kindSection(kind, kindVerdicts(shownRun, shown, kind), tables, terminal)),
    ...failureSection(shown.failures, terminal),
    notesSection(notes(shownRun, shown), terminal),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

interface Terminal {
  readonly style: TextStyle;
  readonly marks: Marks;
}

function heading({ record }: RunFolder, { variants, baseline }: Comparison, { style, marks }: Terminal): string[] {
  const others = variants.slice(1);
  const compared = others.length === 0 ? baseline : `${baseline} → ${others.join(', ')}`;
  const title = wrap(marks.write(`${record.scenario.name} · ${compared}`), style.width);
  const description = record.scenario.description === '' ? [] : wrap(record.scenario.description, style.width);
  return [...title.map((line) => paint(line, 'bold', style)), ...description.map((line) => paint(line, 'dim', style))];
}

function kindSection(
  kind: KindComparison,
  verdicts: readonly VariantVerdict[],
  tables: readonly MetricTable[],
  { style, marks }: Terminal,
): string[] {
  const words = shorten(describeKind(kind.kind), Math.max(1, style.width - kind.kind.length - 2));
  const title = `${paint(kind.kind, 'bold', style)}  ${paint(words, 'dim', style)}`.trimEnd();
  return [
    title,
    ...verdicts.flatMap((verdict) => verdictLines(verdict, { style, marks })),
    ...drawTable(kindTable(kind), style, tables).map(marks.draw),
    ...kindSentences(kind).flatMap((text) => wrap(marks.write(text), style.width)),
  ];
}

function verdictLines({ headline, table, footnotes }: VariantVerdict, { style, marks }: Terminal): string[] {
  const tone = headline === null || headline.verdict === null ? null : toneOfTime({ verdict: headline.verdict });
  const said = headline === null ? [] : wrap(marks.write(headline.text), style.width, '  ');
  return [
    ...said.map((line) => paint(paintTone(line, tone, style), 'bold', style)),
    ...(table === null ? [] : drawVerdicts(table, style).map(marks.draw)),
    ...footnotes.flatMap((text) => wrap(marks.write(text), style.width, '  ').map((line) => paint(line, 'dim', style))),
  ];
}

function failureSection(failures: readonly Failure[], { style, marks }: Terminal): string[][] {
  if (failures.length === 0) return [];
  const lines = failures.flatMap(({ variant, kind, round, outcome, message, excerpt }) => [
    ...wrap(marks.write(`✘ ${variant} · ${kind} · round ${round} · ${outcome}: ${message}`), style.width - 2, '  ').map(
      (line) => `  ${paint(line, 'red', style)}`,
    ),
    ...(excerpt === null
      ? []
      : excerpt.split('\n').map((line) => `    ${paint(marks.write('│'), 'dim', style)} ${line}`.trimEnd())),
  ]);
  return [[paint('not counted', 'bold', style), ...lines]];
}

function notesSection(texts: readonly string[], { style, marks }: Terminal): string[] {
  const lines = texts.flatMap((text) => {
    const ink = text.startsWith('Warning') ? 'yellow' : 'dim';
    return wrap(marks.write(text), style.width - 4, '  ').map((line, index) =>
      paint(`  ${index === 0 ? marks.write('· ') : ''}${line}`, ink, style),
    );
  });
  return [paint('notes', 'bold', style), ...lines];
}
