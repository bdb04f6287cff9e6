import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import {
  type DockerfileOptions,
  dockerfileOptions,
  dockerfileOptionsAgain,
  givenBy,
  refOption,
  refuseDockerfileOptions,
} from '../../../src/cli/dockerfile-options.ts';
import { type OverrideOptions, overrideOptions, overrideOptionsAgain } from '../../../src/cli/override-options.ts';
import { errorOf } from '../scenario/folder.ts';
import { given } from '../scenario/from-dockerfiles/given.ts';

type Options = DockerfileOptions & OverrideOptions;

/** What these words set, read by the real options. */
function optionsOf(...words: string[]): Options {
  const command = new Command('run').exitOverride().configureOutput({ writeErr: () => undefined });
  overrideOptions(dockerfileOptions(refOption(command))).parse(words, { from: 'user' });
  return command.opts<Options>();
}

describe('what is said', () => {
  it('is nothing where nothing is said', () => {
    expect(givenBy([], optionsOf(), {})).toEqual(given());
  });

  it('is all of it', () => {
    const words = [
      ...['--ref', 'main', '--ref', 'HEAD', '--context', 'app', '--target', 'run', '--port', '3000'],
      ...['--health', '/healthz', '--edit', 'src/index.ts', '--name', 'shop', '--replace', 'start-first'],
      ...['--build-arg', 'A=1=2', '--build-arg', 'TOKEN', '--env', 'B=', '--env', 'C=1', '--env', 'C=2'],
      ...['--builder', 'fresh,registry-cache', '--cpus', '0.5', '--memory', '512MB'],
    ];
    expect(givenBy(['Dockerfile'], optionsOf(...words), { TOKEN: 'hush' })).toEqual({
      dockerfiles: ['Dockerfile'],
      refs: ['main', 'HEAD'],
      context: 'app',
      buildArgs: { A: '1=2', TOKEN: 'hush' },
      target: 'run',
      env: { B: '', C: '2' },
      name: 'shop',
      port: 3000,
      health: '/healthz',
      edit: 'src/index.ts',
      builders: ['fresh', 'registry-cache'],
      replace: 'start-first',
      server: { cpus: 0.5, memory: 512e6 },
    });
  });

  it.each([
    ['--port', '0', 'from 1 to 65535'],
    ['--port', 'web', 'from 1 to 65535'],
    ['--health', 'healthz', 'begins with "/"'],
    ['--name', 'My App', 'lower-case'],
    ['--cpus', '0', 'from 0.05'],
    ['--memory', '512', 'has no unit'],
    ['--builder', 'warm,frsh', 'Did you mean "fresh"?'],
    ['--replace', 'start', 'There is no way to replace a container "start"'],
  ])('is refused: %s %s', (option, value, message) => {
    expect(() => optionsOf(option, value)).toThrow(message);
  });

  it('never shows a value', () => {
    const unnamed = errorOf(() => givenBy([], optionsOf('--env', '=hush'), {}));
    const unknown = errorOf(() => givenBy([], optionsOf('--build-arg', 'TOKEN'), { OTHER: 'hush' }));
    for (const error of [unnamed, unknown]) {
      expect(error.code).toBe('USAGE');
      expect(`${error.message}${error.hint}`).not.toContain('hush');
    }
    expect(unknown.message).toBe('--build-arg TOKEN: the environment has no variable of this name.');
  });
});

describe('a scenario.yaml', () => {
  it.each([
    ['--port', '1'],
    ['--health', '/'],
    ['--edit', 'a'],
    ['--context', 'a'],
    ['--build-arg', 'A=hush'],
    ['--target', 'a'],
    ['--env', 'A=hush'],
    ['--name', 'a'],
    ['--ref', 'a'],
  ])('says itself what %s says', (option, value) => {
    const error = errorOf(() => refuseDockerfileOptions(optionsOf(option, value), 'shop'));
    expect(error.code).toBe('USAGE');
    expect(error.message).toContain(`${option}: `);
    expect(error.message).toContain('shop is a scenario');
    expect(error.message).not.toContain('hush');
  });

  it('takes what lies over any scenario', () => {
    const options = optionsOf('--builder', 'fresh', '--replace', 'start-first', '--cpus', '1', '--memory', '1GB');
    expect(() => refuseDockerfileOptions(options, 'shop')).not.toThrow();
  });
});

describe('the command again', () => {
  it('reads as the same options, but for values of assignments', () => {
    const options = optionsOf(
      ...['--ref', 'v1.2', '--context', 'my app', '--port', '3000', '--env', 'KEY=hush', '--build-arg', 'NODE_ENV'],
      ...[
        '--edit',
        "it's.ts",
        '--builder',
        'warm,fresh',
        '--cpus',
        '0.5',
        '--memory',
        '1 GiB',
        '--replace',
        'start-first',
      ],
    );
    expect([...dockerfileOptionsAgain(options), ...overrideOptionsAgain(options)].join(' ')).toBe(
      "--ref v1.2 --context 'my app' --build-arg NODE_ENV --port 3000 --edit 'it'\\''s.ts' --env KEY " +
        '--builder warm,fresh --replace start-first --cpus 0.5 --memory 1073741824B',
    );
    expect(optionsOf('--memory', '1073741824B').memory).toBe(options.memory);
  });

  it('is nothing more where nothing was said', () => {
    expect([...dockerfileOptionsAgain(optionsOf()), ...overrideOptionsAgain(optionsOf())]).toEqual([]);
  });
});
