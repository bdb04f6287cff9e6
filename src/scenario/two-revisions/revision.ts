/** A git revision as it was named, and the commit that it is. */
export interface Revision {
  readonly ref: string;
  /** Full name of the commit. */
  readonly commit: string;
}

const shownDigits = 10;

/** `origin/main, commit 0123456789`; a revision that is named by its commit is that alone. */
export function tellRevision({ ref, commit }: Revision): string {
  const short = commit.slice(0, shownDigits);
  return commit.startsWith(ref) ? `commit ${short}` : `${ref}, commit ${short}`;
}
