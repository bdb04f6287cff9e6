import { Arg, type Dockerfile, DockerfileParser, Env, type Instruction } from 'dockerfile-ast';
import {
  type BuildSettings,
  expandVariables,
  globalValues,
  lineOf,
  readStages,
  stageIndex,
  targetIndex,
} from '../base-images.ts';
import { maskForParser, parseDockerfile } from '../dockerfile.ts';
import type { Source } from '../source-excerpt.ts';

/** What a Dockerfile says of the running app, in the stage that is built and in those that this one goes on from. */
export interface ImageSettings {
  /** TCP ports of `EXPOSE`, ascending. */
  readonly ports: readonly number[];
  /** The command of the last `HEALTHCHECK`, as written; null where there is none, or `NONE`. */
  readonly healthcheck: string | null;
  /** The image that it all begins with; null for `scratch`. */
  readonly base: string | null;
  /** Variables that a process in the image sees, as far as the Dockerfile sets them. */
  readonly env: ReadonlyMap<string, string>;
}

/**
 * Reads the settings from a Dockerfile's text.
 * @throws DeployclockError DOCKERFILE_INVALID
 */
export function imageSettingsOf(source: Source, settings: BuildSettings): ImageSettings {
  parseDockerfile(source, settings);
  const dockerfile = DockerfileParser.parse(maskForParser(source.text));
  const { instructions, base } = targetChain(dockerfile, source, settings);
  const globals = globalValues(dockerfile, settings);
  const args = new Map<string, string>();
  const env = new Map<string, string>();
  const ports = new Set<number>();
  let healthcheck: string | null = null;
  for (const instruction of instructions) {
    // What ENV sets hides an ARG of the same name.
    const expand = (text: string): string => expandVariables(text, new Map([...args, ...env]));
    if (instruction instanceof Env) {
      // All of one instruction see the values before it.
      const set = instruction.getProperties().map((each) => [each.getName(), expand(each.getValue() ?? '')] as const);
      for (const [name, value] of set) env.set(name, value);
    } else if (instruction instanceof Arg) {
      for (const each of instruction.getProperties()) {
        const name = each.getName();
        const written = each.getValue();
        const value = settings.buildArgs[name] ?? (written === null ? globals.get(name) : expand(written));
        if (value !== undefined) args.set(name, value);
      }
    } else if (instruction.getKeyword() === 'EXPOSE') {
      for (const each of instruction.getArguments())
        for (const port of portsIn(expand(each.getValue()))) ports.add(port);
    } else if (instruction.getKeyword() === 'HEALTHCHECK') {
      const [, command = null] = /^CMD\b\s*(.+)$/is.exec(instruction.getArgumentsContent() ?? '') ?? [];
      healthcheck = command;
    }
  }
  return { ports: [...ports].sort((one, other) => one - other), healthcheck, base, env };
}

/** The instructions from the first base to the end of the target, and the image that they stand on. */
function targetChain(
  dockerfile: Dockerfile,
  source: Source,
  settings: BuildSettings,
): { readonly instructions: readonly Instruction[]; readonly base: string | null } {
  const stages = readStages(dockerfile, source, settings);
  const froms = dockerfile.getFROMs();
  const chain: Instruction[] = [];
  let index = targetIndex(stages, dockerfile, source, settings.target);
  for (;;) {
    const [start, end] = [lineOf(froms[index]), lineOf(froms[index + 1])];
    const own = dockerfile.getInstructions().filter((each) => lineOf(each) > start && lineOf(each) < end);
    chain.unshift(...own);
    const [base] = stages[index]?.sources ?? [];
    const parent = base === undefined ? -1 : stageIndex(base, stages.slice(0, index));
    if (parent === -1) return { instructions: chain, base: base === undefined || base === 'scratch' ? null : base };
    index = parent;
  }
}

const highestPort = 65_535;
/** A range wider than this is no list of ports to choose from. */
const widestRange = 100;

/** `3000`, `3000/tcp`, `8000-8002`; none for UDP, and for what is no port. */
function portsIn(text: string): number[] {
  const [, first, last = first] = /^"?(\d+)(?:-(\d+))?(?:\/tcp)?"?$/i.exec(text) ?? [];
  const [from, to] = [Number(first), Number(last)];
  if (!(from >= 1 && to <= highestPort && to - from < widestRange)) return [];
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
