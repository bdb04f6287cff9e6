import { expect, test } from 'vitest';
import { parseImageReference } from '../../../../src/lab/mirror/image-reference.ts';

test.each([
  ['node', null, 'library/node', 'latest'],
  ['node:20-slim', null, 'library/node', '20-slim'],
  ['docker.io/library/node:20', null, 'library/node', '20'],
  ['docker.io/node:20', null, 'library/node', '20'],
  ['bitnami/redis:7', null, 'bitnami/redis', '7'],
  ['node@sha256:abc', null, 'library/node', 'sha256:abc'],
  ['node:20@sha256:abc', null, 'library/node', 'sha256:abc'],
  ['example.com/team/app:1', 'example.com', 'team/app', '1'],
  ['localhost:5000/app', 'localhost:5000', 'app', 'latest'],
  ['localhost/app:2', 'localhost', 'app', '2'],
])('%s', (written, registry, repository, reference) => {
  expect(parseImageReference(written)).toEqual({ registry, repository, reference });
});
