import { describe, expect, it } from 'vitest';
import { exposedByImage } from '../../../../src/scenario/from-dockerfiles/official-images.ts';
import { portMissing, searchPort } from '../../../../src/scenario/from-dockerfiles/port.ts';

describe('exposedByImage', () => {
  it.each([
    ['nginx', 'nginx', 80],
    ['nginx:1.27-alpine', 'nginx', 80],
    ['docker.io/library/httpd:2.4', 'httpd', 80],
    ['caddy:2@sha256:0123', 'caddy', 80],
    ['nginxinc/nginx-unprivileged:stable', 'nginxinc/nginx-unprivileged', 8080],
    ['php:8.3-apache', 'php', 80],
    ['php:apache-bookworm', 'php', 80],
  ])('knows %s', (reference, image, port) => {
    expect(exposedByImage(reference)).toEqual({ image, port });
  });

  it.each([
    'node:20',
    'php:8.3-fpm',
    'php:8.3-cli',
    'wordpress:fpm',
    'registry.example:5000/nginx',
    'me/nginx',
    'constructor',
  ])('knows nothing of %s', (reference) => {
    expect(exposedByImage(reference)).toBeNull();
  });
});

describe('searchPort', () => {
  const image = (label: string, ports: readonly number[], base = 'node:20') => ({ label, ports, base });

  it.each([
    ['one that all expose', [image('A', [3000]), image('B', [3000])], 'Port 3000, from EXPOSE in A and B.'],
    [
      'the only one that all expose',
      [image('A', [3000, 9229]), image('B', [3000])],
      'Port 3000, from EXPOSE in A and B.',
    ],
    [
      'one that only some expose',
      [image('A', []), image('B', [3000]), image('C', [3000])],
      'Port 3000, from EXPOSE in B and C.',
    ],
    ['that of a base image', [image('A', [], 'nginx:1')], 'Port 80, which nginx exposes, the base image of A.'],
    ['what the Dockerfile says of it', [image('A', [80]), image('B', [], 'nginx')], 'Port 80, from EXPOSE in A.'],
    ['one in three times', [image('A', [1]), image('A', [1]), image('A', [1])], 'Port 1, from EXPOSE in A.'],
  ])('finds %s', (_, images, sentence) => {
    expect(searchPort(images)).toMatchObject({ sort: 'found', found: { sentence } });
  });

  it('finds none where nobody says one', () => {
    const search = searchPort([image('A', []), { label: 'B', ports: [], base: null }]);
    expect(search).toEqual({ sort: 'none' });
    if (search.sort === 'found') return;
    const error = portMissing(search, ['A', 'B']);
    expect(error.code).toBe('USAGE');
    expect(error.message).toContain('no EXPOSE in A or B');
    expect(error.hint).toContain('--port');
  });

  it.each([
    ['several', [image('A', [3000, 9229])], 'A exposes 3000 and 9229'],
    ['others', [image('A', [3000]), image('B', [8080])], 'A exposes 3000; B exposes 8080'],
    [
      'another than the base image',
      [image('A', [3000]), image('B', [], 'nginx')],
      'A exposes 3000; B exposes 80, by nginx',
    ],
  ])('asks which where they expose %s', (_, images, told) => {
    const search = searchPort(images);
    expect(search).toEqual({ sort: 'unclear', told });
    if (search.sort === 'found') return;
    expect(portMissing(search, ['A']).message).toContain(told);
  });
});
