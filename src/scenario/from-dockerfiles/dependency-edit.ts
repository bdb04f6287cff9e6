import { posix } from 'node:path';
import { type FileEdit, nonceMark } from '../edit.ts';
import type { EditContexts } from './edit-contexts.ts';
import { editTextFor } from './edit-text.ts';

export interface DependencyEdit {
  /** Empty where no list of dependencies was found. */
  readonly edits: readonly FileEdit[];
  /** What to tell of it, in a whole sentence. */
  readonly sentence: string;
}

/** How a list of dependencies is changed without changing what it lists. */
interface Way {
  readonly edit: (file: string, text: string) => FileEdit;
  /** Whether the change reaches the image with the installed dependencies: npm keeps it in `node_modules/.package-lock.json`. */
  readonly reaches: boolean;
}

const comment =
  (written: string): Way['edit'] =>
  (file) => ({ action: 'append', file, text: `\n${written}\n` });
const hash: Way = { edit: comment(`# ${nonceMark}`), reaches: false };
const slashes: Way = { edit: comment(`// ${nonceMark}`), reaches: false };
const markup: Way = { edit: comment(`<!-- ${nonceMark} -->`), reaches: false };

/** JSON has no comments: a key that nobody knows goes before one that is there. */
function keyBefore(key: string, file: string): FileEdit {
  return { action: 'replace', file, find: `"${key}":`, with: `"deployclockEdit": "${nonceMark}", "${key}":` };
}

const npmLock: Way = { edit: (file) => keyBefore('lockfileVersion', file), reaches: true };
/** The lock file is compared byte by byte with what would be written (`--immutable`): the manifest beside it is not. */
const manifestBeside: Way = {
  edit: (file) => keyBefore('name', posix.join(posix.dirname(file), 'package.json')),
  reaches: false,
};
const yarnLock: Way = {
  edit: (file, text) => (text.includes('__metadata:') ? manifestBeside : hash).edit(file, text),
  reaches: false,
};

/** Lock files before manifests, because images install from them; not those that their tools alone should write (Cargo.lock, Gemfile.lock). */
const ways: readonly (readonly [string, Way])[] = [
  ['package-lock.json', npmLock],
  ['npm-shrinkwrap.json', npmLock],
  ['yarn.lock', yarnLock],
  ['pnpm-lock.yaml', hash],
  ['bun.lock', manifestBeside],
  ['bun.lockb', manifestBeside],
  ['requirements.txt', hash],
  ['poetry.lock', hash],
  ['Pipfile', hash],
  ['pyproject.toml', hash],
  ['go.mod', slashes],
  ['Cargo.toml', hash],
  ['Gemfile', hash],
  ['composer.json', { edit: (file) => keyBefore('require', file), reaches: false }],
  ['pom.xml', markup],
  ['build.gradle', slashes],
  ['build.gradle.kts', slashes],
  ['mix.exs', hash],
  ['package.json', { edit: (file) => keyBefore('name', file), reaches: false }],
];

/**
 * A change to the list of dependencies that makes a build install them anew: the list nearest to the edited source. Where that alone would not
 * reach the image, the source is changed with it, as a new version of a dependency would change what is built.
 */
export function chooseDependencyEdit(contexts: EditContexts, codeFile: string | null): DependencyEdit {
  for (const folder of foldersUpFrom(codeFile)) {
    for (const [name, way] of ways) {
      const file = posix.join(folder, name);
      if (!contexts.files.has(file)) continue;
      const edit = way.edit(file, contexts.read(file));
      if (contexts.fits(edit)) return withSource(edit, way.reaches ? null : sourceEdit(contexts, codeFile));
    }
  }
  return { edits: [], sentence: 'No dependency edit: no list of dependencies was found in the build context.' };
}

function withSource(edit: FileEdit, source: FileEdit | null): DependencyEdit {
  const also = source === null ? '' : `, and ${source.file}, so that it reaches the image`;
  return {
    edits: source === null ? [edit] : [edit, source],
    sentence: `The dependency edit changes ${edit.file}${also}.`,
  };
}

function sourceEdit(contexts: EditContexts, file: string | null): FileEdit | null {
  if (file === null) return null;
  const written = editTextFor(file, contexts.read(file), 'dependency-edit');
  return written.ok ? { action: 'append', file, text: written.text } : null;
}

/** The folder of a file and those around it, up to the context, which is `.`. */
function foldersUpFrom(file: string | null): string[] {
  const folder = file === null ? '.' : posix.dirname(file);
  return folder === '.' ? ['.'] : [folder, ...foldersUpFrom(folder)];
}
