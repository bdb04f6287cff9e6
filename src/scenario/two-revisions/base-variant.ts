import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeployclockError } from '../../errors.ts';
import { architecture } from '../dockerfile.ts';
import { type ImageSettings, imageSettingsOf } from '../from-dockerfiles/image-settings.ts';
import { isFile, isFolder } from '../on-disk.ts';
import type { Scenario, Variant } from '../scenario.ts';
import { failingEdits } from './failing-edits.ts';
import type { HeadScenario, RevisionSubject } from './head-scenario.ts';
import { fromRoot } from './paths.ts';

/** A revision's files: `tree` is the folder that stands for the repository's own. */
export interface Side {
  readonly ref: string;
  readonly tree: string;
}

export type FoundBase =
  | {
      readonly found: true;
      readonly variant: Variant;
      /** Those of head that can be made in base too. */
      readonly edits: Scenario['edits'];
      readonly warnings: readonly string[];
    }
  /** Why base cannot be measured, in a whole sentence. */
  | { readonly found: false; readonly why: string };

/**
 * Head's variant at the base revision: the same paths from the repository's root, and the same of everything else. What was found out in
 * head must serve base too.
 */
export async function findBase(
  scenario: HeadScenario,
  head: Side,
  base: Side,
  sort: RevisionSubject['sort'],
): Promise<FoundBase> {
  const [variant] = scenario.variants;
  const dockerfile = fromRoot(head.tree, variant.dockerfile, 'The Dockerfile');
  const context = fromRoot(head.tree, variant.context, 'The build context');
  const own = { ...variant, dockerfile: join(base.tree, dockerfile), context: join(base.tree, context) };
  if (!isFile(own.dockerfile)) return missing(`${base.ref} has no ${dockerfile}: it is new in ${head.ref}.`);
  if (!isFolder(own.context))
    return missing(`${base.ref} has no folder ${context}, which is the build context in ${head.ref}.`);

  const headImage = imageOf(variant, dockerfile);
  try {
    const image = imageOf(own, `${dockerfile}@${base.ref}`);
    if (scenario.ready.check === 'healthcheck' && headImage.healthcheck !== null && image.healthcheck === null) {
      return missing(
        `The Dockerfile of ${base.ref} has no HEALTHCHECK, which is how ${head.ref} is seen to be ready; --health /path asks the app itself.`,
      );
    }
    const failing = await failingEdits(own, scenario.edits);
    const code = failing['code-edit'];
    if (code !== undefined) return missing(`${base.ref} ${code}, where the code edit of ${head.ref} is made.`);
    const dependency = failing['dependency-edit'];
    if (dependency === undefined)
      return { found: true, variant: own, edits: scenario.edits, warnings: portWarning(scenario, base, head, image) };
    const why = `${base.ref} ${dependency}, where the dependency edit of ${head.ref} is made`;
    // What a person wrote is not left out.
    if (sort === 'scenario') return missing(`${why}.`);
    const { 'dependency-edit': _, ...edits } = scenario.edits;
    const warnings = [`No dependency-edit is deployed: ${why}.`, ...portWarning(scenario, base, head, image)];
    return { found: true, variant: own, edits, warnings };
  } catch (thrown) {
    if (!(thrown instanceof DeployclockError) || thrown.code !== 'DOCKERFILE_INVALID') throw thrown;
    return missing(`${base.ref} cannot be built: ${thrown.message}`);
  }
}

function missing(why: string): FoundBase {
  return { found: false, why };
}

function imageOf({ dockerfile, buildArgs, target }: Variant, path: string): ImageSettings {
  return imageSettingsOf({ path, text: readFileSync(dockerfile, 'utf8') }, { buildArgs, target, architecture });
}

/** Base is asked where head is. One that listens elsewhere is never ready, which is better known before. */
function portWarning({ app }: Scenario, base: Side, head: Side, { ports }: ImageSettings): string[] {
  if (app.port === null || ports.length === 0 || ports.includes(app.port)) return [];
  return [
    `${base.ref} exposes ${ports.join(', ')}, and ${head.ref} is asked on port ${app.port}: base is asked there too, and may never be ready.`,
  ];
}
