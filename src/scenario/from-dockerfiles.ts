import { readFileSync } from 'node:fs';
import { architecture } from './dockerfile.ts';
import { chooseCodeEdit } from './from-dockerfiles/code-edit.ts';
import { findContext } from './from-dockerfiles/context.ts';
import { chooseDependencyEdit } from './from-dockerfiles/dependency-edit.ts';
import { openEditContexts } from './from-dockerfiles/edit-contexts.ts';
import { type FoundDockerfile, findDockerfiles } from './from-dockerfiles/find-dockerfiles.ts';
import type { Given } from './from-dockerfiles/given.ts';
import { imageSettingsOf } from './from-dockerfiles/image-settings.ts';
import { joinWords } from './from-dockerfiles/join-words.ts';
import { findReadiness, type LabelledImage } from './from-dockerfiles/readiness.ts';
import { nameVariants } from './from-dockerfiles/variant-names.ts';
import { nameOfFolder } from './load-scenario.ts';
import { override } from './override.ts';
import type { Scenario, Variant } from './scenario.ts';
import { writtenScenarioSchema } from './schema.ts';

export interface OpenScenario {
  readonly scenario: Scenario;
  /** Removes the temporary folders that hold the files of git revisions; the scenario is of no use afterwards. */
  readonly close: () => Promise<void>;
}

/**
 * A scenario of Dockerfiles that nobody wrote a scenario.yaml for. What was not said is found in the Dockerfiles and their contexts, and told
 * in `assumed`. Nothing is written, neither beside them nor in their repository.
 * @throws DeployclockError USAGE, DOCKERFILE_NOT_FOUND, DOCKERFILE_INVALID, REVISION_NOT_FOUND, GIT_FAILED
 */
export async function scenarioFromDockerfiles(given: Given, cwd: string): Promise<OpenScenario> {
  const { dockerfiles, assumed, close } = await findDockerfiles(given, cwd);
  try {
    const names = nameVariants(dockerfiles);
    const [first, ...others] = dockerfiles.map((each, index) => describe(each, names[index] ?? '', given, cwd));
    if (first === undefined) throw new RangeError('there is at least one Dockerfile');
    const all = [first, ...others];
    const readiness = findReadiness(
      all.map(({ image }) => image),
      given,
    );
    const edits = await findEdits(all, first, given.edit);
    const { ready, links, replace, server, timeouts } = defaults();
    const scenario: Scenario = {
      name: given.name ?? nameOfFolder(cwd),
      description: '',
      folder: cwd,
      variants: [first.variant, ...others.map(({ variant }) => variant)],
      app: { port: readiness.port, env: given.env },
      ready: { ...readiness.check, timeout: ready.timeout },
      edits: edits.edits,
      links,
      server: { cpus: server.cpus ?? null, memory: server.memory ?? null },
      replace,
      stopTimeout: timeouts.stop,
      phaseTimeout: timeouts.phase,
      gates: [],
      assumed: [...assumed, ...tellContexts(all), ...readiness.assumed, ...edits.assumed],
    };
    return { scenario: override(scenario, given), close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

/** What a scenario.yaml gets that says nothing but its variants. */
function defaults(): ReturnType<typeof writtenScenarioSchema.parse> {
  return writtenScenarioSchema.parse({ variants: { any: {} }, ready: { check: 'exit' } });
}

interface Described {
  readonly variant: Variant;
  readonly image: LabelledImage;
  /** What stands for the working folder. */
  readonly cwd: string;
  /** Which folder the context is, in words; null where it was said. */
  readonly contextIs: string | null;
}

function describe(found: FoundDockerfile, name: string, given: Given, cwd: string): Described {
  const { label, file, ref } = found;
  const { buildArgs, target } = given;
  const text = readFileSync(file, 'utf8');
  const image = imageSettingsOf({ path: label, text }, { buildArgs, target, architecture });
  const { context, which } = findContext(found, text, given.context, cwd);
  return {
    variant: { name, dockerfile: file, context, target, buildArgs, builder: defaults().builder, ref, links: null },
    image: { ...image, label },
    cwd: found.cwd,
    contextIs: which,
  };
}

function tellContexts(all: readonly Described[]): string[] {
  const labels = new Map<string, string[]>();
  for (const { contextIs, image } of all) {
    if (contextIs !== null) labels.set(contextIs, [...(labels.get(contextIs) ?? []), image.label]);
  }
  return [...labels].map(
    ([which, names]) => `The build context of ${joinWords(names)} is ${which}; --context names another.`,
  );
}

async function findEdits(
  all: readonly Described[],
  { cwd, variant }: Described,
  given: string | null,
): Promise<Pick<Scenario, 'edits' | 'assumed'>> {
  const contexts = await openEditContexts(all.map((each) => each.variant));
  const code = chooseCodeEdit(contexts, given, { cwd, context: variant.context });
  const dependency = chooseDependencyEdit(contexts, code.edit?.file ?? null);
  return {
    edits: {
      ...(code.edit === null ? {} : { 'code-edit': [code.edit] }),
      ...(dependency.edits.length === 0 ? {} : { 'dependency-edit': dependency.edits }),
    },
    assumed: [...(code.sentence === null ? [] : [code.sentence]), dependency.sentence],
  };
}
