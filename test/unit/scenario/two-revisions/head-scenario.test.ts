import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { app, branched, dockerfile, failureOf, patience, slimmed, type Wanted, written } from './opened.ts';

vi.setConfig(patience);

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('what cannot be measured leaves nothing behind', () => {
  it.each<[string, Wanted, string, string]>([
    ['a base that is not there', { base: 'mian' }, 'REVISION_NOT_FOUND', 'Did you mean "main"?'],
    ['a head that is not there', { head: 'wrok' }, 'REVISION_NOT_FOUND', 'Did you mean "work"?'],
    [
      'a Dockerfile of another name',
      { subject: dockerfile({ dockerfiles: ['Dockerfil'] }) },
      'DOCKERFILE_NOT_FOUND',
      'There is no Dockerfile Dockerfil in HEAD. Did you mean "Dockerfile"?',
    ],
    [
      'a Dockerfile that is not committed',
      { subject: dockerfile({ dockerfiles: ['Dockerfile.new'] }) },
      'USAGE',
      'Dockerfile.new is here, but not in HEAD: only what is committed is measured.',
    ],
    [
      'two Dockerfiles',
      { subject: dockerfile({ dockerfiles: ['Dockerfile', 'Dockerfile.slim'] }) },
      'USAGE',
      'compared by one Dockerfile',
    ],
    [
      'a Dockerfile at a revision',
      { subject: dockerfile({ dockerfiles: ['Dockerfile@main'] }) },
      'USAGE',
      'those of --base and --head',
    ],
    [
      'a Dockerfile outside of the repository',
      { subject: dockerfile({ dockerfiles: ['../Dockerfile'] }) },
      'USAGE',
      '../Dockerfile lies outside of the repository',
    ],
    ['a scenario outside of the repository', { subject: written('..') }, 'USAGE', '.. lies outside of the repository'],
    [
      'builders in two modes',
      { subject: dockerfile({ builders: ['fresh', 'warm'] }) },
      'USAGE',
      'base and head are built in one mode',
    ],
    ['a stage that head lacks', { subject: dockerfile({ target: 'run' }) }, 'DOCKERFILE_INVALID', 'no stage "run"'],
  ])('%s', async (_, wanted, code, message) => {
    const folder = branched(app, slimmed);
    writeFileSync(join(folder, 'Dockerfile.new'), 'FROM a');
    const error = await failureOf(folder, wanted);
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });
});
