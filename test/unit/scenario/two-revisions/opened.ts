import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import { DeployclockError } from '../../../../src/errors.ts';
import type { Given } from '../../../../src/scenario/from-dockerfiles/given.ts';
import type { RevisionSubject } from '../../../../src/scenario/two-revisions/head-scenario.ts';
import { openTwoRevisions, type TwoRevisions } from '../../../../src/scenario/two-revisions.ts';
import { folderWith } from '../folder.ts';
import { given } from '../from-dockerfiles/given.ts';
import { commit, everythingIn, gitIn, repositoryWith } from '../repository.ts';

/** Each of these tests runs git dozens of times, which is quick on a machine that has nothing else to do. */
export const patience = { testTimeout: 60_000 };

export const dockerfile = (over: Partial<Given> = {}): RevisionSubject => ({ sort: 'dockerfile', given: given(over) });

export const written = (scenario: string, over: { variant?: string } = {}): RevisionSubject => ({
  sort: 'scenario',
  scenario,
  variant: over.variant ?? null,
  overrides: given(),
});

export interface Wanted {
  readonly base?: string;
  readonly head?: string | null;
  readonly subject?: RevisionSubject;
  /** Below the repository's root. */
  readonly cwd?: string;
}

/** Opens the two revisions, and sees that nothing changed in the repository. */
export async function open(folder: string, wanted: Wanted = {}): Promise<TwoRevisions> {
  const before = everythingIn(folder);
  const { base = 'main', head = null, subject = dockerfile(), cwd = '.' } = wanted;
  const opened = await openTwoRevisions({ base, head, subject: () => subject }, join(folder, cwd));
  onTestFinished(opened.close);
  expect(everythingIn(folder)).toEqual(before);
  return opened;
}

export async function failureOf(folder: string, wanted: Wanted): Promise<DeployclockError> {
  const temporary = folderWith({});
  vi.stubEnv('TMPDIR', temporary);
  const error: unknown = await open(folder, wanted).catch((thrown: unknown) => thrown);
  expect(readdirSync(temporary)).toEqual([]);
  if (error instanceof DeployclockError) return error;
  throw error;
}

export const app = {
  Dockerfile: 'FROM node:20\nCOPY . .\nEXPOSE 3000\nCMD ["node", "dist/index.js"]\n',
  'package.json': '{ "name": "app", "main": "dist/index.js" }',
  'package-lock.json': '{ "name": "app", "lockfileVersion": 3 }',
  'src/index.ts': 'export {}',
};

/** `main`, and a branch on it with one more commit, which is checked out. */
export function branched(base: Readonly<Record<string, string>>, changes: Readonly<Record<string, string>>): string {
  const folder = repositoryWith(base);
  gitIn(folder, 'switch', '--quiet', '--create', 'work');
  commit(folder, changes);
  return folder;
}

export const slimmed = { Dockerfile: app.Dockerfile.replace('node:20', 'node:20-slim') };
