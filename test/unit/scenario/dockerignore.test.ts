import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseIgnore, readIgnore } from '../../../src/scenario/dockerignore.ts';
import { errorOf, folderWith } from './folder.ts';

describe('parseIgnore', () => {
  it('leaves out what a pattern names, and everything under it', () => {
    const ignore = parseIgnore('# dependencies\nnode_modules\n**/*.log\n/dist/\n', '.dockerignore');
    expect(ignore.keeps('src/index.ts')).toBe(true);
    expect(ignore.keeps('node_modules/a/index.js')).toBe(false);
    expect(ignore.keeps('packages/node_modules/a.js')).toBe(true);
    expect(ignore.keeps('a/b/x.log')).toBe(false);
    expect(ignore.keeps('dist/index.js')).toBe(false);
    expect(ignore.enters('node_modules')).toBe(false);
    expect(ignore.enters('src')).toBe(true);
  });

  it('takes exceptions, and then enters ignored folders', () => {
    const ignore = parseIgnore('docs\n!docs/keep.md\n', '.dockerignore');
    expect(ignore.keeps('docs/other.md')).toBe(false);
    expect(ignore.keeps('docs/keep.md')).toBe(true);
    expect(ignore.enters('docs')).toBe(true);
  });

  it('tells upper from lower case, as Docker does', () => {
    expect(parseIgnore('README.md', '.dockerignore').keeps('readme.md')).toBe(true);
  });

  it('takes brackets and plus signs of folder names literally', () => {
    const ignore = parseIgnore('app/(group)/c++', '.dockerignore');
    expect(ignore.keeps('app/(group)/c++/x')).toBe(false);
    expect(ignore.keeps('app/group/c')).toBe(true);
  });

  it('reads a file that begins with a byte order mark', () => {
    expect(parseIgnore('\uFEFFdist\r\n', '.dockerignore').keeps('dist')).toBe(false);
  });

  it('says which file has a broken pattern', () => {
    const error = errorOf(() => parseIgnore('[', 'app/.dockerignore'));
    expect(error.code).toBe('DOCKERFILE_INVALID');
    expect(error.message).toContain('app/.dockerignore');
  });
});

describe('readIgnore', () => {
  it('prefers the rules beside the Dockerfile to those of the context', () => {
    const folder = folderWith({
      'app/.dockerignore': 'from-context',
      'slim.Dockerfile.dockerignore': 'from-dockerfile',
    });
    const slim = readIgnore(join(folder, 'app'), join(folder, 'slim.Dockerfile'));
    expect([slim.keeps('from-context'), slim.keeps('from-dockerfile')]).toEqual([true, false]);
    const full = readIgnore(join(folder, 'app'), join(folder, 'Dockerfile'));
    expect([full.keeps('from-context'), full.keeps('from-dockerfile')]).toEqual([false, true]);
  });

  it('keeps everything where there are no rules', () => {
    const folder = folderWith({ Dockerfile: 'FROM scratch' });
    expect(readIgnore(folder, join(folder, 'Dockerfile')).keeps('node_modules/a')).toBe(true);
  });
});
