import { extname } from 'node:path';
import { nonceMark } from '../edit.ts';
import type { EditedKind } from '../scenario.ts';

/** What an edit appends to a file, or why it cannot append anything. */
export type EditText =
  | { readonly ok: true; readonly text: string }
  /** The reason completes "src/x.json: …". */
  | { readonly ok: false; readonly reason: string };

/** A name that belongs to one kind, since edits of both kinds may lie in one file: in the spellings of the languages. */
interface Mark {
  readonly camel: string;
  readonly pascal: string;
  readonly snake: string;
  readonly capitals: string;
  readonly dashes: string;
}

type Write = (mark: Mark, file: string) => string;

const hash: Write = () => `# ${nonceMark}`;
const markup: Write = () => `<!-- ${nonceMark} -->`;
const dashComment: Write = () => `-- ${nonceMark}`;

/** An assignment to an object that all can see: no minifier may drop it, and it is valid as a module, a script and strict TypeScript. */
const javaScript: Write = ({ camel }) => `Object.assign(globalThis, { ${camel}: '${nonceMark}' });`;

/** A constructor: linkers that drop unused sections (`--gc-sections`) drop a global variable, even one that is marked as used. */
const c: Write = ({ snake }) =>
  `__attribute__((constructor)) static void ${snake}(void) { static const char *volatile nonce = "${nonceMark}"; (void)nonce; }`;

/** A header may be read several times by one source file, and what is appended lies outside of its own guard. */
const cHeader: Write = (mark, file) => `#ifndef ${mark.capitals}\n#define ${mark.capitals}\n${c(mark, file)}\n#endif`;

/** A comment changes a Go program by its build id alone, and builds with `-ldflags=-buildid=` have none. */
const go: Write = ({ camel }) => `//go:noinline\nfunc ${camel}(string) {}\n\nfunc init() { ${camel}("${nonceMark}") }`;

const rust: Write = ({ capitals }) => `#[used]\nstatic ${capitals}: &str = "${nonceMark}";`;
const java: Write = ({ pascal }) => `class ${pascal} { static final String NONCE = "${nonceMark}"; }`;
const kotlin: Write = ({ camel }) => `internal val ${camel} = "${nonceMark}"`;
const scala: Write = ({ pascal }) => `object ${pascal} { val nonce = "${nonceMark}" }`;
const cSharp: Write = ({ pascal }) =>
  `internal static class ${pascal} { internal const string Nonce = "${nonceMark}"; }`;
const elixir: Write = ({ pascal }) => `defmodule ${pascal} do\n  def nonce, do: "${nonceMark}"\nend`;
const css: Write = ({ dashes }) => `:root { --${dashes}: '${nonceMark}'; }`;
const indentedSass: Write = ({ dashes }) => `:root\n  --${dashes}: '${nonceMark}'`;

/** A component may have any number of style blocks, in plain CSS; a comment would not reach what is built. */
const vue: Write = (mark, file) => `<style>${css(mark, file)}</style>`;
/** A component has one style and one script block, and its comments are dropped: an element is what is left. */
const svelte: Write = ({ dashes }) => `<span hidden data-${dashes}="${nonceMark}"></span>`;

const writers: ReadonlyMap<string, Write> = new Map(
  (
    [
      ['js mjs cjs jsx ts mts cts tsx', javaScript],
      ['c cc cpp cxx', c],
      ['h hh hpp hxx', cHeader],
      ['go', go],
      ['rs', rust],
      ['java', java],
      ['kt', kotlin],
      ['scala', scala],
      ['cs', cSharp],
      ['ex exs', elixir],
      ['py rb ru pl pm r sh bash yaml yml toml conf cfg properties graphql gql', hash],
      ['lua sql', dashComment],
      ['html htm xhtml svg xml md astro cshtml razor ejs erb hbs mustache njk j2 jinja jinja2 liquid twig', markup],
      ['vue', vue],
      ['svelte', svelte],
      ['css scss less pcss styl', css],
      ['sass', indentedSass],
    ] as const
  ).flatMap(([extensions, write]) => extensions.split(' ').map((extension) => [`.${extension}`, write] as const)),
);

/**
 * What is appended to `file`, which holds `content`, so that what is built from it changes. It begins with a line break of its own: the file
 * may not end in one.
 */
export function editTextFor(file: string, content: string, kind: EditedKind): EditText {
  const extension = extname(file).toLowerCase();
  if (/\.d\.[cm]?ts$/.test(file)) return { ok: false, reason: 'declarations reach nothing that is built' };
  if (/\.json[c5]?$/.test(extension)) {
    return { ok: false, reason: 'JSON has no comments, and a key that nobody knows may break what reads it' };
  }
  if (/(^|\/)(module|package)-info\.java$/.test(file)) return { ok: false, reason: 'it can hold no class' };
  const write = extension === '.php' ? (): string => php(content) : writers.get(extension);
  if (write !== undefined) return { ok: true, text: `\n${write(markOf(kind), file)}\n` };
  const what = extension === '' ? 'a file without an extension' : `a ${extension} file`;
  return { ok: false, reason: `what changes the result of ${what} is not known` };
}

/** Outside of its tags a file is text that goes to the browser. */
function php(content: string): string {
  return content.lastIndexOf('<?') > content.lastIndexOf('?>') ? `// ${nonceMark}` : `<?php // ${nonceMark} ?>`;
}

function markOf(kind: EditedKind): Mark {
  const words = ['deployclock', ...kind.split('-')];
  const pascal = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return {
    camel: pascal.charAt(0).toLowerCase() + pascal.slice(1),
    pascal,
    snake: words.join('_'),
    capitals: words.join('_').toUpperCase(),
    dashes: words.join('-'),
  };
}
