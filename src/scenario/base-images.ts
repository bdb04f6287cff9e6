import { type Dockerfile, type From, type Instruction, ModifiableInstruction } from 'dockerfile-ast';
import { nearestWord } from './nearest-word.ts';
import { errorAt, type Place, type Source } from './source-excerpt.ts';

/** What `FROM` lines can be told from outside the Dockerfile. */
export interface BuildSettings {
  readonly buildArgs: Readonly<Record<string, string>>;
  /** The stage to build; null is the last one. */
  readonly target: string | null;
  /** The builder's architecture as Docker writes it: `amd64`, `arm64`. */
  readonly architecture: string;
}

/** A stage: what it is called, what it starts from, and what it copies or mounts from; stage names are in lower case. */
export interface Stage {
  readonly name: string | null;
  readonly sources: readonly string[];
}

/**
 * The images that a build has to fetch: those of `FROM`, `COPY --from` and `RUN --mount=from` in the stages that the target needs. Stage
 * names and `scratch` are no images. Stages that the target does not need are left out, as BuildKit leaves them out.
 * @throws DeployclockError DOCKERFILE_INVALID where a base has no name, or the target does not exist
 */
export function baseImagesOf(dockerfile: Dockerfile, source: Source, settings: BuildSettings): string[] {
  const stages = readStages(dockerfile, source, settings);
  const images = new Set<string>();
  const visited = new Set<number>();
  const visit = (index: number): void => {
    if (visited.has(index)) return;
    visited.add(index);
    for (const from of stages[index]?.sources ?? []) {
      const stage = stageIndex(from, stages.slice(0, index));
      if (stage !== -1) visit(stage);
      else if (from !== 'scratch') images.add(from);
    }
  };
  visit(targetIndex(stages, dockerfile, source, settings.target));
  return [...images];
}

export function readStages(dockerfile: Dockerfile, source: Source, settings: BuildSettings): Stage[] {
  const values = globalValues(dockerfile, settings);
  const froms = dockerfile.getFROMs();
  const instructions = dockerfile.getInstructions();
  return froms.map((from, index) => {
    const [start, end] = [lineOf(from), lineOf(froms[index + 1])];
    const own = instructions.filter((instruction) => lineOf(instruction) > start && lineOf(instruction) < end);
    return {
      name: from.getBuildStage()?.toLowerCase() ?? null,
      sources: [baseOf(from, source, values), ...own.flatMap(sourcesOf)],
    };
  });
}

export const lineOf = (instruction: Instruction | undefined): number =>
  instruction?.getRange().start.line ?? Number.POSITIVE_INFINITY;

function baseOf(from: From, source: Source, values: ReadonlyMap<string, string>): string {
  const written = from.getImage();
  const base = expandVariables(written ?? '', values);
  if (base !== '') return base;
  const message = written === null ? 'FROM names no image' : `the base image ${written} is empty: its ARG has no value`;
  throw errorAt('DOCKERFILE_INVALID', source, placeOf(from), message);
}

/** What `COPY --from=…` and `RUN --mount=…,from=…` name. */
function sourcesOf(instruction: Instruction): string[] {
  if (!(instruction instanceof ModifiableInstruction)) return [];
  return instruction.getFlags().flatMap((flag) => {
    const value = flag.getValue() ?? '';
    if (flag.getName() === 'from') return value === '' ? [] : [value];
    const [, from] = (flag.getName() === 'mount' ? /(?:^|,)from=([^,]+)/.exec(value) : null) ?? [];
    return from === undefined ? [] : [from];
  });
}

/** Index of the stage that `name` means, by name (the last of that name) or by number; -1 where it means none. */
export function stageIndex(name: string, stages: readonly Stage[]): number {
  const named = stages.findLastIndex((stage) => stage.name === name.toLowerCase());
  if (named !== -1 || !/^\d+$/.test(name)) return named;
  return Number(name) < stages.length ? Number(name) : -1;
}

export function targetIndex(
  stages: readonly Stage[],
  dockerfile: Dockerfile,
  source: Source,
  target: string | null,
): number {
  if (target === null) return stages.length - 1;
  const index = stageIndex(target, stages);
  if (index !== -1) return index;
  const names = stages.flatMap((stage) => stage.name ?? []);
  const nearest = nearestWord(target, names);
  const help = nearest === null ? `the stages are ${names.join(', ') || 'all nameless'}` : `did you mean "${nearest}"?`;
  const [first] = dockerfile.getFROMs();
  const place = first === undefined ? { line: 1, column: 1 } : placeOf(first);
  throw errorAt('DOCKERFILE_INVALID', source, place, `there is no stage "${target}" to build: ${help}`);
}

/** Values that `FROM` lines see: BuildKit's own platform arguments, and each ARG before the first FROM. */
export function globalValues(dockerfile: Dockerfile, settings: BuildSettings): Map<string, string> {
  const values = new Map<string, string>();
  for (const side of ['BUILD', 'TARGET']) {
    values.set(`${side}PLATFORM`, `linux/${settings.architecture}`);
    values.set(`${side}OS`, 'linux');
    values.set(`${side}ARCH`, settings.architecture);
  }
  for (const property of dockerfile.getInitialARGs().flatMap((arg) => arg.getProperties())) {
    const name = property.getName();
    const written = property.getValue();
    const value = settings.buildArgs[name] ?? (written === null ? null : expandVariables(written, values));
    if (value !== null) values.set(name, value);
  }
  return values;
}

const variablePattern = /\$(?:(\w+)|\{(\w+)(?:(:?[-+])((?:[^{}]|\{[^{}]*\})*))?\})/g;

/** `$A`, `${A}`, `${A:-default}`, `${A-default}`, `${A:+instead}`, `${A+instead}`, as in a shell; a name without a value is empty. */
export function expandVariables(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(variablePattern, (_, bare?: string, braced?: string, operator = '', word = '') => {
    const value = values.get(bare ?? braced ?? '');
    const set = value !== undefined && !(operator.startsWith(':') && value === '');
    if (operator.endsWith('+')) return set ? expandVariables(word, values) : '';
    return set ? value : expandVariables(word, values);
  });
}

export function placeOf(instruction: Instruction): Place {
  const { line, character } = instruction.getRange().start;
  return { line: line + 1, column: character + 1 };
}
