import { z } from 'zod';
import { DeployclockError, messageOf } from '../errors.ts';

/** Where GitHub's API answers, and with what right it is asked. */
export interface GithubApi {
  /** Without a slash at its end: `https://api.github.com`. */
  readonly url: string;
  readonly token: string;
}

export interface Comment {
  readonly id: number;
  readonly body: string;
  readonly author: string | null;
  readonly byBot: boolean;
}

/** What GitHub answered, or that it may not be asked with this token: a fork's token can read alone. */
export type Answered<T> =
  | { readonly allowed: true; readonly value: T }
  | { readonly allowed: false; readonly why: string };

const commentsSchema = z.array(
  z.object({
    id: z.number(),
    body: z.string().nullish(),
    user: z.object({ login: z.string(), type: z.string() }).nullish(),
  }),
);
const writtenSchema = z.object({ html_url: z.string() });
const userSchema = z.object({ login: z.string() });

/**
 * All comments of an issue or pull request, the oldest first.
 * @param path of the issue: `/repos/owner/name/issues/12`
 * @throws DeployclockError COMMENT_FAILED
 */
export async function listComments(api: GithubApi, path: string): Promise<Answered<Comment[]>> {
  const comments: Comment[] = [];
  let next: string | null = `${api.url}${path}/comments?per_page=100`;
  while (next !== null) {
    const answer = await request(api, 'GET', next);
    if (!answer.allowed) return answer;
    for (const { id, body, user } of parse(commentsSchema, answer.value, next)) {
      comments.push({ id, body: body ?? '', author: user?.login ?? null, byBot: user?.type === 'Bot' });
    }
    next = nextPage(answer.value.link, api);
  }
  return { allowed: true, value: comments };
}

/** The user that the token belongs to; null where it belongs to an app, as a workflow's own does. */
export async function ownLogin(api: GithubApi): Promise<string | null> {
  const answer = await request(api, 'GET', `${api.url}/user`);
  return answer.allowed ? parse(userSchema, answer.value, '/user').login : null;
}

/** Writes a new comment of the issue at `path`, and answers its address for a browser. */
export async function createComment(api: GithubApi, path: string, body: string): Promise<Answered<string>> {
  return written(await request(api, 'POST', `${api.url}${path}/comments`, { body }));
}

/**
 * Writes over a comment.
 * @param path of the repository: `/repos/owner/name`
 */
export async function updateComment(api: GithubApi, path: string, id: number, body: string): Promise<Answered<string>> {
  return written(await request(api, 'PATCH', `${api.url}${path}/issues/comments/${id}`, { body }));
}

function written(answer: Answered<Reply>): Answered<string> {
  if (!answer.allowed) return answer;
  return { allowed: true, value: parse(writtenSchema, answer.value, 'the comment').html_url };
}

interface Reply {
  readonly text: string;
  readonly link: string;
}

const refusals: readonly number[] = [401, 403, 404];
const limitMs = 30_000;

async function request(api: GithubApi, method: string, url: string, body?: unknown): Promise<Answered<Reply>> {
  const headers = {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${api.token}`,
    'content-type': 'application/json',
    'user-agent': 'deployclock',
    'x-github-api-version': '2022-11-28',
  };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const failure = (why: string, cause?: unknown): DeployclockError =>
    new DeployclockError('COMMENT_FAILED', `GitHub could not be asked to ${method} ${pathOf(url)}: ${why}`, { cause });
  let status: number;
  let reply: Reply;
  try {
    const response = await fetch(url, { method, headers, ...sent, signal: AbortSignal.timeout(limitMs) });
    status = response.status;
    reply = { text: await response.text(), link: response.headers.get('link') ?? '' };
  } catch (thrown) {
    const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
    throw failure(`${messageOf(cause)}.`, thrown);
  }
  if (refusals.includes(status)) {
    return { allowed: false, why: `${method} ${pathOf(url)} is answered with ${status} (${reasonIn(reply.text)})` };
  }
  if (status < 200 || status > 299) throw failure(`it answers ${status} (${reasonIn(reply.text)}).`);
  return { allowed: true, value: reply };
}

/** `Link: <https://…?page=2>; rel="next", …`. A page elsewhere is not followed: it would be sent the token. */
function nextPage(link: string, { url }: GithubApi): string | null {
  const [, next] = /<([^>]+)>;[^,<]*rel="next"/.exec(link) ?? [];
  return next?.startsWith(`${url}/`) === true ? next : null;
}

function parse<S extends z.ZodType>(schema: S, { text }: Reply, what: string): z.output<S> {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new DeployclockError('COMMENT_FAILED', `What GitHub answered is not as expected: ${pathOf(what)}.`, {
      cause,
    });
  }
}

/** GitHub's own word for what is wrong. */
function reasonIn(text: string): string {
  try {
    return z.object({ message: z.string() }).parse(JSON.parse(text)).message;
  } catch {
    return 'without a reason';
  }
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url;
}
