import { expect, test } from 'vitest';
import { sshFailure } from '../../../../src/lab/server/ssh-error.ts';

const destination = 'ssh://deploy@box';

/** What OpenSSH 9.2 wrote, recorded. */
test.each([
  [
    ['deploy@box: Permission denied (publickey,keyboard-interactive).'],
    'accepts none of the keys',
    'ssh-copy-id ssh://deploy@box',
  ],
  [['Host key verification failed.'], 'not in known_hosts', 'compare the fingerprint'],
  [
    ['@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @', 'Host key verification failed.'],
    'another than the one in known_hosts',
    'read what it says',
  ],
  [['ssh: Could not resolve hostname box: Name or service not known'], 'no such host', '~/.ssh/config'],
  [['channel 3: open failed: administratively prohibited: open failed'], 'does not forward', 'AllowTcpForwarding yes'],
  [
    [
      'mux_client_forward: forwarding request failed: remote port forwarding failed for listen port 0',
      'muxclient: master forward request failed',
    ],
    'does not forward',
    'AllowTcpForwarding yes',
  ],
  [
    ['ssh: connect to host box port 22: Connection refused'],
    'Connection refused.',
    'ssh ssh://deploy@box docker version',
  ],
  [[], 'without a word', 'ssh ssh://deploy@box docker version'],
])('%j', (words, why, hint) => {
  expect(sshFailure(destination, 'No connection', words)).toMatchObject({
    code: 'ENGINE_UNREACHABLE',
    message: expect.stringContaining(`No connection: `),
    hint: expect.stringContaining(hint),
    excerpt: words.length === 0 ? null : words.join('\n'),
  });
  expect(sshFailure(destination, 'No connection', words).message).toContain(why);
});
