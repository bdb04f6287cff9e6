import { expandVariables } from '../base-images.ts';

/** What a health check asks the app for. */
export interface HealthUrl {
  readonly path: string;
  /** Null where it cannot be told. */
  readonly port: number | null;
}

/** The app's own host as it is seen inside the container. Without a scheme it is a URL for curl and wget alone. */
const hostPattern =
  /(?<before>^|[\s"'`=(])(?<scheme>http:\/\/)?(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])(?![\w.-])/g;
const restPattern = /^(?::(?<port>\d+|\$\w+|\$\{[^}]*\}))?(?<path>\/[^${}]*)?$/;

/** With these the answer may be another than that of a plain GET. */
const changesRequest =
  /--(?:header|request|data[\w-]*|json|form|user|unix-socket|post-\w+|body-\w+|method)\b|\b(?:headers|method)\b/;
const curlChangesRequest = /(?:^|[\s"'])-[A-Za-z]*[HXduF](?=[\s"']|$)/;

const httpPort = 80;
const highestPort = 65_535;

/**
 * The URL in the command of a `HEALTHCHECK`, if asking for it from outside is the same check: plain HTTP to the app itself, with a path that
 * nothing has to fill in. `env` fills in the port alone: other values may be secrets.
 */
export function healthUrlOf(command: string, env: ReadonlyMap<string, string>): HealthUrl | null {
  const text = quoteWords(command);
  const curl = /\bcurl\b/.test(text);
  if (changesRequest.test(text) || (curl && curlChangesRequest.test(text))) return null;
  for (const host of text.matchAll(hostPattern)) {
    const { before = '', scheme } = host.groups ?? {};
    if (scheme === undefined && !curl && !/\bwget\b/.test(text)) continue;
    const rest = restOfUrl(text.slice(host.index + host[0].length), before);
    const parts = rest === null ? undefined : restPattern.exec(rest)?.groups;
    if (parts === undefined) return null;
    const [path = ''] = (parts.path ?? '').split('#', 1);
    return { path: path === '' ? '/' : path, port: portOf(parts.port, env) };
  }
  return null;
}

/** The exec form as words in quotes, the shell form as it is. */
function quoteWords(command: string): string {
  if (!command.startsWith('[')) return command;
  try {
    const words: unknown = JSON.parse(command);
    return Array.isArray(words) ? words.map((word) => `"${String(word)}"`).join(' ') : command;
  } catch {
    // Docker, too, gives what is no JSON to a shell.
    return command;
  }
}

/** What follows the host: to the closing quote, or to the end of the shell's word. Null where a program goes on with it. */
function restOfUrl(text: string, before: string): string | null {
  if (!/["'`]/.test(before)) return /^[^\s"'`;|&()<>\\]*/.exec(text)?.[0] ?? '';
  const end = text.split('').findIndex((letter) => letter === before || letter === '\\');
  return end === -1 || /^\s*\+/.test(text.slice(end + 1)) ? null : text.slice(0, end);
}

function portOf(written: string | undefined, env: ReadonlyMap<string, string>): number | null {
  if (written === undefined) return httpPort;
  const text = expandVariables(written, env);
  const port = /^\d+$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= highestPort ? port : null;
}
