import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nameVariants } from '../../../../src/scenario/from-dockerfiles/variant-names.ts';

const plain = (...paths: string[]) => paths.map((path) => ({ path, ref: null }));

it.each([
  [
    ['Dockerfile', 'Dockerfile.slim'],
    ['dockerfile', 'slim'],
  ],
  [
    ['docker/api.Dockerfile', 'docker/web.dockerfile'],
    ['api', 'web'],
  ],
  [
    ['Dockerfile-slim', 'Dockerfile_fat', 'Containerfile'],
    ['slim', 'fat', 'dockerfile'],
  ],
  [
    ['before/Dockerfile', 'after/Dockerfile'],
    ['before', 'after'],
  ],
  [
    ['Dockerfile', 'docker/Dockerfile'],
    ['dockerfile', 'docker'],
  ],
  [
    ['a/Dockerfile.slim', 'b/Dockerfile.slim'],
    ['a-slim', 'b-slim'],
  ],
  [
    ['Dockerfile.20-slim', 'Dockerfile.NODE_22'],
    ['dockerfile-20-slim', 'node-22'],
  ],
  [
    ['Dockerfile', 'Dockerfile'],
    ['dockerfile', 'dockerfile-2'],
  ],
  [
    ['a-b/Dockerfile', 'a_b/Dockerfile'],
    ['a-b', 'a-b-2'],
  ],
])('%j are %j', (paths, names) => {
  expect(nameVariants(plain(...paths))).toEqual(names);
});

it('names revisions of one Dockerfile by the revision', () => {
  const at = (...refs: (string | null)[]) => nameVariants(refs.map((ref) => ({ path: 'Dockerfile', ref })));
  expect(at('main', 'HEAD')).toEqual(['main', 'head']);
  expect(at(null, 'v1.2')).toEqual(['dockerfile', 'v1-2']);
  expect(at('feature/new_base', 'HEAD~1', '1.4')).toEqual(['feature-new-base', 'head-1', 'ref-1-4']);
  expect(at('2f1e8a0c55d1ce7e23fb2e3a1a6f7bb2b8f0a9d1', 'main')).toEqual(['ref-2f1e8a0c55', 'main']);
  expect(at('@', 'main')).toEqual(['ref', 'main']);
});

it('names several Dockerfiles at several revisions by both', () => {
  const both = ['main', 'next'].flatMap((ref) => ['Dockerfile', 'Dockerfile.slim'].map((path) => ({ path, ref })));
  expect(nameVariants(both)).toEqual(['dockerfile-main', 'slim-main', 'dockerfile-next', 'slim-next']);
});

it('gives every variant a name of its own that the schema takes', () => {
  const dockerfile = fc.record({
    path: fc.oneof(fc.constantFrom('Dockerfile', 'a/Dockerfile', 'Dockerfile.slim'), fc.string({ minLength: 1 })),
    ref: fc.option(fc.oneof(fc.constantFrom('main', 'v1.2'), fc.string({ minLength: 1, maxLength: 80 }))),
  });
  fc.assert(
    fc.property(fc.array(dockerfile, { minLength: 1, maxLength: 12 }), (dockerfiles) => {
      const names = nameVariants(dockerfiles);
      expect(new Set(names).size).toBe(dockerfiles.length);
      for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9-]{0,31}$/);
    }),
  );
});
