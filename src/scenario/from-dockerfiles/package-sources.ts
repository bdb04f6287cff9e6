import { posix } from 'node:path';

const extensions = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];
/** Folders that builds write into; `lib` and `bin` may also hold sources. */
const builtFolder = /^(?:dist|build|out|output|lib|bin)\//;
const onlyBuilt = /^(?:dist|build|out|output)\//;
/** Folders inside those, for several forms of one source. */
const formFolder = /^(?:esm|cjs|es|umd|src)\//;

const runScripts = ['start', 'start:prod', 'start:production', 'serve', 'dev', 'start:dev'];
/** A script's file: a word with a script's extension, or the first plain word after `node`. */
const scriptFile = /(?:^|[\s"'])(?!-)([\w@./-]+\.[cm]?[jt]sx?)(?=[\s"']|$)|\bnode\s+(?:-\S+\s+)*([\w@./-]+)/g;

/**
 * Paths that may be the main source of the package whose package.json has this text, the likeliest first: what `source`, `module`, `main`,
 * `bin`, `exports` and the run scripts name, taken back from the built file to its source.
 */
export function packageSources(text: string): string[] {
  const manifest = parseObject(text);
  if (manifest === null) return [];
  const { source, module, main, bin, exports, scripts } = manifest;
  const entries = [source, module, main, bin, exports].flatMap(textsIn);
  const commands = runScripts.flatMap((name) => textsIn(isObject(scripts) ? scripts[name] : undefined));
  const files = commands.flatMap((command) =>
    [...command.matchAll(scriptFile)].map(([, file, word]) => file ?? word ?? ''),
  );
  return [...new Set([...entries, ...files].flatMap(sourcesOf))];
}

function sourcesOf(entry: string): string[] {
  const path = posix.normalize(entry);
  if (path.startsWith('..') || path.startsWith('/') || path.includes('*')) return [];
  const stem = withoutExtension(path);
  const rest = stem.replace(builtFolder, '');
  const inner = rest.replace(formFolder, '');
  const stems = rest === stem ? [stem] : [`src/${rest}`, `src/${inner}`, rest, inner];
  const own = onlyBuilt.test(path) ? [] : [path, ...withExtensions(stem), ...withExtensions(`${stem}/index`)];
  return [...(rest === stem ? [] : stems.flatMap(withExtensions)), ...own];
}

function withoutExtension(path: string): string {
  const extension = posix.extname(path);
  return extensions.includes(extension) ? path.slice(0, -extension.length) : path;
}

function withExtensions(stem: string): string[] {
  return extensions.map((extension) => stem + extension);
}

/** The text, or the texts inside an object such as `bin` and `exports`. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    // What reads the manifest in the build will tell it better.
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
