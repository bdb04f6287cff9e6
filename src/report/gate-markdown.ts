import { gateSentence } from './gate-sentence.ts';
import { type GateView, gateAnswer, gatesWithoutEffect, type Standing, safeGateView, standingOf } from './gate-view.ts';
import { escapeMarkdown } from './markdown.ts';

const marks: Readonly<Record<Standing, string>> = {
  pass: '✅',
  fails: '❌',
  told: '⚠️',
  inconclusive: '❔',
  'not-judged': '❌',
};

/** Gates as GitHub-flavoured markdown, for a pull request. Ends with a line feed. */
export function renderGateMarkdown(view: GateView): string {
  const shown = safeGateView(view);
  const { report, run, warnings, inconclusive } = shown;
  const { word, count } = gateAnswer(shown);
  const results = report.results.map(
    (result) => `- ${marks[standingOf(result, inconclusive)]} ${escapeMarkdown(gateSentence(result))}`,
  );
  const quiet = gatesWithoutEffect(shown);
  const blocks = [
    `## ${escapeMarkdown(run.record.scenario.name)}: ${word}`,
    `${count}. Run ${escapeMarkdown(run.record.id)}.`,
    results.join('\n'),
    ...(quiet.length === 0 ? [] : [`Could have failed, and did not:\n\n${list(quiet)}`]),
    ...(warnings.length === 0 ? [] : [list(warnings.map((text) => `Warning: ${text}`))]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function list(texts: readonly string[]): string {
  return texts.map((text) => `- ${escapeMarkdown(text)}`).join('\n');
}
