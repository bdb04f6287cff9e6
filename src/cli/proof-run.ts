import { resolve } from 'node:path';
import { DeployclockError } from '../errors.ts';
import { safeLine } from '../report/safe-text.ts';
import type { Sample } from '../results/sample.ts';
import { isFile } from '../scenario/on-disk.ts';
import type { Io } from './io.ts';

/** @throws DeployclockError USAGE */
export function requireResultsFolder(results: string, { cwd }: Pick<Io, 'cwd'>): void {
  if (isFile(resolve(cwd, results)))
    throw new DeployclockError('USAGE', `--results ${results}: this is a file, not a folder.`);
}

/** The deploys that do not count, with the reason: a line each. */
export function tellFailedDeploys(samples: readonly Sample[], io: Pick<Io, 'err'>): void {
  for (const { outcome, round, repeat, variant, kind, failure } of samples) {
    if (outcome === 'ok') continue;
    io.err(`round ${round} · ${variant} · ${kind} ${repeat}: ${outcome}: ${safeLine(failure?.message ?? '')}\n`);
  }
}
