import { relative, sep } from 'node:path';
import { Document, Pair, Scalar, visit, YAMLMap } from 'yaml';
import { keyNotes } from './key-notes.ts';
import type { Scenario } from './scenario.ts';
import { type Line, linesOfScenario } from './scenario-lines.ts';

/**
 * The text of a scenario.yaml that, in the scenario's folder, loads as this scenario. Every key has a comment; what is a default is commented out. What
 * was assumed is told at the top. `schemaFile`: absolute path of the JSON Schema, for editors.
 */
export function writeScenario(scenario: Scenario, schemaFile: string): string {
  const document = new Document();
  document.contents = mapOf(linesOfScenario(scenario), document, { path: '', notes: true });
  document.commentBefore = headOf(scenario, schemaFile);
  visit(document, {
    Scalar: (_, node) => {
      // In a block text a line break at either end is easily overlooked.
      if (typeof node.value === 'string' && node.value.includes('\n')) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return document.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER });
}

/** How to say it on a command line; here it is said by a key. */
const optionHint = /; --.*\.$/;
/** A file's name may hold a line break, and with it would leave the comment. */
const controls = /\p{Cc}/gu;

function headOf({ folder, assumed }: Scenario, schemaFile: string): string {
  const path = encodeURI(relative(folder, schemaFile).split(sep).join('/'));
  const told =
    assumed.length === 0
      ? []
      : [
          '',
          ' Found out, and worth a look:',
          ...assumed.map((each) => `   ${each.replace(optionHint, '.').replace(controls, ' ')}`),
        ];
  return [` yaml-language-server: $schema=${path}`, ...told].join('\n');
}

/** Where lines stand: their path in `keyNotes`, and whether what is known of them is written too. */
interface Where {
  readonly path: string;
  readonly notes: boolean;
}

function mapOf(lines: readonly Line[], document: Document, where: Where): YAMLMap {
  const map = new YAMLMap();
  const top = where.path === '';
  let comments: string[] = [];
  for (const [index, line] of lines.entries()) {
    const own = inside(where, line.key);
    if (where.notes) comments.push(...noteOf(own.path));
    if (isOff(line)) {
      if (where.notes) comments.push(...commentedOut(line, own.path, ' '), ...(top ? [''] : []));
      continue;
    }
    const key = new Scalar(line.key);
    if (comments.length > 0) key.commentBefore = comments.join('\n');
    key.spaceBefore = top && index > 0;
    // The first variant shows what a variant may say; the others would only say it again.
    const notes = where.notes && (where.path !== 'variants' || index === 0);
    const value =
      'lines' in line
        ? mapOf(line.lines, document, { ...own, notes })
        : document.createNode('value' in line ? line.value : null);
    map.add(new Pair(key, value));
    comments = [];
  }
  if (comments.length > 0) map.comment = [...(top ? [''] : []), ...comments].join('\n').trimEnd();
  return map;
}

/** Whether nothing of the line would be in force. */
function isOff(line: Line): boolean {
  return 'off' in line || ('lines' in line && line.lines.every(isOff));
}

function commentedOut(line: Line, path: string, indent: string): string[] {
  if ('off' in line) return [`${indent}${line.key}: ${line.off}`];
  const nested = 'lines' in line ? line.lines : [];
  const ofNested = nested.flatMap((each) => {
    const [note] = noteOf(inside({ path, notes: true }, each.key).path);
    const [first = '', ...others] = commentedOut(each, path, `${indent}  `);
    return [note === undefined ? first : `${first}  #${note}`, ...others];
  });
  return [`${indent}${line.key}:`, ...ofNested];
}

/** What stands under these is no key of the schema. */
const namesOfPeople: readonly string[] = ['variants', 'gates'];

function inside({ path, notes }: Where, key: string): Where {
  if (path === '') return { path: key, notes };
  return { path: namesOfPeople.includes(path) ? `${path}.*` : `${path}.${key}`, notes };
}

function noteOf(path: string): string[] {
  const note = path.endsWith('.*') ? undefined : keyNotes[path];
  return note === undefined ? [] : [` ${note}`];
}
