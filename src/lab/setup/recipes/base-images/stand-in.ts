/** The heavy parts of the stand-ins' contexts: an archive of a Debian root file system, and a folder with Node.js and npm. */
export const rootFileSystemTar = 'root-file-system.tar';
export const nodeFolder = 'node';
type HeavyPart = typeof rootFileSystemTar | typeof nodeFolder;

/** A base image that is built here because Docker Hub does not answer. */
export interface StandIn {
  /** The official image that it stands in for, as a FROM line names it. */
  readonly image: string;
  /** @param caBundle whether the context holds this machine's certificate authorities */
  readonly dockerfile: (caBundle: boolean) => string;
  /** Which heavy parts its context holds. */
  readonly parts: readonly HeavyPart[];
  /** Small text files of its context by path. */
  readonly texts: Readonly<Record<string, string>>;
  /** How it differs from the official image, beside what all stand-ins have in common. */
  readonly differences: readonly string[];
}
