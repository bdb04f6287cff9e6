import { expect, test } from 'vitest';
import { parseAddress } from '../../../../src/lab/endpoint/parse-address.ts';

const tls = { ca: 'ca', cert: 'cert', key: 'key' };

test.each([
  ['unix:///run/docker.sock', { sort: 'unix', path: '/run/docker.sock' }],
  ['/run/docker.sock', { sort: 'unix', path: '/run/docker.sock' }],
  ['tcp://10.0.0.1', { sort: 'tcp', host: '10.0.0.1', port: 2375, tls: null }],
  ['tcp://box:4000/', { sort: 'tcp', host: 'box', port: 4000, tls: null }],
  ['tcp://[::1]:2375', { sort: 'tcp', host: '::1', port: 2375, tls: null }],
  ['http://box', { sort: 'tcp', host: 'box', port: 80, tls: null }],
  ['ssh://box', { sort: 'ssh', host: 'box', port: 22, user: null }],
  ['ssh://deploy@box:2222', { sort: 'ssh', host: 'box', port: 2222, user: 'deploy' }],
])('reads %s', (written, address) => {
  expect(parseAddress(written, null)).toEqual(address);
});

test('a TCP address with keys is TLS on the TLS port', () => {
  expect(parseAddress('tcp://box', tls)).toEqual({ sort: 'tcp', host: 'box', port: 2376, tls });
  expect(parseAddress('https://box', tls)).toEqual({ sort: 'tcp', host: 'box', port: 443, tls });
});

test.each([
  '',
  'box',
  'box:2375',
  'unix://',
  'unix://relative.sock',
  'npipe:////./pipe/docker_engine',
  'https://box',
  'ssh://box/run/docker.sock',
  'tcp://box:99999',
])('refuses %j', (written) => {
  expect(parseAddress(written, null)).toBeNull();
});
