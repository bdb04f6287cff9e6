import { explainingFacts } from './ci-facts.ts';
import { ciHeadline } from './ci-headline.ts';
import type { CiView } from './ci-view.ts';
import { renderGateAnswer, renderGateTerminal } from './gate-terminal.ts';
import { safeTexts } from './safe-text.ts';
import { paint, type TextStyle } from './style.ts';
import { wrap } from './text-width.ts';

/** What a run of `deployclock ci` came to, for a terminal: one sentence, what explains it, and the gates. Ends with a line feed. */
export function renderCiTerminal(view: CiView, style: TextStyle): string {
  const shown = safeTexts(view);
  const headline = wrap(ciHeadline(shown).text, style.width).map((line) => paint(line, 'bold', style));
  const facts = shown.comparison.kinds.flatMap((kind) => explainingFacts(kind) ?? []);
  const sections = [
    [...headline, ...facts.flatMap((text) => wrap(text, style.width))],
    // Those of the gates are told with them.
    shown.gates === null ? shown.warnings.flatMap((text) => wrap(`Warning: ${text}`, style.width, '  ')) : [],
  ].filter((lines) => lines.length > 0);
  const text = `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
  return view.gates === null ? text : `${text}\n${renderGateTerminal(view.gates, style)}`;
}

/** The answer alone: the word and the count, or where nothing was judged why. */
export function renderCiAnswer(view: CiView, style: TextStyle): string {
  return view.gates === null ? `${ciHeadline(safeTexts(view)).text}\n` : renderGateAnswer(view.gates, style);
}
