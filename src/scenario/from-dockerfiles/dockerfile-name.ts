/** A Dockerfile as it is named on a command line. */
export interface DockerfileName {
  readonly path: string;
  /** Git revision; null for the file as it is. */
  readonly ref: string | null;
}

/**
 * Reads `Dockerfile` and `Dockerfile@v1.2`. A file whose real name holds an `@` wins, in front of the revision too; `@scope/Dockerfile` names
 * no revision, because a path does not end in a slash.
 */
export function parseDockerfileName(written: string, isFile: (path: string) => boolean): DockerfileName {
  if (isFile(written)) return { path: written, ref: null };
  const splits = [...written.matchAll(/@/g)]
    .map(({ index }) => ({ path: written.slice(0, index), ref: written.slice(index + 1) }))
    .filter(({ path, ref }) => /[^/\\]$/.test(path) && ref !== '');
  return splits.find(({ path }) => isFile(path)) ?? splits[0] ?? { path: written, ref: null };
}
