import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import {
  type AppliedEdits,
  applyEdits,
  type ContextSource,
  copyContext,
  type Originals,
  pathInside,
  readOriginals,
} from '../scenario/context-copy.ts';
import { type ContextIgnore, readIgnore } from '../scenario/dockerignore.ts';
import type { PackedContext } from '../scenario/pack-context.ts';
import { packContext } from '../scenario/pack-context.ts';
import type { Scenario, Variant } from '../scenario/scenario.ts';

/** Private copies of the variants' contexts: the user's files are read once, and never written. */
export interface Workspace {
  /** Brings a variant's copy back to its original text with these edits, in order, on top of it. */
  readonly edit: (variant: Variant, applied: readonly AppliedEdits[]) => Promise<void>;
  readonly pack: (variant: Variant) => Promise<PackedContext>;
  readonly close: () => Promise<void>;
}

interface Copy {
  readonly source: ContextSource;
  readonly ignore: ContextIgnore;
  readonly originals: Originals;
}

/**
 * Copies every variant's context as it is now, so that all rounds build the same whatever happens to the originals meanwhile.
 * @param leftOut a folder that is no part of any context though it may lie in one: where the results of runs go
 */
export async function openWorkspace(scenario: Scenario, leftOut: string | null = null): Promise<Workspace> {
  const folder = await mkdtemp(join(tmpdir(), 'deployclock-contexts-'));
  const close = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const copies = new Map<string, Copy>();
    for (const [index, variant] of scenario.variants.entries()) {
      const ignore = without(readIgnore(variant.context, variant.dockerfile), variant.context, leftOut);
      const source = await copyContext(variant, ignore, join(folder, String(index)));
      const originals = await readOriginals(source.context, Object.values(scenario.edits).flat());
      copies.set(variant.name, { source, ignore, originals });
    }
    const copyOf = (variant: Variant): Copy => {
      const copy = copies.get(variant.name);
      if (copy === undefined) throw new RangeError(`no copy of ${variant.name}'s context`);
      return copy;
    };
    return {
      edit: async (variant, applied) => {
        const { source, originals } = copyOf(variant);
        await applyEdits(source.context, applied, originals);
      },
      pack: (variant) => {
        const { source, ignore } = copyOf(variant);
        return packContext({ ...source, ignore });
      },
      close,
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

/** The rules, with one folder ignored besides. */
function without(rules: ContextIgnore, context: string, folder: string | null): ContextIgnore {
  const inside = folder === null ? null : pathInside(context, folder);
  if (inside === null) return rules;
  const out = inside.split(sep).join('/');
  const isOut = (path: string): boolean => path === out || path.startsWith(`${out}/`);
  return {
    keeps: (path) => !isOut(path) && rules.keeps(path),
    enters: (path) => !isOut(path) && rules.enters(path),
  };
}
