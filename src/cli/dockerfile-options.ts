import { type Command, InvalidArgumentError } from 'commander';
import { DeployclockError } from '../errors.ts';
import type { Given } from '../scenario/from-dockerfiles/given.ts';
import { readAssignments } from './assignments.ts';
import { collect } from './output.ts';
import { type OverrideOptions, overridesBy } from './override-options.ts';

/** Options that say of Dockerfiles what a scenario.yaml would say. */
export interface DockerfileOptions {
  readonly ref?: string[];
  readonly context?: string;
  readonly buildArg?: string[];
  readonly target?: string;
  readonly port?: number;
  readonly health?: string;
  readonly edit?: string;
  readonly env?: string[];
  readonly name?: string;
}

/** Each of them as it is written. */
const flags: Readonly<Record<keyof DockerfileOptions, string>> = {
  ref: '--ref',
  context: '--context',
  buildArg: '--build-arg',
  target: '--target',
  port: '--port',
  health: '--health',
  edit: '--edit',
  env: '--env',
  name: '--name',
};

export function refOption(command: Command): Command {
  return command.option(
    '--ref <revision>',
    'take every Dockerfile and its context at this git revision (repeatable)',
    collect,
  );
}

export function dockerfileOptions(command: Command): Command {
  return command
    .option('--context <folder>', 'build context; without it the working folder, or where what is copied lies')
    .option(
      '--build-arg <name=value>',
      'value of an ARG; a name alone takes it from the environment (repeatable)',
      collect,
    )
    .option('--target <stage>', 'stage to build; without it the last one')
    .option('--port <number>', 'port that the app listens on; without it the one of EXPOSE', portNumber)
    .option('--health <path>', 'path that answers 200 once the app is ready; without it as HEALTHCHECK says', urlPath)
    .option('--edit <file>', 'source file that the code edit changes; without it the main one')
    .option(
      '--env <name=value>',
      'environment variable of the app; a name alone takes it from the environment (repeatable)',
      collect,
    )
    .option('--name <name>', "name of the results' folder; without it the working folder's", scenarioName);
}

/**
 * What a command line says of Dockerfiles.
 * @throws DeployclockError USAGE where an assignment cannot be read; a value is never told
 */
export function givenBy(
  dockerfiles: readonly string[],
  options: DockerfileOptions & OverrideOptions,
  env: Readonly<Record<string, string | undefined>>,
): Given {
  return {
    dockerfiles,
    refs: options.ref ?? [],
    context: options.context ?? null,
    buildArgs: readAssignments(flags.buildArg, options.buildArg ?? [], env),
    target: options.target ?? null,
    env: readAssignments(flags.env, options.env ?? [], env),
    name: options.name ?? null,
    port: options.port ?? null,
    health: options.health ?? null,
    edit: options.edit ?? null,
    ...overridesBy(options),
  };
}

/** @throws DeployclockError USAGE where an option is given that a scenario.yaml says in its own keys */
export function refuseDockerfileOptions(options: DockerfileOptions, scenario: string): void {
  const given = optionsIn(options).map((option) => flags[option]);
  if (given.length === 0) return;
  throw new DeployclockError(
    'USAGE',
    `${given.join(', ')}: for Dockerfiles without a scenario.yaml; ${scenario} is a scenario, which says this itself.`,
    { hint: 'Write it into the scenario.yaml, or name Dockerfiles: deployclock run Dockerfile …' },
  );
}

/** The options as they are typed again, for a command that is kept or shown: of assignments the name alone, since values may be secrets. */
export function dockerfileOptionsAgain(options: DockerfileOptions): string[] {
  return optionsIn(options).flatMap((option) => {
    const value = options[option];
    const values = Array.isArray(value) ? value : [String(value)];
    const shown = option === 'env' || option === 'buildArg' ? values.map(nameOfAssignment) : values;
    return shown.map((each) => `${flags[option]} ${inShell(each)}`);
  });
}

function optionsIn(options: DockerfileOptions): (keyof DockerfileOptions)[] {
  return (Object.keys(flags) as (keyof DockerfileOptions)[]).filter((option) => options[option] !== undefined);
}

function nameOfAssignment(written: string): string {
  return written.split('=', 1)[0] ?? '';
}

/** A word as a shell takes it. */
function inShell(word: string): string {
  return /^[\w./:@,=+~^%-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new InvalidArgumentError('It must be a number from 1 to 65535.');
  return port;
}

function urlPath(text: string): string {
  if (!text.startsWith('/')) throw new InvalidArgumentError('It must be a path that begins with "/", as /healthz.');
  return text;
}

function scenarioName(text: string): string {
  if (!/^[a-z0-9](-?[a-z0-9])*$/.test(text) || text.length > 100)
    throw new InvalidArgumentError(
      'It must be at most 100 lower-case letters and digits, with single dashes between them.',
    );
  return text;
}
