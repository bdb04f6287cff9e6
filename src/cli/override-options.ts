import { type Command, InvalidArgumentError } from 'commander';
import type { Overrides } from '../scenario/from-dockerfiles/given.ts';
import { type BuilderMode, builderModes, type Replacement, replacements } from '../scenario/scenario.ts';
import { leastMemory } from '../scenario/schema-parts.ts';
import { parseSize } from '../scenario/units-text.ts';
import type { Bytes } from '../units.ts';
import { splitList, wordOf } from './split-list.ts';

/** Options that lie over a scenario, whether it was written or found. */
export interface OverrideOptions {
  readonly builder?: readonly BuilderMode[];
  readonly replace?: Replacement;
  readonly cpus?: number;
  readonly memory?: Bytes;
}

export function overrideOptions(command: Command): Command {
  return command
    .option(
      '--builder <modes>',
      `state of the builder after the first deploy: ${builderModes.join(', ')}; several, separated by commas, compare them`,
      (list: string) => splitList(list, builderModes, 'builder mode'),
    )
    .option('--replace <how>', `how the old container goes: ${replacements.join(', ')}`, (text: string) =>
      wordOf(text, replacements, 'way to replace a container'),
    )
    .option('--cpus <number>', 'processors that the server may use, as 0.5', processors)
    .option('--memory <size>', 'memory that the server may use, as 512MB', memorySize);
}

export function overridesBy({ builder, replace, cpus, memory }: OverrideOptions): Overrides {
  return { builders: builder ?? [], replace: replace ?? null, server: { cpus: cpus ?? null, memory: memory ?? null } };
}

/** The options as they are typed again. */
export function overrideOptionsAgain({ builder, replace, cpus, memory }: OverrideOptions): string[] {
  return [
    ...(builder === undefined ? [] : [`--builder ${builder.join(',')}`]),
    ...(replace === undefined ? [] : [`--replace ${replace}`]),
    ...(cpus === undefined ? [] : [`--cpus ${cpus}`]),
    ...(memory === undefined ? [] : [`--memory ${memory}B`]),
  ];
}

const fewest = 0.05;
const most = 1024;

function processors(text: string): number {
  const value = Number(text);
  if (!(value >= fewest && value <= most))
    throw new InvalidArgumentError(`It must be a number from ${fewest} to ${most}.`);
  return value;
}

function memorySize(text: string): Bytes {
  const parsed = parseSize(text);
  if (!parsed.ok) throw new InvalidArgumentError(parsed.message);
  if (parsed.value < leastMemory || parsed.value > Number.MAX_SAFE_INTEGER)
    throw new InvalidArgumentError('A container has 6 MiB at the least.');
  return parsed.value;
}
