import type { RunFolder } from '../results/run-folder.ts';
import type { Comparison, Failure, KindComparison } from '../verdict/comparison.ts';
import { ratioText } from './draw-table.ts';
import { describeKind } from './kind-words.ts';
import { kindTable, type MetricCell, type MetricRow, type MetricTable } from './metric-table.ts';
import { notes } from './notes.ts';
import { safeTexts } from './safe-text.ts';
import { scorecardAnswer, scorecardTable } from './scorecard.ts';
import { kindSentences } from './sentences.ts';
import { kindVerdicts, type VariantVerdict } from './verdict-section.ts';
import type { VerdictRow, VerdictTable } from './verdict-table.ts';

/** The comparison and the scorecard as GitHub-flavoured markdown, for a pull request. Ends with a line feed. */
export function renderMarkdown(run: RunFolder, comparison: Comparison): string {
  const shownRun = safeTexts(run);
  const shown = safeTexts(comparison);
  const blocks = [
    `## ${escapeMarkdown(shownRun.record.scenario.name)}: ${shown.variants.map(escapeMarkdown).join(' → ')}`,
    escapeMarkdown(scorecardAnswer(shown)),
    markdownTable(scorecardTable(shown)),
    ...shown.kinds.flatMap((kind) => kindBlocks(kind, kindVerdicts(shownRun, shown, kind))),
    ...failureBlocks(shown.failures),
    notesBlock(notes(shownRun, shown)),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function kindBlocks(kind: KindComparison, verdicts: readonly VariantVerdict[]): string[] {
  const words = describeKind(kind.kind);
  return [
    `### ${escapeMarkdown(kind.kind)}${words === '' ? '' : `: ${words}`}`,
    ...verdicts.flatMap(verdictBlocks),
    markdownTable(kindTable(kind)),
    ...kindSentences(kind).map(escapeMarkdown),
  ];
}

function verdictBlocks({ headline, table, footnotes }: VariantVerdict): string[] {
  return [
    ...(headline === null ? [] : [`**${escapeMarkdown(headline.text)}**`]),
    ...(table === null ? [] : [markdownVerdicts(table)]),
    ...footnotes.map(escapeMarkdown),
  ];
}

function markdownVerdicts({ variant, head, groups }: VerdictTable): string {
  const texts = [variant, head.change, head.difference, head.faster, head.verdict].map(escapeMarkdown);
  return [`| ${texts.join(' | ')} |`, '| :-- | :-- | --: | --: | :-- |', ...groups.flat().map(verdictRow)].join('\n');
}

function verdictRow({ label, strong, change, difference, faster, verdict }: VerdictRow): string {
  const texts = [label, change, difference, faster.trimEnd(), verdict].map(escapeMarkdown);
  return `| ${texts.map((text) => (strong && text !== '' ? `**${text}**` : text)).join(' | ')} |`;
}

function markdownTable(table: MetricTable): string {
  const head = `| | ${table.variants.map(escapeMarkdown).join(' | ')} |`;
  const aligned = `| :-- |${' --: |'.repeat(table.variants.length)}`;
  return [head, aligned, ...table.groups.flat().map(markdownRow)].join('\n');
}

function markdownRow({ label, strong, cells }: MetricRow): string {
  const texts = [escapeMarkdown(label), ...cells.map(cellText)];
  return `| ${texts.map((text) => (strong ? `**${text}**` : text)).join(' | ')} |`;
}

function cellText(cell: MetricCell): string {
  return escapeMarkdown(cell.ratio === null ? cell.text : `${cell.text} (${ratioText(cell)})`);
}

function failureBlocks(failures: readonly Failure[]): string[] {
  if (failures.length === 0) return [];
  const blocks = failures.flatMap(({ variant, kind, round, outcome, message, excerpt }) => [
    escapeMarkdown(`✘ ${variant} · ${kind} · round ${round} · ${outcome}: ${message}`),
    ...(excerpt === null ? [] : [fenced(excerpt)]),
  ]);
  return ['### Not counted', ...blocks];
}

function notesBlock(texts: readonly string[]): string {
  const items = texts.map((text) => `- ${escapeMarkdown(text)}`);
  return ['<details><summary>Notes</summary>', '', ...items, '', '</details>'].join('\n');
}

/** A fence longer than any inside it. */
function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

/** Text that shows as it is: no markup, no HTML, no cell border; a zero-width space keeps `@name` and `#1` from notifying and linking. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_[\]{}|~]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/@(?=\w)|#(?=\d)/g, '$&\u200b')
    .replace(/^(#+|[-+]|\d+[.)])(?=\s|$)/, '\\$1');
}
