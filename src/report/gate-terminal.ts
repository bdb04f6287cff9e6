import type { GateResult } from '../verdict/gate.ts';
import { gateSentence } from './gate-sentence.ts';
import { type GateView, gateAnswer, gatesWithoutEffect, type Standing, safeGateView, standingOf } from './gate-view.ts';
import { type Ink, paint, type TextStyle } from './style.ts';
import { wrap } from './text-width.ts';

const marks = {
  pass: ['✔', 'green'],
  fails: ['✘', 'red'],
  told: ['!', 'yellow'],
  inconclusive: ['~', 'yellow'],
  'not-judged': ['?', 'red'],
} as const satisfies Record<Standing, readonly [string, Ink]>;

/** Gates for a terminal: a line for each, the one word with the count, and what could have failed and did not. Ends with a line feed. */
export function renderGateTerminal(view: GateView, style: TextStyle): string {
  const shown = safeGateView(view);
  const { record } = shown.run;
  const quiet = gatesWithoutEffect(shown);
  const sections = [
    wrap(`${record.scenario.name} · run ${record.id}`, style.width).map((line) => paint(line, 'bold', style)),
    shown.report.results.flatMap((result) => resultLines(result, shown, style)),
    [answerLine(shown, style)],
    quiet.length === 0 ? [] : ['Could have failed, and did not:', ...quiet.flatMap((text) => item(text, style))],
    shown.warnings.flatMap((text) =>
      wrap(`Warning: ${text}`, style.width, '  ').map((line) => paint(line, 'yellow', style)),
    ),
  ];
  const told = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${told.join('\n\n')}\n`;
}

/** The one word and the count, alone. */
export function renderGateAnswer(view: GateView, style: TextStyle): string {
  return `${answerLine(view, style)}\n`;
}

function resultLines(result: GateResult, { inconclusive }: GateView, style: TextStyle): string[] {
  const [mark, ink] = marks[standingOf(result, inconclusive)];
  return wrap(gateSentence(result), style.width - 2, '  ').map((line, index) =>
    index === 0 ? `${paint(mark, ink, style)} ${line}` : `  ${line}`,
  );
}

const inks = { pass: 'green', failed: 'red', inconclusive: 'yellow', 'not-judged': 'red' } as const;

function answerLine(view: GateView, style: TextStyle): string {
  const { word, count } = gateAnswer(view);
  return `${paint(word, inks[view.report.outcome], style)}  ${count}`;
}

function item(text: string, style: TextStyle): string[] {
  return wrap(text, style.width - 4, '  ').map((line, index) =>
    paint(`  ${index === 0 ? '· ' : ''}${line}`, 'dim', style),
  );
}
