import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { initCommand } from '../../../src/cli/commands/init.ts';
import type { Io } from '../../../src/cli/io.ts';
import { DeployclockError } from '../../../src/errors.ts';
import { loadScenario } from '../../../src/scenario/load-scenario.ts';
import { folderWith } from '../scenario/folder.ts';
import { gitIn, repositoryWith } from '../scenario/repository.ts';

interface Finished {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `deployclock init …` in a folder. */
async function init(cwd: string, ...words: string[]): Promise<Finished> {
  const told = { out: '', err: '' };
  let exitCode = -1;
  const io: Io = {
    out: (text) => {
      told.out += text;
    },
    err: (text) => {
      told.err += text;
    },
    outIsTerminal: false,
    errIsTerminal: false,
    columns: 100,
    env: {},
    cwd,
    ask: null,
    interrupted: new AbortController().signal,
  };
  const program = new Command('deployclock').exitOverride();
  initCommand(program, io, (action) => async (...args) => {
    exitCode = await action(...args);
  });
  await program.parseAsync(['init', ...words], { from: 'user' });
  return { exitCode, ...told };
}

async function refused(cwd: string, ...words: string[]): Promise<DeployclockError> {
  const error: unknown = await init(cwd, ...words).catch((thrown: unknown) => thrown);
  if (error instanceof DeployclockError) return error;
  throw error;
}

const app = {
  Dockerfile: 'FROM node\nCOPY . .\nEXPOSE 3000\n',
  'Dockerfile.slim': 'FROM node:slim\nCOPY . .\nEXPOSE 3000\n',
  'src/index.ts': 'export {}',
};

describe('init', () => {
  it('writes a scenario that loads, and tells what it found out', async () => {
    const cwd = folderWith(app);
    const { exitCode, out, err } = await init(cwd, 'Dockerfile', 'Dockerfile.slim', '--health', '/up', '--env', 'A=1');
    expect(exitCode).toBe(0);
    expect(out).toContain('deployclock run');
    expect(err).toContain('Port 3000, from EXPOSE in Dockerfile and Dockerfile.slim.\n');
    expect(loadScenario('.', cwd, '/nowhere')).toMatchObject({
      variants: [{ name: 'dockerfile' }, { name: 'slim' }],
      app: { port: 3000, env: { A: '1' } },
      ready: { check: 'http', path: '/up' },
      edits: { 'code-edit': [{ file: 'src/index.ts' }] },
    });
  });

  it("points an editor to the package's own schema", async () => {
    const cwd = folderWith(app);
    await init(cwd);
    const [, path = ''] =
      /^# yaml-language-server: \$schema=(.*)$/m.exec(readFileSync(join(cwd, 'scenario.yaml'), 'utf8')) ?? [];
    expect(JSON.parse(readFileSync(resolve(cwd, path), 'utf8'))).toHaveProperty('properties.variants');
  });

  it('does not write over a file, unless it is told to', async () => {
    const cwd = folderWith({ ...app, 'scenario.yaml': 'mine' });
    const error = await refused(cwd);
    expect(error).toMatchObject({ code: 'USAGE', exitCode: 2, hint: 'deployclock init --force' });
    expect(readFileSync(join(cwd, 'scenario.yaml'), 'utf8')).toBe('mine');
    expect((await init(cwd, '--force')).exitCode).toBe(0);
    expect(readFileSync(join(cwd, 'scenario.yaml'), 'utf8')).toContain('dockerfile: Dockerfile');
  });

  it.each([
    [['Dockerfile@v1'], 'deployclock run Dockerfile@v1'],
    [['Dockerfile', '--ref', 'v1', '--ref', 'main'], 'deployclock run Dockerfile --ref v1 --ref main'],
  ])('writes no revision down: %j', async (words, hint) => {
    const cwd = repositoryWith(app);
    gitIn(cwd, 'tag', 'v1');
    expect(await refused(cwd, ...words)).toMatchObject({ code: 'USAGE', hint });
    expect(existsSync(join(cwd, 'scenario.yaml'))).toBe(false);
  });

  it('leaves nothing behind where something is wrong', async () => {
    const cwd = folderWith({ Dockerfile: 'FROM node\n' });
    expect(await refused(cwd)).toMatchObject({ code: 'USAGE', hint: expect.stringContaining('--port') });
    writeFileSync(join(cwd, 'Dockerfile'), 'FRMO node\n');
    expect(await refused(cwd)).toMatchObject({ code: 'DOCKERFILE_INVALID' });
    expect(existsSync(join(cwd, 'scenario.yaml'))).toBe(false);
  });
});
