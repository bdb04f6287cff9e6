import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { folderWith } from './folder.ts';

/** Runs git for a test, untouched by the settings of the person who runs it. */
export function gitIn(folder: string, ...parameters: string[]): string {
  const settings = [
    'user.name=Test',
    'user.email=test@localhost',
    'protocol.file.allow=always',
    'commit.gpgSign=false',
  ];
  return execFileSync('git', [...settings.flatMap((setting) => ['-c', setting]), ...parameters], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1' },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();
}

/** A new repository with these files in its first commit, on the branch `main`. */
export function repositoryWith(files: Readonly<Record<string, string>>): string {
  const folder = folderWith({});
  gitIn(folder, 'init', '--quiet', '--initial-branch=main');
  commit(folder, files);
  return folder;
}

/** Writes these files and commits everything. */
export function commit(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  gitIn(folder, 'add', '--all');
  gitIn(folder, 'commit', '--quiet', '--message', 'change');
}

/** Everything in a folder, `.git` too: each path with its mode, content and time of change. */
export function everythingIn(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()) {
    const full = join(folder, path);
    const { mode, mtimeMs } = lstatSync(full);
    const content = lstatSync(full).isSymbolicLink()
      ? readlinkSync(full)
      : lstatSync(full).isFile()
        ? readFileSync(full)
        : '';
    found[path] = `${mode} ${mtimeMs} ${createHash('sha256').update(content).digest('hex')}`;
  }
  return found;
}
