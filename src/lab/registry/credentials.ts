import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import { DeployclockError } from '../../errors.ts';
import type { Environment } from '../endpoint/choose-endpoint.ts';
import { parseJson } from './parse-json.ts';
import { hostOfKey, type RegistryAddress } from './registry-address.ts';

/** What Docker has kept of a `docker login`. */
export type Credentials =
  | { readonly sort: 'none' }
  | { readonly sort: 'password'; readonly username: string; readonly password: string }
  /** An OAuth2 refresh token in the place of the password. */
  | { readonly sort: 'identity-token'; readonly token: string };

const none: Credentials = { sort: 'none' };

const login = z.object({
  auth: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  identitytoken: z.string().optional(),
});
const settingsFile = z.object({
  auths: z.record(z.string(), login).optional(),
  credHelpers: z.record(z.string(), z.string()).optional(),
  credsStore: z.string().optional(),
});
type Settings = z.infer<typeof settingsFile>;

const helperAnswer = z.object({ Username: z.string(), Secret: z.string() });
/** The user name with which a helper says that its secret is an identity token (docker/cli config/credentials/native_store.go). */
const tokenUser = '<token>';

/**
 * Finds a registry's login where `docker login` put it: the helper for this host, else the helper for all, else the settings file itself.
 * @throws DeployclockError REGISTRY_DENIED where the settings are damaged or a helper fails; never with what these said
 */
export async function findCredentials(
  address: RegistryAddress,
  { env, home }: { readonly env: Environment; readonly home: string },
): Promise<Credentials> {
  const settings = await readSettings(join(env.DOCKER_CONFIG || join(home, '.docker'), 'config.json'));
  const helper =
    settings.credHelpers?.[address.loginKey] ?? settings.credHelpers?.[address.host] ?? settings.credsStore;
  if (helper) return await askHelper(helper, address, env);
  const entries = Object.entries(settings.auths ?? {});
  const entry =
    entries.find(([key]) => key === address.loginKey) ?? entries.find(([key]) => hostOfKey(key) === address.host);
  return entry === undefined ? none : readLogin(entry[1]);
}

async function readSettings(path: string): Promise<Settings> {
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
    if (code === 'ENOENT' || code === 'ENOTDIR') return '{}';
    throw new DeployclockError('REGISTRY_DENIED', `${path}, where Docker keeps its logins, cannot be read.`);
  });
  const parsed = settingsFile.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  // Not with the parser's words: they quote the file.
  throw new DeployclockError('REGISTRY_DENIED', `${path} is not as Docker writes it.`);
}

function readLogin({ auth, username, password, identitytoken }: z.infer<typeof login>): Credentials {
  if (identitytoken) return { sort: 'identity-token', token: identitytoken };
  if (!auth) return username && password ? { sort: 'password', username, password } : none;
  const text = Buffer.from(auth, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1) return none;
  // Docker pads with zero bytes in some versions, and cuts them off in all (docker/cli config/configfile/file.go).
  return { sort: 'password', username: text.slice(0, colon), password: text.slice(colon + 1).replace(/\0+$/, '') };
}

async function askHelper(name: string, { loginKey }: RegistryAddress, env: Environment): Promise<Credentials> {
  const program = `docker-credential-${name}`;
  const { failed, code, stdout, exitCode } = await execa(program, ['get'], {
    input: loginKey,
    env: { ...env },
    extendEnv: false,
    reject: false,
    timeout: 30_000,
  });
  // The helpers' own protocol (docker/docker-credential-helpers credentials/error.go).
  if (failed && /credentials not found in native keychain/.test(stdout ?? '')) return none;
  const parsed = helperAnswer.safeParse(parseJson(stdout ?? ''));
  if (failed || !parsed.success) {
    const why =
      code === 'ENOENT' ? 'is not on the PATH' : failed ? `failed with exit code ${exitCode}` : 'gave no login';
    throw new DeployclockError(
      'REGISTRY_DENIED',
      `Docker keeps the login for ${loginKey} with ${program}, which ${why}.`,
      {
        hint: `echo ${loginKey} | ${program} get`,
      },
    );
  }
  const { Username: username, Secret: secret } = parsed.data;
  if (username === tokenUser) return { sort: 'identity-token', token: secret };
  return username === '' ? none : { sort: 'password', username, password: secret };
}
