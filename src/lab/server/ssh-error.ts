import { DeployclockError } from '../../errors.ts';

interface Trouble {
  readonly words: RegExp;
  readonly what: string;
  readonly hint: (destination: string) => string;
}

/** The words of OpenSSH's client (ssh.c, sshconnect.c, channels.c), the ones that explain the others first. */
const troubles: readonly Trouble[] = [
  {
    words: /REMOTE HOST IDENTIFICATION HAS CHANGED/,
    what: 'its host key is another than the one in known_hosts',
    hint: (destination) => `ssh ${destination}, and read what it says about the key`,
  },
  {
    words: /Host key verification failed/,
    what: 'its host key is not in known_hosts',
    hint: (destination) => `ssh ${destination}, compare the fingerprint, and accept it once`,
  },
  {
    words: /Permission denied|Too many authentication failures/,
    what: 'it accepts none of the keys that ssh has without asking',
    hint: (destination) => `ssh-add, or ssh-copy-id ${destination}`,
  },
  {
    words: /Could not resolve hostname/,
    what: 'there is no such host',
    hint: (destination) => `ssh ${destination}; check the name, and ~/.ssh/config`,
  },
  {
    words: /administratively prohibited|remote port forwarding failed/,
    what: 'its sshd does not forward connections',
    hint: () => 'sshd_config there: AllowTcpForwarding yes, AllowStreamLocalForwarding yes',
  },
];

/**
 * The error for what OpenSSH could not do.
 * @param words what ssh wrote to its standard error
 */
export function sshFailure(destination: string, what: string, words: readonly string[]): DeployclockError {
  const said = words.filter((line) => line.trim() !== '');
  const known = troubles.find((trouble) => said.some((line) => trouble.words.test(line)));
  const why = known?.what ?? said.at(-1)?.trim() ?? 'ssh ended without a word';
  return new DeployclockError('ENGINE_UNREACHABLE', `${what}: ${why}.`.replace(/\.\.$/, '.'), {
    hint: known?.hint(destination) ?? `ssh ${destination} docker version`,
    ...(said.length === 0 ? {} : { excerpt: said.slice(-8).join('\n') }),
  });
}
