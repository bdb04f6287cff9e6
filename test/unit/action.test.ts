import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { runCommandLine } from '../../src/cli/program.ts';
import { folderWith } from './scenario/folder.ts';
import { commit, gitIn, repositoryWith } from './scenario/repository.ts';

/** Each test runs git dozens of times, which is quick on a machine that has nothing else to do. */
vi.setConfig({ testTimeout: 60_000 });

const file = fileURLToPath(new URL('../../action.yml', import.meta.url));
const text = readFileSync(file, 'utf8');

const stepSchema = z.strictObject({
  name: z.string().optional(),
  id: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.string()).optional(),
  shell: z.literal('bash').optional(),
  run: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
  'working-directory': z.string().optional(),
});
type Step = z.infer<typeof stepSchema>;

const action = z
  .strictObject({
    name: z.string(),
    description: z.string(),
    inputs: z.record(z.string(), z.strictObject({ description: z.string(), default: z.string() })),
    outputs: z.record(z.string(), z.strictObject({ description: z.string(), value: z.string() })),
    runs: z.strictObject({ using: z.literal('composite'), steps: z.array(stepSchema) }),
  })
  .parse(parse(text));
const { steps } = action.runs;
const scripts = steps.flatMap((step) => (step.run === undefined ? [] : [{ ...step, run: step.run }]));

function stepWith(words: string): Step & { run: string } {
  const found = scripts.find(({ run }) => run.includes(words));
  if (found === undefined) throw new Error(`no step has "${words}"`);
  return found;
}

