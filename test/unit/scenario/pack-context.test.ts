import { chmodSync, mkdirSync, symlinkSync, utimesSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { extract } from 'tar-stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseIgnore, readIgnore } from '../../../src/scenario/dockerignore.ts';
import { packContext } from '../../../src/scenario/pack-context.ts';
import { folderWith } from './folder.ts';

const keepAll = parseIgnore('', '.dockerignore');

interface Unpacked {
  readonly name: string;
  readonly type: string;
  readonly mode: number;
  readonly mtime: number;
  readonly owner: readonly [number, number];
  readonly linkname: string | null;
  readonly content: string;
}

async function unpack(tar: Buffer): Promise<Unpacked[]> {
  const unpacked: Unpacked[] = [];
  const extraction = extract();
  const done = new Promise<void>((finish, fail) => {
    extraction.on('finish', finish);
    extraction.on('error', fail);
  });
  extraction.on('entry', (header, stream, next) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk) => chunks.push(chunk as Buffer));
    stream.on('end', () => {
      const { name, type, mode, uid, gid, linkname } = header;
      const content = Buffer.concat(chunks).toString('utf8');
      unpacked.push({ name, type, mode, mtime: header.mtime.getTime(), owner: [uid, gid], linkname, content });
      next();
    });
  });
  extraction.end(tar);
  await done;
  return unpacked;
}

const packAll = (folder: string) =>
  packContext({ context: folder, dockerfile: join(folder, 'Dockerfile'), ignore: keepAll });

describe('packContext', () => {
  it('packs files, folders and links, sorted and without a trace of this machine', async () => {
    const folder = folderWith({ Dockerfile: 'FROM a', 'b/run.sh': '#!/bin/sh', 'b-c': 'x', 'a.txt': '' });
    chmodSync(join(folder, 'b/run.sh'), 0o700);
    chmodSync(join(folder, 'b-c'), 0o600);
    mkdirSync(join(folder, 'empty'));
    symlinkSync('../gone', join(folder, 'b/link'));
    const { tar, files, dockerfileName } = await packAll(folder);
    const entries = await unpack(tar);

    expect(entries.map(({ name, type, mode }) => [name.replace(/\/$/, ''), type, mode.toString(8)])).toEqual([
      ['Dockerfile', 'file', '644'],
      ['a.txt', 'file', '644'],
      ['b', 'directory', '755'],
      ['b-c', 'file', '644'],
      ['b/link', 'symlink', '777'],
      ['b/run.sh', 'file', '755'],
      ['empty', 'directory', '755'],
    ]);
    expect(entries.every(({ mtime, owner }) => mtime === 0 && owner[0] === 0 && owner[1] === 0)).toBe(true);
    expect(entries.find(({ name }) => name === 'b/link')?.linkname).toBe('../gone');
    expect({ files, dockerfileName }).toEqual({ files: 5, dockerfileName: 'Dockerfile' });
  });

  it('gives the same bytes for the same content, whatever its times, order and group rights', async () => {
    const one = folderWith({ Dockerfile: 'FROM a', 'src/a.ts': 'a', 'src/b.ts': 'b' });
    const other = folderWith({ 'src/b.ts': 'b', 'src/a.ts': 'a', Dockerfile: 'FROM a' });
    utimesSync(join(other, 'src/a.ts'), 1, 1);
    chmodSync(join(other, 'src/b.ts'), 0o664);
    const [first, second] = [await packAll(one), await packAll(other)];
    expect(first.tar.equals(second.tar)).toBe(true);

    const third = await packAll(folderWith({ Dockerfile: 'FROM a', 'src/a.ts': 'a', 'src/b.ts': 'c' }));
    expect(first.tar.equals(third.tar)).toBe(false);
  });

  it('keeps long paths and names outside ASCII whole', async () => {
    const long = `${'deep/'.repeat(60)}${'x'.repeat(120)}.txt`;
    const folder = folderWith({ Dockerfile: 'FROM a', [long]: 'long', 'übung/日本.txt': 'unicode' });
    symlinkSync('y'.repeat(150), join(folder, 'link'));
    const entries = await unpack((await packAll(folder)).tar);
    expect(entries.find(({ name }) => name === long)?.content).toBe('long');
    expect(entries.find(({ name }) => name === 'übung/日本.txt')?.content).toBe('unicode');
    expect(entries.find(({ name }) => name === 'link')?.linkname).toBe('y'.repeat(150));
  });

  it('leaves out what is ignored, but never the Dockerfile; a kept file brings its folder', async () => {
    const folder = folderWith({
      'docker/Dockerfile': 'FROM a',
      '.dockerignore': 'docker\nnode_modules\ndocs\n!docs/keep.md\n',
      'node_modules/a/index.js': 'a',
      'docs/keep.md': 'k',
      'docs/other.md': 'o',
    });
    const dockerfile = join(folder, 'docker/Dockerfile');
    const packed = await packContext({ context: folder, dockerfile, ignore: readIgnore(folder, dockerfile) });
    const names = (await unpack(packed.tar)).map(({ name }) => name.replace(/\/$/, ''));
    expect(names).toEqual(['.dockerignore', 'docs', 'docs/keep.md', 'docker/Dockerfile']);
    expect(packed.dockerfileName).toBe('docker/Dockerfile');
  });

  it('adds a Dockerfile from outside under a name that nothing else bears', async () => {
    const folder = folderWith({ 'Dockerfile.slim': 'FROM slim', 'app/.deployclock.Dockerfile': 'mine' });
    const packed = await packContext({
      context: join(folder, 'app'),
      dockerfile: join(folder, 'Dockerfile.slim'),
      ignore: keepAll,
    });
    const entries = await unpack(packed.tar);
    expect(entries.find(({ name }) => name === '.deployclock.Dockerfile')?.content).toBe('mine');
    expect(entries.find(({ name }) => name === packed.dockerfileName)?.content).toBe('FROM slim');
    expect(packed.files).toBe(2);
  });

  it('skips sockets', async () => {
    const folder = folderWith({ Dockerfile: 'FROM a' });
    const server = createServer();
    onTestFinished(() => void server.close());
    await new Promise<void>((listening) => server.listen(join(folder, 'app.sock'), listening));
    expect((await unpack((await packAll(folder)).tar)).map(({ name }) => name)).toEqual(['Dockerfile']);
  });

  // Most of the time goes into writing the files, which a busy disk can make long.
  it('packs five thousand files whole', { timeout: 60_000 }, async () => {
    const files = Object.fromEntries(
      Array.from({ length: 5000 }, (_, index) => [`src/${index % 50}/${index}.ts`, `${index}`]),
    );
    const folder = folderWith({ Dockerfile: 'FROM a', ...files });
    const packed = await packAll(folder);
    // A header of 512 bytes for each entry, a block of 512 for each content, and two empty blocks at the end.
    const [fileCount, folderCount] = [5001, 51];
    expect(packed.files).toBe(fileCount);
    expect(packed.tar.length).toBe(fileCount * 1024 + folderCount * 512 + 1024);
    expect(packed.tar.includes('src/49/4999.ts')).toBe(true);
  });
});
