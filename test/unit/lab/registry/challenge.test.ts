import { expect, test } from 'vitest';
import { parseChallenge } from '../../../../src/lab/registry/challenge.ts';

const hub = { sort: 'bearer', realm: new URL('https://auth.docker.io/token'), service: 'registry.docker.io' };

test.each([
  [
    'Docker Hub’s',
    'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:me/app:pull,push"',
    { ...hub, scope: 'repository:me/app:pull,push' },
  ],
  [
    'one without a scope',
    'Bearer realm="https://auth.docker.io/token", service="registry.docker.io"',
    { ...hub, scope: null },
  ],
  [
    'another spelling',
    'bearer Realm=https://auth.docker.io/token,SERVICE="registry.\\docker.io"',
    { ...hub, scope: null },
  ],
  ['a password', 'Basic realm="Registry Realm"', { sort: 'basic' }],
  [
    'both, the token last',
    'Basic realm="x, y", Bearer realm="https://auth.docker.io/token",service="registry.docker.io"',
    { ...hub, scope: null },
  ],
  [
    'both, the token first',
    'Bearer realm="https://auth.docker.io/token",service="registry.docker.io", Basic realm="x"',
    { ...hub, scope: null },
  ],
  ['a token from nowhere and a password', 'Bearer realm="/token", Basic realm="x"', { sort: 'basic' }],
  ['something else', 'Negotiate', null],
  ['a token from nowhere', 'Bearer realm="nowhere"', null],
])('reads %s', (_, header, challenge) => {
  expect(parseChallenge(header)).toEqual(challenge);
});
