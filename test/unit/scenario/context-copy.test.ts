import { existsSync, lstatSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyEdits, copyContext, readOriginals } from '../../../src/scenario/context-copy.ts';
import { parseIgnore, readIgnore } from '../../../src/scenario/dockerignore.ts';
import { folderWith } from './folder.ts';

const keepAll = parseIgnore('', '.dockerignore');

describe('copyContext', () => {
  it('copies what the rules keep, and the Dockerfile even where they leave it out', async () => {
    const folder = folderWith({
      Dockerfile: 'FROM a',
      '.dockerignore': 'node_modules\nDockerfile\n',
      'src/index.ts': 'index',
      'node_modules/big/index.js': 'big',
    });
    symlinkSync('src/index.ts', join(folder, 'link'));
    const source = { context: folder, dockerfile: join(folder, 'Dockerfile') };
    const copy = await copyContext(source, readIgnore(folder, source.dockerfile), folderWith({}));

    expect(readFileSync(join(copy.context, 'src/index.ts'), 'utf8')).toBe('index');
    expect(existsSync(join(copy.context, 'node_modules'))).toBe(false);
    expect(lstatSync(join(copy.context, 'link')).isSymbolicLink()).toBe(true);
    expect(readlinkSync(join(copy.context, 'link'))).toBe('src/index.ts');
    expect(copy.dockerfile).toBe(join(copy.context, 'Dockerfile'));
    expect(readFileSync(copy.dockerfile, 'utf8')).toBe('FROM a');
  });

  it('keeps a Dockerfile from outside the context outside the copy', async () => {
    const folder = folderWith({ 'Dockerfile.slim': 'FROM b', 'app/a.txt': 'a' });
    const source = { context: join(folder, 'app'), dockerfile: join(folder, 'Dockerfile.slim') };
    const copy = await copyContext(source, keepAll, folderWith({}));
    expect(readFileSync(copy.dockerfile, 'utf8')).toBe('FROM b');
    expect(copy.dockerfile.startsWith(copy.context)).toBe(false);
  });
});

describe('applyEdits', () => {
  const edits = [
    { action: 'replace', file: 'src/release.ts', find: "'initial'", with: "'{{nonce}}'" },
    { action: 'append', file: 'src/release.ts', text: '// {{nonce}}\n' },
  ] as const;

  it('starts from the original each time', async () => {
    const folder = folderWith({ 'src/release.ts': "const release = 'initial';\n" });
    const originals = await readOriginals(folder, edits);
    await applyEdits(folder, [{ edits, nonce: 'one' }], originals);
    await applyEdits(folder, [{ edits, nonce: 'two' }], originals);
    expect(readFileSync(join(folder, 'src/release.ts'), 'utf8')).toBe("const release = 'two';\n// two\n");
  });

  it('never follows a symbolic link: what it leads to is not ours', async () => {
    const shared = folderWith({ 'config.js': 'original' });
    const folder = folderWith({});
    symlinkSync(join(shared, 'config.js'), join(folder, 'config.js'));
    symlinkSync(shared, join(folder, 'lib'));
    const overlay = folderWith({ 'lib/new.js': '{{nonce}}' });
    for (const edit of [
      { action: 'append', file: 'config.js', text: '{{nonce}}' },
      { action: 'append', file: 'lib/config.js', text: '{{nonce}}' },
      { action: 'overlay', folder: overlay },
    ] as const) {
      await expect(readOriginals(folder, [edit])).rejects.toMatchObject({
        code: 'EDIT_FAILED',
        message: expect.stringContaining('symbolic link'),
      });
    }
    expect(readFileSync(join(shared, 'config.js'), 'utf8')).toBe('original');
  });

  it('fails where a file is missing', async () => {
    await expect(readOriginals(folderWith({}), edits)).rejects.toMatchObject({
      code: 'EDIT_FAILED',
      message: expect.stringContaining('src/release.ts'),
    });
  });

  it('fails where the text does not occur, and writes nothing', async () => {
    const folder = folderWith({ 'src/release.ts': 'changed', other: 'x' });
    const both = [{ action: 'append', file: 'other', text: '{{nonce}}' }, ...edits] as const;
    const originals = await readOriginals(folder, both);
    await expect(applyEdits(folder, [{ edits: both, nonce: 'n' }], originals)).rejects.toMatchObject({
      code: 'EDIT_FAILED',
    });
    expect(readFileSync(join(folder, 'other'), 'utf8')).toBe('x');
  });

  it('lays the edits of one kind on those of another, and takes them all back', async () => {
    const folder = folderWith({ 'src/release.ts': "'initial'", 'package-lock.json': '{}' });
    const lock = [{ action: 'append', file: 'package-lock.json', text: '\n{{nonce}}' }] as const;
    const originals = await readOriginals(folder, [...edits, ...lock]);
    await applyEdits(
      folder,
      [
        { edits, nonce: 'code' },
        { edits: lock, nonce: 'lock' },
      ],
      originals,
    );
    expect(readFileSync(join(folder, 'src/release.ts'), 'utf8')).toContain("'code'");
    expect(readFileSync(join(folder, 'package-lock.json'), 'utf8')).toBe('{}\nlock');
    await applyEdits(folder, [], originals);
    expect(readFileSync(join(folder, 'src/release.ts'), 'utf8')).toBe("'initial'");
    expect(readFileSync(join(folder, 'package-lock.json'), 'utf8')).toBe('{}');
  });

  it('overlays changed and new files with the nonce filled in, bytes as they are, and takes them back', async () => {
    const folder = folderWith({ 'src/a.txt': 'old' });
    const overlay = folderWith({ 'src/a.txt': 'new {{nonce}}', 'src/deep/b.txt': 'added' });
    const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x80]);
    writeFileSync(join(overlay, 'image.png'), bytes);
    const overlays = [{ action: 'overlay', folder: overlay }] as const;
    const originals = await readOriginals(folder, overlays);
    await applyEdits(folder, [{ edits: overlays, nonce: 'n1' }], originals);
    expect(readFileSync(join(folder, 'src/a.txt'), 'utf8')).toBe('new n1');
    expect(readFileSync(join(folder, 'src/deep/b.txt'), 'utf8')).toBe('added');
    expect(readFileSync(join(folder, 'image.png'))).toEqual(bytes);
    await applyEdits(folder, [], originals);
    expect(readFileSync(join(folder, 'src/a.txt'), 'utf8')).toBe('old');
    expect(existsSync(join(folder, 'src/deep/b.txt'))).toBe(false);
    expect(existsSync(join(folder, 'image.png'))).toBe(false);
  });
});
