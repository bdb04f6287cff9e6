import { expect, test } from 'vitest';
import { hostOfKey, parseRegistryAddress } from '../../../../src/lab/registry/registry-address.ts';

test.each([
  ['registry.example.com', { host: 'registry.example.com', prefix: '' }],
  ['registry.example.com/team/apps/', { host: 'registry.example.com', prefix: 'team/apps' }],
  ['registry:5000', { host: 'registry:5000', prefix: '' }],
  ['10.0.0.5:5000/team', { host: '10.0.0.5:5000', prefix: 'team' }],
  ['123.dkr.ecr.eu-west-1.amazonaws.com', { host: '123.dkr.ecr.eu-west-1.amazonaws.com', prefix: '' }],
])('reads %s', (written, { host, prefix }) => {
  expect(parseRegistryAddress(written)).toEqual({ host, apiHost: host, prefix, loginKey: host });
});

test.each(['docker.io/me', 'index.docker.io/me', 'registry-1.docker.io/me'])(
  '%s is Docker Hub, whose API and login have other names',
  (written) => {
    expect(parseRegistryAddress(written)).toEqual({
      host: 'docker.io',
      apiHost: 'registry-1.docker.io',
      prefix: 'me',
      loginKey: 'https://index.docker.io/v1/',
    });
  },
);

test.each([
  ['https://registry.example.com/team', 'without a scheme', '--registry registry.example.com/team'],
  ['localhost:5000', 'loopback', 'other machines'],
  ['127.0.0.1:5000/x', 'loopback', 'other machines'],
  ['[::1]:5000', 'loopback', 'other machines'],
  ['registry', 'with a dot or a port', 'registry.example.com'],
  ['', 'with a dot or a port', 'registry.example.com'],
  ['-oProxyCommand=x.y', 'with a dot or a port', 'registry.example.com'],
  ['user:password@registry.example.com', 'with a dot or a port', 'registry.example.com'],
  ['registry.example.com/Team', 'lower case', 'registry.example.com'],
  ['registry.example.com//team', 'single slashes', 'registry.example.com'],
  ['docker.io', 'an account', 'docker.io/ACCOUNT'],
  ['docker.io/me/more', 'an account', 'docker.io/ACCOUNT'],
])('refuses %j', (written, why, hint) => {
  expect(() => parseRegistryAddress(written)).toThrow(
    expect.objectContaining({
      code: 'USAGE',
      message: expect.stringContaining(why),
      hint: expect.stringContaining(hint),
    }),
  );
});

test('keys of Docker’s settings are told by their host', () => {
  expect(hostOfKey('https://registry.example.com/v2/')).toBe('registry.example.com');
  expect(hostOfKey('registry:5000')).toBe('registry:5000');
  expect(hostOfKey('https://index.docker.io/v1/')).toBe('docker.io');
});
