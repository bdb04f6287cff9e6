import { basename, dirname } from 'node:path';
import type { DockerfileName } from './dockerfile-name.ts';

/** Names end in tags, in host names of at most 63 letters, and in folders; a builder mode may still be added to them. */
const longest = 32;

const hashPattern = /^[0-9a-f]{40}$/;
const shownDigits = 10;

/** A text as part of a variant's name: lower-case letters, digits and single dashes; a letter first, if need be that of `prefix`. */
function slug(text: string, prefix: string): string {
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return plain === '' || /^[a-z]/.test(plain) ? plain : `${prefix}-${plain}`;
}

/**
 * One name for each Dockerfile, by what tells them apart: the Dockerfile's own name (`Dockerfile.slim` is `slim`), its folder where several
 * bear the same, and the revision. None occurs twice.
 */
export function nameVariants(dockerfiles: readonly DockerfileName[]): string[] {
  const paths = new Set(dockerfiles.map(({ path }) => path));
  const refs = new Set(dockerfiles.map(({ ref }) => ref));
  const taken = new Set<string>();
  return dockerfiles.map(({ path, ref }) => {
    const own = nameOfPath(path, [...paths]);
    const revision =
      ref === null ? null : slug(hashPattern.test(ref) ? ref.slice(0, shownDigits) : ref, 'ref') || 'ref';
    const parts = refs.size > 1 && revision !== null ? (paths.size > 1 ? [own, revision] : [revision]) : [own];
    const name = uniqueName(parts.join('-'), taken);
    taken.add(name);
    return name;
  });
}

/** `name`, shortened to what a name may have, with a number after it where it is taken already. */
export function uniqueName(name: string, taken: ReadonlySet<string>, room = longest): string {
  for (let count = 1; ; count += 1) {
    const suffix = count === 1 ? '' : `-${count}`;
    const candidate = name.slice(0, room - suffix.length).replace(/-+$/, '') + suffix;
    if (!taken.has(candidate)) return candidate;
  }
}

function nameOfPath(path: string, all: readonly string[]): string {
  const own = stem(path);
  const shared = all.some((other) => other !== path && stem(other) === own);
  const folder = shared ? slug(folderOf(path), 'folder') : '';
  return [folder, own].filter((part) => part !== '').join('-') || 'dockerfile';
}

/** Name of the folder that the Dockerfile lies in; empty for the working folder. */
function folderOf(path: string): string {
  return basename(dirname(path)).replace(/^\.+$/, '');
}

/** `Dockerfile.slim`, `slim.Dockerfile` and `Dockerfile-slim` are `slim`; a plain `Dockerfile` is nothing. */
function stem(path: string): string {
  return slug(
    basename(path).replace(/^(docker|container)file(?=$|[^a-z0-9])|(?<=[^a-z0-9])(docker|container)file$/i, ''),
    'dockerfile',
  );
}
