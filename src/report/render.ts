import { extname } from 'node:path';
import { DeployclockError } from '../errors.ts';
import type { RunFolder } from '../results/run-folder.ts';
import type { Comparison } from '../verdict/comparison.ts';
import { renderJson } from './json.ts';
import { renderMarkdown } from './markdown.ts';
import { renderPage } from './page/page.ts';
import { renderScorecard } from './scorecard.ts';
import type { TextStyle } from './style.ts';
import { renderTerminal } from './terminal.ts';

/** A text file has no terminal to ask for its width. */
const textFile: TextStyle = { color: false, width: 100 };

const formats: Readonly<Record<string, Render>> = {
  '.txt': (run, comparison) =>
    `${renderTerminal(run, comparison, textFile)}\n${renderScorecard(run, comparison, textFile)}`,
  '.html': renderPage,
  '.md': renderMarkdown,
  '.json': renderJson,
};

type Render = (run: RunFolder, comparison: Comparison) => string;

/** The report in the format that the file's name asks for: see `renderFor`. */
export function renderByExtension(run: RunFolder, comparison: Comparison, file: string): string {
  return renderFor(file)(run, comparison);
}

/**
 * What renders a report into this file; to be asked before anything is measured for it.
 * @throws DeployclockError USAGE where its extension is not known
 */
export function renderFor(file: string): Render {
  const extension = extname(file).toLowerCase();
  const render = Object.hasOwn(formats, extension) ? formats[extension] : undefined;
  if (render !== undefined) return render;
  const found = extension === '' ? 'the name has no extension' : `"${extension}" is no report format`;
  throw new DeployclockError('USAGE', `${file}: ${found}.`, { hint: `Known: ${Object.keys(formats).join(', ')}` });
}