describe('the action', () => {
  it('uses every input that it declares, and no other', () => {
    const used = new Set([...text.matchAll(/\binputs\.([\w-]+)/g)].map(([, name]) => name));
    expect(used).toEqual(new Set(Object.keys(action.inputs)));
  });

  it('has its outputs from a step that sets them', () => {
    for (const [name, { value }] of Object.entries(action.outputs)) {
      const [, id] = /steps\.(\w+)\.outputs\.([\w-]+)/.exec(value) ?? [];
      expect(steps.find((step) => step.id === id)?.run).toContain(`echo "${name}=`);
    }
  });

  it('pins other actions by their major version', () => {
    const uses = steps.flatMap((step) => step.uses ?? []);
    expect(uses.length).toBeGreaterThan(0);
    for (const each of uses) expect(each).toMatch(/^actions\/[\w-]+@v\d+$/);
  });

  it.each(scripts.map((step) => [step.name ?? '', step] as const))('has a script that bash can read: %s', (_, step) => {
    expect(step.shell).toBe('bash');
    expect(spawnSync('bash', ['-n'], { input: step.run, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
    // An expression in a script would let the name of a branch be run.
    expect(step.run).not.toContain('${{');
    const known = new Set(Object.keys(step.env ?? {}));
    const read = [...step.run.matchAll(/\$\{?([A-Z][A-Z_]+)/g)].map(([, name]) => name ?? '');
    expect(read.filter((name) => !known.has(name) && !/^(GITHUB_|RUNNER_)/.test(name))).toEqual([]);
  });

  it('types no option that the command line does not have', async () => {
    const { run } = stepWith('command+=');
    const words = [...run.matchAll(/command\+?=\((.*)\)/g)].flatMap(([, written]) => (written ?? '').split(' '));
    const typed = words.filter((word) => /^--?[a-z]+$/.test(word));
    expect(typed).toEqual(['--base', '--results', '--comment', '-o', '--variant']);
    const known = await helpOf('ci');
    for (const option of typed) expect(known).toContain(` ${option}`);
    expect(await helpOf('setup')).toContain('--yes');
  });

  it('runs programs that the build makes', () => {
    const programs = scripts.flatMap(({ run }) =>
      [...run.matchAll(/dist\/(cli\/[\w-]+)\.js/g)].map(([, path]) => path),
    );
    expect(new Set(programs)).toEqual(new Set(['cli/main', 'cli/post-comment']));
    for (const path of programs)
      expect(existsSync(fileURLToPath(new URL(`../../src/${path}.ts`, import.meta.url)))).toBe(true);
  });

  it('posts the comment also after a failure', () => {
    expect(stepWith('post-comment.js').if).toContain('!cancelled()');
  });
});

async function helpOf(command: string): Promise<string> {
  let out = '';
  await runCommandLine([command, '--help'], {
    out: (written) => {
      out += written;
    },
    err: () => undefined,
    outIsTerminal: false,
    errIsTerminal: false,
    columns: 100,
    env: {},
    cwd: '/',
    ask: null,
    interrupted: new AbortController().signal,
  });
  return out;
}

interface Ran {
  readonly code: number | null;
  readonly out: string;
  /** The words of each call of node. */
  readonly called: string[][];
  readonly outputs: string;
}

/** Runs a step's script as the runner does, in a repository, with a node that only notes down how it is called. */
function runStep(step: Step & { run: string }, cwd: string, env: Record<string, string>, nodeCode = 0): Ran {
  const folder = folderWith({ 'step.sh': step.run, outputs: '', calls: '' });
  mkdirSync(join(folder, 'bin'));
  mkdirSync(join(folder, 'temp'));
  const node = join(folder, 'bin/node');
  writeFileSync(
    node,
    `#!/bin/bash\nprintf '%s\\0' "$@" >> "${folder}/calls"\nprintf '\\n' >> "${folder}/calls"\nexit ${nodeCode}\n`,
  );
  chmodSync(node, 0o755);
  const declared = Object.fromEntries(Object.keys(step.env ?? {}).map((name) => [name, '']));
  const finished = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', join(folder, 'step.sh')], {
    cwd,
    encoding: 'utf8',
    env: {
      PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
      HOME: folder,
      GITHUB_ACTION_PATH: '/the action',
      GITHUB_OUTPUT: join(folder, 'outputs'),
      RUNNER_TEMP: join(folder, 'temp'),
      GITHUB_EVENT_NAME: 'push',
      GITHUB_SHA: gitIn(cwd, 'rev-parse', 'HEAD'),
      ...declared,
      ...env,
    },
  });
  const calls = readFileSync(join(folder, 'calls'), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return {
    code: finished.status,
    out: finished.stdout + finished.stderr,
    called: calls.map((line) => line.replaceAll(folder, '…').split('\0').slice(0, -1)),
    outputs: readFileSync(join(folder, 'outputs'), 'utf8').replaceAll(folder, '…'),
  };
}

describe('the step that measures', () => {
  const step = stepWith('command+=');
  const usual = ['/the action/dist/cli/main.js', 'ci', '--base'];
  const files = [
    '--results',
    '…/temp/deployclock',
    '--comment',
    '…/temp/deployclock/comment.md',
    '-o',
    '…/temp/deployclock/gates.xml',
  ];

  it('hands over base, Dockerfile and options, whatever they hold', () => {
    const repository = repositoryWith({ a: '1' });
    const ran = runStep(step, repository, {
      BASE: 'origin/$(touch pwned)',
      DOCKERFILE: 'a b/Dockerfile',
      ARGS: ' --max-slowdown 10%\n--budget code-edit.release=30s * ',
    });
    expect(ran.called).toEqual([
      [
        ...usual,
        'origin/$(touch pwned)',
        ...files,
        '--max-slowdown',
        '10%',
        '--budget',
        'code-edit.release=30s',
        '*',
        '--',
        'a b/Dockerfile',
      ],
    ]);
    expect(existsSync(join(repository, 'pwned'))).toBe(false);
    expect([ran.code, ran.outputs]).toEqual([0, 'results=…/temp/deployclock\nexit-code=0\n']);
  });

  it('hands over a scenario and its variant', () => {
    const { called } = runStep(step, repositoryWith({ a: '1' }), { BASE: 'main', SCENARIO: 'bench', VARIANT: 'slim' });
    expect(called).toEqual([[...usual, 'main', ...files, '--variant', 'slim', '--', 'bench']]);
  });

  it.each([1, 4, 5])('ends with the exit code of the measurement: %i', (code) => {
    const ran = runStep(step, repositoryWith({ a: '1' }), { BASE: 'main' }, code);
    expect([ran.code, ran.outputs]).toEqual([code, `results=…/temp/deployclock\nexit-code=${code}\n`]);
  });

  /** A pull request of one commit, merged as GitHub does it; `old` is what it branched off from, `merged` what main is by now. */
  function mergedPullRequest(): { repository: string; old: string; merged: string } {
    const repository = repositoryWith({ a: '1' });
    const old = gitIn(repository, 'rev-parse', 'main');
    gitIn(repository, 'switch', '--quiet', '--create', 'work');
    commit(repository, { b: '1' });
    gitIn(repository, 'switch', '--quiet', 'main');
    commit(repository, { c: '1' });
    const merged = gitIn(repository, 'rev-parse', 'main');
    gitIn(repository, 'merge', '--quiet', '--no-ff', 'work');
    return { repository, old, merged };
  }
  const baseOf = ({ called }: Ran): string | undefined => called[0]?.[3];

  it('compares a pull request with what it is merged into', () => {
    const { repository, old, merged } = mergedPullRequest();
    const pull = { GITHUB_EVENT_NAME: 'pull_request', EVENT_BASE: old };
    expect(baseOf(runStep(step, repository, pull))).toBe(merged);
  });

  it('compares with what the event names where that is no merge commit of a pull request', () => {
    const { repository, old } = mergedPullRequest();
    const pull = { GITHUB_EVENT_NAME: 'pull_request', EVENT_BASE: old };
    expect(baseOf(runStep(step, repository, { ...pull, GITHUB_SHA: 'f'.repeat(40) }))).toBe(old);
    expect(baseOf(runStep(step, repository, { EVENT_BASE: old }))).toBe(old);
    gitIn(repository, 'switch', '--quiet', 'work');
    expect(baseOf(runStep(step, repository, pull))).toBe(old);
  });

  it.each<[string, Record<string, string>, string]>([
    ['without a base', {}, 'There is no base to compare with'],
    ['with the first push of a branch', { EVENT_BASE: '0'.repeat(40) }, 'There is no base to compare with'],
    ['with a Dockerfile and a scenario', { BASE: 'main', DOCKERFILE: 'a', SCENARIO: 'b' }, 'both given'],
  ])('says what is wrong %s', (_, env, message) => {
    const ran = runStep(step, repositoryWith({ a: '1' }), env);
    expect([ran.code, ran.called]).toEqual([2, []]);
    expect(ran.out).toMatch(/^::error title=deployclock::/);
    expect(ran.out).toContain(message);
  });
});

describe('the step that comments', () => {
  const step = stepWith('post-comment.js');

  it('posts what there is, and needs nothing to be there', () => {
    const repository = repositoryWith({ a: '1' });
    const results = folderWith({ 'comment.md': '' });
    expect(runStep(step, repository, { RESULTS: results }).called).toEqual([
      ['/the action/dist/cli/post-comment.js', `${results}/comment.md`],
    ]);
    const none = runStep(step, repository, { RESULTS: folderWith({}) });
    expect([none.code, none.called]).toEqual([0, []]);
  });
});
