import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withTemporaryFolder } from '../../../../src/lab/setup/temporary-folder.ts';

test('the folder is there during the use and gone after it', async () => {
  const folder = await withTemporaryFolder('test', async (lent) => {
    await mkdir(join(lent, 'deep'));
    await writeFile(join(lent, 'deep/file'), 'x');
    return lent;
  });
  expect(existsSync(folder)).toBe(false);
});

test('it is gone after a failure too, and the failure is passed on', async () => {
  let seen = '';
  const failing = withTemporaryFolder('test', async (lent) => {
    seen = lent;
    throw new Error('failed');
  });
  await expect(failing).rejects.toThrow('failed');
  expect(seen).not.toBe('');
  expect(existsSync(seen)).toBe(false);
});
