import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DeployclockError } from '../../../../src/errors.ts';
import { chooseCodeEdit } from '../../../../src/scenario/from-dockerfiles/code-edit.ts';
import { openEditContexts } from '../../../../src/scenario/from-dockerfiles/edit-contexts.ts';
import { errorOf, folderWith } from '../folder.ts';

type Files = Readonly<Record<string, string>>;

/** The edit of an app whose variants have these contexts, asked for in the first one. */
async function choose(given: string | null, ...contexts: Files[]) {
  const variants = contexts.map((files) => {
    const context = folderWith(files);
    return { context, dockerfile: join(context, 'Dockerfile') };
  });
  const context = variants[0]?.context ?? '';
  const opened = await openEditContexts(variants);
  return chooseCodeEdit(opened, given, { cwd: context, context });
}

async function refused(given: string, ...contexts: Files[]): Promise<DeployclockError> {
  const error: unknown = await choose(given, ...contexts).catch((thrown: unknown) => thrown);
  if (error instanceof DeployclockError) return error;
  throw error;
}

it('is of the file that was said, and has nothing to tell', async () => {
  const { edit, sentence } = await choose('./src/index.ts', { 'src/index.ts': 'a', 'main.py': '' });
  expect(edit).toMatchObject({ action: 'append', file: 'src/index.ts' });
  expect(sentence).toBeNull();
});

it('takes a path from the working folder and one from the context', async () => {
  const cwd = folderWith({ 'app/src/index.ts': '' });
  const context = join(cwd, 'app');
  const opened = await openEditContexts([{ context, dockerfile: join(cwd, 'Dockerfile') }]);
  for (const given of ['app/src/index.ts', 'src/index.ts', join(context, 'src/index.ts')]) {
    expect(chooseCodeEdit(opened, given, { cwd, context }).edit?.file).toBe('src/index.ts');
  }
});

it('is guessed from package.json, else by name', async () => {
  const node = await choose(null, { 'package.json': '{ "main": "dist/web.js" }', 'src/web.ts': '', 'index.js': '' });
  expect(node.edit?.file).toBe('src/web.ts');
  expect(node.sentence).toBe('The code edit changes src/web.ts, guessed from package.json.');
  const python = await choose(null, { 'main.py': '' });
  expect(python.sentence).toBe('The code edit changes main.py, guessed from its name.');
});

it('is of a file that every variant has, and sends to the engine', async () => {
  const one = { 'main.py': '', 'app.py': '', 'server.py': '' };
  const other = { 'main.py': '', 'app.py': '', '.dockerignore': 'main.py' };
  expect((await choose(null, one, other)).edit?.file).toBe('app.py');
});

it('is none where no file has a usual name', async () => {
  const { edit, sentence } = await choose(null, { 'a.txt': '' });
  expect(edit).toBeNull();
  expect(sentence).toContain('No code edit');
  expect(sentence).toContain('--edit');
});

it.each([
  ['is missing', 'src/idnex.ts', [{ 'src/index.ts': '' }], 'Did you mean "src/index.ts"?'],
  ['is not in every context', 'a.ts', [{ 'a.ts': '' }, { 'b.ts': '' }], 'not every build context'],
  ['is ignored', 'a.ts', [{ 'a.ts': '', '.dockerignore': '*.ts' }], '.dockerignore'],
  ['lies elsewhere', '../a.ts', [{ 'b.ts': '' }], 'not every build context'],
  ['is JSON', 'a.json', [{ 'a.json': '{}' }], 'JSON has no comments'],
  ['is of an unknown kind', 'a.bin', [{ 'a.bin': '' }], 'a .bin file is not known'],
])('refuses a file that %s', async (_, file, contexts, told) => {
  const error = await refused(file, ...contexts);
  expect(error.code).toBe('USAGE');
  expect(error.message).toContain(`--edit ${file}`);
  expect(error.message).toContain(told);
  expect(error.hint).not.toBeNull();
});

it('tells where an edit can be written for a file of an unknown kind', async () => {
  expect((await refused('a.bin', { 'a.bin': '' })).hint).toContain('deployclock init');
});

it('refuses a symbolic link, which may lead out of the private copy', async () => {
  const context = folderWith({ 'real.ts': '' });
  symlinkSync('real.ts', join(context, 'index.ts'));
  const opened = await openEditContexts([{ context, dockerfile: join(context, 'Dockerfile') }]);
  expect(errorOf(() => chooseCodeEdit(opened, 'index.ts', { cwd: context, context })).code).toBe('USAGE');
});
