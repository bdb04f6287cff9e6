import { expect, it } from 'vitest';
import { parseDockerfileName } from '../../../../src/scenario/from-dockerfiles/dockerfile-name.ts';

it.each([
  ['Dockerfile', [], 'Dockerfile', null],
  ['Dockerfile@v1.2', ['Dockerfile'], 'Dockerfile', 'v1.2'],
  ['gone/Dockerfile@v1.2', [], 'gone/Dockerfile', 'v1.2'],
  ['Dockerfile@HEAD@{1}', ['Dockerfile'], 'Dockerfile', 'HEAD@{1}'],
  ['Dockerfile@feature/x@y', [], 'Dockerfile', 'feature/x@y'],
  ['Dockerfile@v1.2', ['Dockerfile', 'Dockerfile@v1.2'], 'Dockerfile@v1.2', null],
  ['me@home/Dockerfile@v1', ['me@home/Dockerfile'], 'me@home/Dockerfile', 'v1'],
  ['@scope/app/Dockerfile', [], '@scope/app/Dockerfile', null],
  ['pkg/@scope/app/Dockerfile@v1', [], 'pkg/@scope/app/Dockerfile', 'v1'],
  ['Dockerfile@', [], 'Dockerfile@', null],
])('%s, where %j are files', (written, files, path, ref) => {
  expect(parseDockerfileName(written, (name) => files.some((file) => file === name))).toEqual({ path, ref });
});
