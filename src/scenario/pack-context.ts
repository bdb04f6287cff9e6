import { readFileSync, readlinkSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { type Pack, pack } from 'tar-stream';
import { type ContextSource, pathInside } from './context-copy.ts';
import type { ContextIgnore } from './dockerignore.ts';
import { type ContextEntry, walkContext } from './walk-context.ts';

type TarEntry = Parameters<Pack['entry']>[0];

/** A build context as the engine takes it. */
export interface PackedContext {
  readonly tar: Buffer;
  /** The name under which the engine finds the Dockerfile in the tar. */
  readonly dockerfileName: string;
  /** Files and symbolic links in the tar; folders do not count. */
  readonly files: number;
}

/** Where a Dockerfile from outside the context goes. The engine's API has no other way for it than the context itself. */
const reservedName = '.deployclock.Dockerfile';

const folderMode = 0o755;
const fileMode = 0o644;
const linkMode = 0o777;
const ownerMayExecute = 0o100;

/**
 * Packs a context into an uncompressed tar. The same content gives the same bytes: entries are sorted, times, owners and modes are
 * normalised. BuildKit keys its cache on the tar's digest, so equal bytes are what makes an unchanged context free.
 */
export async function packContext(source: ContextSource & { readonly ignore: ContextIgnore }): Promise<PackedContext> {
  const entries = await walkContext(source.context, source.ignore);
  const dockerfileName = nameForDockerfile(source, entries);
  const tar = pack();
  const collected = collect(tar);
  const add = (headers: TarEntry, content?: Buffer): Promise<void> => addEntry(tar, headers, content);

  for (const entry of entries) await addFromDisk(entry, join(source.context, entry.path), add);
  const hasDockerfile = entries.some((entry) => entry.path === dockerfileName);
  if (!hasDockerfile) await addFromDisk({ path: dockerfileName, sort: 'file' }, source.dockerfile, add);
  tar.finalize();

  const files = entries.filter((entry) => entry.sort !== 'folder').length + (hasDockerfile ? 0 : 1);
  return { tar: await collected, dockerfileName, files };
}

/** Its own path inside the context; for one from outside the reserved name, made longer until nothing else bears it. */
function nameForDockerfile(source: ContextSource, entries: readonly ContextEntry[]): string {
  const inside = pathInside(source.context, source.dockerfile);
  if (inside !== null) return inside.split(sep).join('/');
  const taken = new Set(entries.map((entry) => entry.path));
  let name = reservedName;
  while (taken.has(name)) name += '_';
  return name;
}

// Read synchronously: packing is timed as part of the build, and for thousands of small files this is several times faster.
function addFromDisk(
  entry: ContextEntry,
  from: string,
  add: (headers: TarEntry, content?: Buffer) => Promise<void>,
): Promise<void> {
  const common = { name: entry.path, uid: 0, gid: 0, mtime: new Date(0) };
  if (entry.sort === 'folder') return add({ ...common, type: 'directory', mode: folderMode });
  if (entry.sort === 'symlink') {
    return add({ ...common, type: 'symlink', mode: linkMode, linkname: readlinkSync(from) });
  }
  const content = readFileSync(from);
  const executable = (statSync(from).mode & ownerMayExecute) !== 0;
  return add({ ...common, type: 'file', mode: executable ? folderMode : fileMode, size: content.length }, content);
}

function addEntry(tar: Pack, headers: TarEntry, content: Buffer | undefined): Promise<void> {
  return new Promise((done, fail) => {
    const finished = (error?: Error | null): void => (error ? fail(error) : done());
    if (content === undefined) tar.entry(headers, finished);
    else tar.entry(headers, content, finished);
  });
}

function collect(tar: Pack): Promise<Buffer> {
  const chunks: Buffer[] = [];
  return new Promise((done, fail) => {
    tar.on('data', (chunk) => chunks.push(chunk as Buffer));
    tar.on('end', () => done(Buffer.concat(chunks)));
    tar.on('error', fail);
  });
}
