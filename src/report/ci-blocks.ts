import type { KindComparison } from '../verdict/comparison.ts';
import { explainingFacts } from './ci-facts.ts';
import { type CiHeadline, ciHeadline } from './ci-headline.ts';
import { type CiRow, gateRows, kindRows } from './ci-rows.ts';
import { type CiView, mainKind } from './ci-view.ts';
import type { Block } from './fit-blocks.ts';
import { countOf } from './gate-numbers.ts';
import { gateSentence } from './gate-sentence.ts';
import { gatesWithoutEffect } from './gate-view.ts';
import { escapeMarkdown } from './markdown.ts';

/** What a comment and a summary are made of, the most important first. Every text of `view` must have been made safe. */
export function ciBlocks(view: CiView, heading: '##' | '###'): Block[] {
  const { sort, text } = ciHeadline(view);
  const title = `${heading} ${marks[sort]} ${escapeMarkdown(`${view.run.record.scenario.name}: ${clip(text)}`)}`;
  const gates = gateRows(view);
  return [
    { text: title, leftOutAs: null },
    { text: revisions(view), leftOutAs: null },
    ...(gates.length === 0 ? [] : [{ text: table(gates), leftOutAs: null }]),
    ...block(list(explanations(view)), 'what explains the times'),
    ...block(titled('Not judged, or not compared:', notJudged(view, sort)), 'what was not judged'),
    ...block(titled('Could have failed, and did not:', withoutEffect(view)), 'gates without effect'),
    ...block(titled('Warnings:', warnings(view)), 'warnings'),
    ...view.comparison.kinds.flatMap(kindBlock),
    ...block(folded('How it was measured', list(settings(view))), 'how it was measured'),
  ];
}

const marks: Readonly<Record<CiHeadline['sort'], string>> = {
  failed: '❌',
  'not-judged': '❌',
  'not-compared': '⚠️',
  inconclusive: '❔',
  won: '✅',
  passed: '✅',
};

function block(text: string | null, leftOutAs: string): Block[] {
  return text === null ? [] : [{ text, leftOutAs }];
}

const shownDigits = 10;

function revisions({ base, head, run, baseMissing }: CiView): string {
  const tell = ({ ref, commit }: CiView['base']): string => {
    const short = commit.slice(0, shownDigits);
    return commit.startsWith(ref) ? short : `${ref} (${short})`;
  };
  const how = baseMissing === null ? 'measured in turns on one machine' : 'of which head alone was measured';
  return escapeMarkdown(`base ${clip(tell(base))} → head ${clip(tell(head))}, ${how}. Run ${run.record.id}.`);
}

/** A table of more rows than this is not read, and the limit of a comment is near. */
const mostRows = 60;

function table(rows: readonly CiRow[]): string {
  const lines = rows
    .slice(0, mostRows)
    .map(({ metric, base, head, change, verdict }) =>
      row([escapeMarkdown(metric), ...[base, head, change].map(escapeMarkdown), escapeMarkdown(verdict)]),
    );
  const rest = rows.length - lines.length;
  return [
    row(['', 'base', 'head', 'change (95 % interval)', '']),
    '| :-- | --: | --: | --: | :-- |',
    ...lines,
    ...(rest === 0 ? [] : [row([`and ${countOf(rest, 'row')} more`, '', '', '', ''])]),
  ].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Of the kinds that gates are about, or of the everyday one. */
function explanations(view: CiView): string[] {
  const { comparison, gates } = view;
  const judged = new Set(gates?.report.results.map(({ kind }) => kind));
  const main = mainKind(comparison);
  const shown = comparison.kinds.filter((kind) => judged.has(kind.kind) || kind === main);
  return shown.flatMap((kind) => explainingFacts(kind) ?? []);
}

function notJudged({ gates, baseMissing, run, comparison }: CiView, told: CiHeadline['sort']): string[] {
  const open = gates?.report.results.filter(({ outcome }) => outcome === 'inconclusive' || outcome === 'not-judged');
  return [
    ...(baseMissing === null || told === 'not-compared' ? [] : [baseMissing]),
    ...(open ?? []).map(gateSentence),
    ...run.record.plan.skipped.map(({ kind, why }) => `${kind} was not run: ${why}.`),
    ...comparison.failures.map(
      ({ variant, kind, round, outcome, message }) => `${variant}, ${kind}, round ${round}: ${outcome}: ${message}`,
    ),
  ];
}

/** Gates that cannot tell are listed already. */
function withoutEffect({ gates }: CiView): string[] {
  if (gates === null) return [];
  const results = gates.report.results.filter(({ outcome }) => outcome !== 'inconclusive');
  return gatesWithoutEffect({ ...gates, report: { ...gates.report, results } });
}

function warnings({ warnings: own, comparison }: CiView): string[] {
  return [
    ...own,
    ...comparison.warnings.map(({ text, deploys }) =>
      deploys === null ? text : `${text} (${countOf(deploys, 'deploy')})`,
    ),
  ];
}

function kindBlock(kind: KindComparison): Block[] {
  const rows = kindRows(kind);
  if (rows.length === 0) return [];
  const counts = kind.variants.map(({ variant, deploys }) => `${countOf(deploys.ok, 'deploy')} of ${variant}`);
  const title = `All numbers of ${kind.kind}: ${counts.join(', ')}`;
  return block(folded(title, table(rows)), `the numbers of ${kind.kind}`);
}

function settings({ run: { record } }: CiView): string[] {
  const { stopping } = record.plan;
  const { uplink, downlink } = record.scenario.links;
  const { cpus, cpuModel, nodeEngine } = record.fingerprint;
  const standIns = record.images.filter(({ standIn }) => standIn).map(({ role }) => role);
  const rule =
    stopping.rule === 'screen-and-confirm'
      ? 'What looks slower is measured again. Then the fresh pairs alone decide, and all numbers show the changes of those; see docs/statistics.md of deployclock.'
      : 'One look at all pairs; see docs/statistics.md of deployclock.';
  return [
    'Base and head are medians of all their deploys; a change is estimated from pair to pair, + is slower or more.',
    rule,
    `Links: uplink ${uplink.label}, downlink ${downlink.label}.`,
    `Engine ${nodeEngine.version} on ${cpus} × ${cpuModel}.`,
    ...(standIns.length === 0 ? [] : [`Stand-ins for public images: ${standIns.join(', ')}.`]),
    ...record.scenario.assumed.map((text) => `Assumed: ${text}`),
    `deployclock ${record.tool.version}, seed ${record.seed}: ${record.command}`,
  ];
}

/** Items of a list that a reader can take in; messages of builds may be long, and many. */
const mostItems = 20;
const longest = 400;

function list(texts: readonly string[]): string | null {
  if (texts.length === 0) return null;
  const items = texts.slice(0, mostItems).map((text) => `- ${escapeMarkdown(clip(text))}`);
  const rest = texts.length - items.length;
  return [...items, ...(rest === 0 ? [] : [`- and ${rest} more`])].join('\n');
}

function titled(title: string, texts: readonly string[]): string | null {
  const items = list(texts);
  return items === null ? null : `${title}\n\n${items}`;
}

function folded(title: string, text: string | null): string | null {
  if (text === null) return null;
  return `<details><summary>${escapeMarkdown(title)}</summary>\n\n${text}\n\n</details>`;
}

function clip(text: string): string {
  const characters = [...text];
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join('')}…`;
}
