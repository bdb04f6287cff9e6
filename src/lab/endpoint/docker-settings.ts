import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { DeployclockError, messageOf } from '../../errors.ts';
import type { Tls } from './parse-address.ts';

/** Docker's name for "no context": the environment's or the machine's own engine. */
export const defaultContext = 'default';

export interface DockerContext {
  /** As written: `unix:///…`, `tcp://…`, `ssh://…`. */
  readonly host: string;
  readonly tls: Tls;
}

const settingsFile = z.object({ currentContext: z.string().optional() });
const metaFile = z.object({ Endpoints: z.object({ docker: z.object({ Host: z.string().min(1) }) }) });

/**
 * The context that `docker context use` chose, from `config.json` in Docker's settings folder; null where none was.
 * @throws DeployclockError ENGINE_UNREACHABLE where the file is damaged
 */
export async function readCurrentContext(folder: string): Promise<string | null> {
  const path = join(folder, 'config.json');
  const text = await readIfThere(path);
  if (text === null) return null;
  return parse(settingsFile, path, text).currentContext || null;
}

/**
 * What a Docker context says, from Docker's context store: `contexts/meta/<SHA-256 of the name>/meta.json` and the key
 * material in `contexts/tls` beside it.
 * @throws DeployclockError ENGINE_UNREACHABLE where there is no such context, or its files are damaged
 */
export async function readDockerContext(folder: string, name: string): Promise<DockerContext> {
  const id = createHash('sha256').update(name).digest('hex');
  const path = join(folder, 'contexts', 'meta', id, 'meta.json');
  const text = await readIfThere(path);
  if (text === null) {
    throw new DeployclockError('ENGINE_UNREACHABLE', `There is no Docker context named ${name} in ${folder}.`, {
      hint: 'docker context ls',
    });
  }
  const host = parse(metaFile, path, text).Endpoints.docker.Host;
  const keys = join(folder, 'contexts', 'tls', id, 'docker');
  const secured =
    (await readIfThere(join(keys, 'ca.pem'))) !== null || (await readIfThere(join(keys, 'cert.pem'))) !== null;
  return { host, tls: secured ? await readTls(keys) : null };
}

/**
 * The key material in `folder`, under the names that Docker gives the files.
 * @throws DeployclockError ENGINE_UNREACHABLE naming the file that is missing
 */
export async function readTls(folder: string): Promise<NonNullable<Tls>> {
  const read = async (name: string): Promise<string> => {
    const text = await readIfThere(join(folder, name));
    if (text !== null) return text;
    throw new DeployclockError(
      'ENGINE_UNREACHABLE',
      `The engine is asked for over TLS, and ${join(folder, name)} is missing.`,
      {
        hint: 'Put ca.pem, cert.pem and key.pem there, or set DOCKER_CERT_PATH to where they are.',
      },
    );
  };
  return { ca: await read('ca.pem'), cert: await read('cert.pem'), key: await read('key.pem') };
}

function parse<T>(schema: z.ZodType<T>, path: string, text: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (thrown) {
    throw new DeployclockError(
      'ENGINE_UNREACHABLE',
      `${path} cannot be read as Docker writes it: ${messageOf(thrown)}`,
      {
        hint: 'docker context ls',
        cause: thrown,
      },
    );
  }
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new DeployclockError('ENGINE_UNREACHABLE', `${path} cannot be read: ${messageOf(thrown)}`, { cause: thrown });
  }
}
