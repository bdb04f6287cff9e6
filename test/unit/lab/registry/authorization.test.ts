import fc from 'fast-check';
import { expect, test } from 'vitest';
import { basicAuthorization, registryAuthorization, secretsIn } from '../../../../src/lab/registry/authorization.ts';
import { parseRegistryAddress } from '../../../../src/lab/registry/registry-address.ts';
import { createRedact } from '../../../../src/run/redact.ts';

const address = parseRegistryAddress('registry.example.com/team');
/** As an engine does: URL-safe, and strict about the padding. */
function decode(header: string): unknown {
  expect(header).toMatch(/^[A-Za-z0-9_-]+={0,2}$/);
  expect(header.length % 4).toBe(0);
  return JSON.parse(Buffer.from(header, 'base64url').toString('utf8'));
}

test('an engine gets the login as Docker’s API describes it', () => {
  const login = { sort: 'password', username: 'me', password: 'ÿþ?>~ü' } as const;
  expect(decode(registryAuthorization(login, address))).toEqual({
    username: 'me',
    password: 'ÿþ?>~ü',
    serveraddress: 'registry.example.com',
  });
  expect(decode(registryAuthorization({ sort: 'identity-token', token: 'refresh-me' }, address))).toEqual({
    identitytoken: 'refresh-me',
    serveraddress: 'registry.example.com',
  });
  expect(registryAuthorization({ sort: 'none' }, address)).toBe('e30=');
  expect(basicAuthorization(login)).toBe(`Basic ${Buffer.from('me:ÿþ?>~ü').toString('base64')}`);
  expect(secretsIn({ sort: 'none' }, address)).toEqual([]);
});

test('no spelling of a password is left in a text that was redacted', () => {
  const printable = fc.string({ minLength: 8, maxLength: 30, unit: 'grapheme-ascii' });
  fc.assert(
    fc.property(printable, fc.string({ minLength: 1, maxLength: 10, unit: 'grapheme-ascii' }), (password, name) => {
      const login = { sort: 'password', username: name.replaceAll(':', '_'), password } as const;
      const redact = createRedact(secretsIn(login, address));
      const spellings = [
        password,
        encodeURIComponent(password),
        Buffer.from(password).toString('base64'),
        basicAuthorization(login) ?? '',
        registryAuthorization(login, address),
        registryAuthorization(login, address).replace(/=+$/, ''),
      ];
      for (const spelling of spellings) expect(redact(`before ${spelling} after`)).not.toContain(spelling);
      expect(redact(`said ${JSON.stringify(password)}`)).not.toContain(JSON.stringify(password).slice(1, -1));
    }),
  );
});
