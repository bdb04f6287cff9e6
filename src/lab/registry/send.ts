import { Agent, fetch } from 'undici';
import type { Trust } from './trust.ts';

export interface RegistryAnswer {
  readonly status: number;
  readonly challenge: string | null;
  readonly body: Buffer;
}

export interface RegistryRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  /** A form's fields. */
  readonly form?: URLSearchParams;
  readonly signal?: AbortSignal | undefined;
}

/** An HTTPS client that trusts what it was told to. */
export interface Sender {
  readonly send: (url: URL, request?: RegistryRequest) => Promise<RegistryAnswer>;
  readonly close: () => Promise<void>;
}

const withinMs = 20_000;
/** The largest manifest that registries take (distribution, registry/handlers/manifests.go). */
const longest = 4 * 1024 * 1024;

/** Follows redirections; a login is not sent on to another host (that is fetch's rule). */
export function openSender({ authorities, identity }: Trust): Sender {
  const agent = new Agent({
    connect: { ca: [...authorities], timeout: withinMs, ...(identity ?? {}) },
    maxResponseSize: longest,
  });
  return {
    send: async (url, { method = 'GET', headers = {}, form, signal } = {}) => {
      const answer = await fetch(url, {
        method,
        headers: { ...headers },
        dispatcher: agent,
        signal: AbortSignal.any([AbortSignal.timeout(withinMs), ...(signal === undefined ? [] : [signal])]),
        ...(form === undefined ? {} : { body: form }),
      });
      return {
        status: answer.status,
        challenge: answer.headers.get('www-authenticate'),
        body: Buffer.from(await answer.arrayBuffer()),
      };
    },
    close: () => agent.close(),
  };
}
