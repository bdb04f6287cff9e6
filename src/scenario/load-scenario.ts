import { readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { DeployclockError, ErrorCode } from '../errors.ts';
import { type ContextIgnore, readIgnore } from './dockerignore.ts';
import { editOf, editText, type FileEdit, nonceMark, overlayFiles } from './edit.ts';
import { findScenario } from './find-scenario.ts';
import { isFile, isFolder, linkOnTheWay } from './on-disk.ts';
import { readWritten, type Written } from './read-written.ts';
import { type Edit, type EditedKind, editedKinds, type Scenario, type Variant } from './scenario.ts';
import { errorAt } from './source-excerpt.ts';
import type { YamlPath } from './yaml-source.ts';

/**
 * The scenario at a path (folder or scenario.yaml) or of a bundled name, resolved and checked against the disk.
 * @throws DeployclockError SCENARIO_NOT_FOUND, SCENARIO_INVALID, DOCKERFILE_NOT_FOUND, EDIT_FAILED; all but the first with `file:line:col`
 */
export function loadScenario(pathOrName: string, cwd: string, bundled: string): Scenario {
  const file = findScenario(pathOrName, cwd, bundled);
  const folder = dirname(file);
  const written = readWritten({ path: relative(cwd, file), text: readFileSync(file, 'utf8') });
  const { scenario } = written;
  const [baseline, ...others] = Object.keys(scenario.variants).map((name) => resolveVariant(name, folder, written));
  // The schema has refused an empty list already; the type cannot know.
  if (baseline === undefined)
    throw errorAtPath('SCENARIO_INVALID', written, ['variants'], 'there must be at least one variant');
  const variants = [baseline, ...others] as const;

  const edits: Partial<Record<EditedKind, readonly Edit[]>> = {};
  // Edits of both kinds lie on each other in a lap, and so they are tried.
  const tried = new Map(variants.map(({ name }) => [name, new Map<string, string>()]));
  for (const kind of editedKinds) {
    const own = scenario.edits[kind]?.map((edit) => editOf(edit, folder));
    if (own === undefined) continue;
    checkOverlays(own, kind, folder, written);
    for (const variant of variants) {
      checkEdits(own, ['edits', kind], variant, tried.get(variant.name) ?? new Map(), cwd, written);
    }
    edits[kind] = own;
  }
  return {
    name: scenario.name ?? nameOfFolder(folder),
    description: scenario.description,
    folder,
    variants,
    app: { port: scenario.app.port ?? null, env: scenario.app.env },
    ready: scenario.ready,
    edits,
    links: scenario.links,
    server: { cpus: scenario.server.cpus ?? null, memory: scenario.server.memory ?? null },
    replace: scenario.replace,
    stopTimeout: scenario.timeouts.stop,
    phaseTimeout: scenario.timeouts.phase,
    gates: scenario.gates,
    assumed: [],
  };
}

function resolveVariant(name: string, folder: string, written: Written): Variant {
  const variant = written.scenario.variants[name];
  if (variant === undefined)
    throw errorAtPath('SCENARIO_INVALID', written, ['variants'], `there is no variant "${name}"`);
  const contextPath = variant.context === undefined ? ['context'] : ['variants', name, 'context'];
  const contextText = variant.context ?? written.scenario.context;
  const context = resolve(folder, contextText);
  if (!isFolder(context)) {
    throw errorAtPath(
      'SCENARIO_INVALID',
      written,
      contextPath,
      `the context "${contextText}" is not a folder beside the scenario`,
    );
  }
  const dockerfile = resolve(folder, variant.dockerfile);
  if (!isFile(dockerfile)) {
    const message = `the Dockerfile "${variant.dockerfile}" does not exist beside the scenario`;
    throw errorAtPath('DOCKERFILE_NOT_FOUND', written, ['variants', name, 'dockerfile'], message);
  }
  return {
    name,
    dockerfile,
    context,
    target: variant.target ?? null,
    buildArgs: variant['build-args'],
    builder: variant.builder ?? written.scenario.builder,
    ref: null,
    links: null,
  };
}

/** Tries the edits of one kind on one variant's context, in memory: what fails here would fail in the middle of a run. */
function checkEdits(
  edits: readonly Edit[],
  path: YamlPath,
  variant: Variant,
  texts: Map<string, string>,
  cwd: string,
  written: Written,
): void {
  const ignore = readIgnore(variant.context, variant.dockerfile);
  const before = new Map(texts);
  const contextText = relative(cwd, variant.context) || '.';
  const refuseLink = (file: string, at: YamlPath): void => {
    const link = linkOnTheWay(variant.context, file);
    if (link === null) return;
    const message = `"${link}" is a symbolic link in the context: what it leads to may be anybody's, and is not edited`;
    throw errorAtPath('EDIT_FAILED', written, at, message);
  };
  for (const [index, edit] of edits.entries()) {
    if (edit.action === 'overlay') {
      for (const file of overlayFiles(edit.folder)) {
        refuseLink(file, [...path, index, 'overlay']);
        if (before.has(file)) {
          const message = `this overlay would undo the edit of another kind: ${file} has been edited by it`;
          throw errorAtPath('EDIT_FAILED', written, [...path, index, 'overlay'], message);
        }
      }
      continue;
    }
    const editPath = [...path, index, edit.action];
    refuseLink(edit.file, [...editPath, 'file']);
    const text = texts.get(edit.file) ?? readEditable(edit, ignore, variant.context);
    if (text === null) {
      const message = `the context ${contextText} has no file "${edit.file}", or leaves it out by its .dockerignore`;
      throw errorAtPath('EDIT_FAILED', written, [...editPath, 'file'], message);
    }
    const edited = editText(text, edit, 'nonce');
    if (edited === null) {
      throw errorAtPath(
        'EDIT_FAILED',
        written,
        [...editPath, 'find'],
        `this text does not occur in ${join(contextText, edit.file)}`,
      );
    }
    texts.set(edit.file, edited);
  }
}

/** An overlay needs a folder with files, and a kind's edits need a nonce: in an overlay only its files can tell. */
function checkOverlays(edits: readonly Edit[], kind: EditedKind, folder: string, written: Written): void {
  let nonce = false;
  for (const [index, edit] of edits.entries()) {
    if (edit.action !== 'overlay') {
      nonce ||= (edit.action === 'append' ? edit.text : edit.with).includes(nonceMark);
      continue;
    }
    const path = ['edits', kind, index, 'overlay'];
    const files = overlayFiles(edit.folder);
    if (files.length === 0) {
      const message = `there is no folder with files at "${relative(folder, edit.folder)}" beside the scenario`;
      throw errorAtPath('EDIT_FAILED', written, path, message);
    }
    nonce ||= files.some((file) => readFileSync(join(edit.folder, file)).includes(nonceMark));
  }
  if (nonce) return;
  const message =
    'neither these edits nor the files of their overlays hold {{nonce}}: the second deploy would change nothing';
  throw errorAtPath('SCENARIO_INVALID', written, ['edits', kind], message);
}

function readEditable(edit: FileEdit, ignore: ContextIgnore, context: string): string | null {
  const file = join(context, edit.file);
  if (!ignore.keeps(edit.file) || !isFile(file)) return null;
  return readFileSync(file, 'utf8');
}

function errorAtPath(code: ErrorCode, written: Written, path: YamlPath, message: string): DeployclockError {
  return errorAt(code, written.source, written.yaml.placeOfValue(path), message);
}

/** As many letters as the schema lets a name have. */
const longestName = 100;

/** A folder may be named in any way; a scenario's name goes into tags and paths. */
export function nameOfFolder(folder: string): string {
  return (
    basename(folder)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, longestName)
      .replace(/^-|-$/g, '') || 'scenario'
  );
}
