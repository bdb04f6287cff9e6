import { type Checkout, checkOutRevision, leftOutOf } from './git-ref.ts';
import type { Scenario } from './scenario.ts';
import { findBase } from './two-revisions/base-variant.ts';
import { headScenarioOf, type RevisionSubject } from './two-revisions/head-scenario.ts';
import { fromRoot } from './two-revisions/paths.ts';
import { type Revision, tellRevision } from './two-revisions/revision.ts';
import { historyWarning, uncommittedWarning } from './two-revisions/revision-warnings.ts';

export interface TwoRevisionsInput {
  readonly base: string;
  /** Null: HEAD. */
  readonly head: string | null;
  /** What is measured; it is asked with the folder that stands for the working folder in head. */
  readonly subject: (headCwd: string) => RevisionSubject;
}

/** The same repository at two revisions, ready to be measured in turns. */
export interface TwoRevisions {
  /**
   * The variants `base` and `head`, base first; `head` alone where base cannot be measured. Its folder is in the files of head, in which
   * overlays lie too.
   */
  readonly scenario: Scenario;
  readonly base: Revision;
  readonly head: Revision;
  /** Why there is no comparison, in a whole sentence; null where there is one. */
  readonly baseMissing: string | null;
  /** Path of the Dockerfile in head from the repository's root, with `/`. */
  readonly dockerfile: string;
  /** What makes the comparison another one than may have been meant, in whole sentences. */
  readonly warnings: readonly string[];
  /** Removes the files of both revisions; the scenario is of no use afterwards. */
  readonly close: () => Promise<void>;
}

/**
 * Takes base and head out of the repository around `cwd`, and makes a scenario of the two. Everything that is not said is found in head.
 * Both sides are a revision's files, so that what lies untracked in the working folder favours neither. Nothing is written there.
 * @throws DeployclockError REVISION_NOT_FOUND, GIT_FAILED; for what is wrong in head as `deployclock run` does
 */
export async function openTwoRevisions(input: TwoRevisionsInput, cwd: string): Promise<TwoRevisions> {
  const checkouts: Checkout[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(checkouts.map((checkout) => checkout.close()));
  };
  try {
    const take = async (revision: string): Promise<Checkout> => {
      const checkout = await checkOutRevision(cwd, revision);
      checkouts.push(checkout);
      return checkout;
    };
    const there = { base: await take(input.base), head: await take(input.head ?? 'HEAD') };
    const base: Revision = { ref: input.base, commit: there.base.commit };
    const head: Revision = { ref: input.head ?? 'HEAD', commit: there.head.commit };
    const subject = input.subject(there.head.cwd);
    const folders = { cwd, headCwd: there.head.cwd, headRef: head.ref, tree: there.head.folder };
    const scenario = await headScenarioOf(subject, folders);
    const [variant] = scenario.variants;
    const found = await findBase(
      scenario,
      { ref: head.ref, tree: there.head.folder },
      { ref: base.ref, tree: there.base.folder },
      subject.sort,
    );
    const headVariant = { ...variant, name: 'head', ref: head.ref };
    const warnings = [
      ...(input.head === null ? await uncommittedWarning(cwd) : []),
      ...(await historyWarning(cwd, base, head)),
      ...(found.found ? found.warnings : []),
      ...new Set([...leftOutOf(there.base, base.ref), ...leftOutOf(there.head, head.ref)]),
    ];
    return {
      scenario: {
        ...scenario,
        ...(found.found ? { edits: found.edits } : {}),
        variants: found.found ? [{ ...found.variant, name: 'base', ref: base.ref }, headVariant] : [headVariant],
        assumed: [`base is ${tellRevision(base)}; head is ${tellRevision(head)}.`, ...scenario.assumed],
      },
      base,
      head,
      baseMissing: found.found ? null : found.why,
      dockerfile: fromRoot(there.head.folder, variant.dockerfile, 'The Dockerfile'),
      warnings,
      close,
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}
