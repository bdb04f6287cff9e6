import { fileFormat } from './file-format.ts';
import { renderGateJson } from './gate-json.ts';
import { renderGateMarkdown } from './gate-markdown.ts';
import { renderGateTerminal } from './gate-terminal.ts';
import type { GateView } from './gate-view.ts';
import { renderJunit } from './junit.ts';

type RenderGates = (view: GateView) => string;

/** A text file has no terminal to ask for its width. */
const textFile = { color: false, width: 100 };

const formats: Readonly<Record<string, RenderGates>> = {
  '.txt': (view) => renderGateTerminal(view, textFile),
  '.md': renderGateMarkdown,
  '.json': ({ report }) => renderGateJson(report),
  '.xml': renderJunit,
};

/**
 * What renders gates into this file; to be asked before they are judged.
 * @throws DeployclockError USAGE where its extension is not known
 */
export function renderGateFor(file: string): RenderGates {
  return fileFormat(file, formats, 'a gate');
}
