import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findContext } from '../../../../src/scenario/from-dockerfiles/context.ts';
import { errorOf, folderWith } from '../folder.ts';

const copies = (...sources: string[]) => ['FROM a', ...sources.map((source) => `COPY ${source} ./`)].join('\n');

function contextOf(cwd: string, path: string, text: string, given: string | null = null) {
  return findContext({ label: path, path, ref: null, file: join(cwd, path), cwd, tree: null }, text, given, cwd);
}

describe('what was not said', () => {
  const cwd = () =>
    folderWith({
      'package.json': '{}',
      'services/api/package.json': '{}',
      'services/api/src/index.ts': '',
      'services/api/docker/Dockerfile': '',
    });

  it.each([
    ['the working folder', 'Dockerfile', copies('package.json', '.'), '.'],
    ['the working folder for a Dockerfile below it', 'docker/Dockerfile', copies('package*.json'), '.'],
    ['the folder that has what is copied', 'services/api/Dockerfile', copies('package.json src'), 'services/api'],
    [
      'a folder on the way, by a list',
      'services/api/docker/Dockerfile',
      'FROM a\nCOPY ["src/index.ts", "./"]',
      'services/api',
    ],
    ['by a wild card', 'services/api/docker/Dockerfile', copies('src/*.t[sx]'), 'services/api'],
    [
      'by a bind mount',
      'services/api/Dockerfile',
      'FROM a\nRUN --mount=type=bind,source=src,target=x true',
      'services/api',
    ],
    ['the working folder where nothing fits', 'services/api/Dockerfile', copies('gone'), '.'],
    [
      'not by what comes from elsewhere',
      'services/api/Dockerfile',
      'FROM a\nCOPY --from=b src ./\nADD https://x.example/src ./\nCOPY $SRC ./\nCOPY <<EOF /x\nsrc\nEOF',
      '.',
    ],
  ])('is %s', (_, path, text, expected) => {
    const folder = cwd();
    const { context, which } = contextOf(folder, path, text);
    expect(context).toBe(join(folder, expected));
    expect(which).toContain(expected === '.' ? 'the working folder' : expected);
  });

  it('is told to lack what is copied where no folder has it', () => {
    const { which } = contextOf(cwd(), 'services/api/Dockerfile', copies('package.json gone', 'lost/*.txt'));
    expect(which).toBe('the working folder, which lacks gone and lost/*.txt');
  });

  it('is its own folder for a Dockerfile from elsewhere', () => {
    const folder = folderWith({ 'here/x': '', 'there/Dockerfile': '' });
    const file = join(folder, 'there/Dockerfile');
    const found = {
      label: '../there/Dockerfile',
      path: '../there/Dockerfile',
      ref: null,
      file,
      cwd: join(folder, 'here'),
      tree: null,
    };
    expect(findContext(found, copies('gone'), null, found.cwd)).toEqual({
      context: join(folder, 'there'),
      which: '../there, its own folder',
    });
  });
});

describe('what was said', () => {
  it('is taken from the working folder', () => {
    const cwd = folderWith({ 'app/x': '' });
    expect(contextOf(cwd, 'Dockerfile', copies('.'), 'app')).toEqual({ context: join(cwd, 'app'), which: null });
  });

  it('must be a folder', () => {
    const cwd = folderWith({ x: '' });
    const error = errorOf(() => contextOf(cwd, 'Dockerfile', copies('.'), 'x'));
    expect(error.code).toBe('USAGE');
    expect(error.message).toBe('--context x: there is no such folder here.');
  });

  it('must lie in the revision', () => {
    const cwd = folderWith({ x: '' });
    const tree = folderWith({ Dockerfile: '' });
    const found = {
      label: 'Dockerfile@v1',
      path: 'Dockerfile',
      ref: 'v1',
      file: join(tree, 'Dockerfile'),
      cwd: tree,
      tree,
    };
    expect(findContext(found, copies('.'), '.', cwd).context).toBe(tree);
    expect(findContext(found, copies('.'), cwd, cwd).context).toBe(tree);
    expect(errorOf(() => findContext(found, copies('.'), '..', cwd)).message).toContain('no such folder in v1');
  });
});
