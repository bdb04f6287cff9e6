import type { Clock } from '../clock.ts';
import type { Lab } from '../lab/lab.ts';
import { mirrorCanHold, missingBaseImages, supplyBaseImages } from '../lab/mirror/supply-base-images.ts';
import { type DockerfileFacts, readDockerfile } from '../scenario/dockerfile.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { RunListener } from './events.ts';

/**
 * Reads every variant's Dockerfile; messages name paths relative to `cwd`.
 * @throws DeployclockError DOCKERFILE_NOT_FOUND, DOCKERFILE_INVALID
 */
export function readDockerfiles(scenario: Scenario, cwd: string): ReadonlyMap<string, DockerfileFacts> {
  return new Map(
    scenario.variants.map(({ name, dockerfile, buildArgs, target }) => [
      name,
      readDockerfile(dockerfile, cwd, buildArgs, target),
    ]),
  );
}

/** Brings the base images that the mirror lacks into it, before anything is timed. */
export async function supplyMissing(
  lab: Lab,
  dockerfiles: ReadonlyMap<string, DockerfileFacts>,
  clock: Clock,
  signal: AbortSignal,
  listen: RunListener,
): Promise<void> {
  const users = new Map<string, string>();
  for (const [variant, facts] of dockerfiles) {
    const syntax = facts.syntaxImage === null ? [] : [facts.syntaxImage];
    for (const base of [...syntax, ...facts.baseImages]) users.set(base, variant);
  }
  const direct = [...users.keys()].filter((reference) => !mirrorCanHold(reference));
  if (direct.length > 0) listen({ type: 'base-images-direct', references: direct });
  const missing = await missingBaseImages(lab, [...users.keys()]);
  if (missing.length === 0) return;
  listen({ type: 'base-images-missing', references: missing });
  await supplyBaseImages(
    lab,
    missing.map((reference) => ({ reference, usedBy: users.get(reference) ?? '' })),
    clock,
    signal,
  );
}
