import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { DeployclockError, exitCodes, messageOf } from '../errors.ts';
import { safeLine } from '../report/safe-text.ts';
import { workflowCommand } from '../report/workflow-command.ts';
import {
  type Answered,
  type Comment,
  createComment,
  type GithubApi,
  listComments,
  ownLogin,
  updateComment,
} from './github-api.ts';
import type { Io } from './io.ts';
import { printError } from './print-error.ts';

type CommentIo = Pick<Io, 'out' | 'err' | 'env' | 'cwd'>;

/**
 * Brings a comment's body, which begins with the mark of `deployclock ci`, onto the pull request of the workflow: over the comment of ours that
 * begins with the same mark, else as a new one. Where there is no pull request or no right to write, it says so and all is well.
 * @returns exit code: 0; 2 for a wrong command line; 3 where GitHub fails
 */
export async function commentOnPullRequest(args: readonly string[], io: CommentIo): Promise<number> {
  try {
    const body = readBody(args, io.cwd);
    const issue = issueIn(io.env, io.cwd);
    if (issue === null) return notPosted(io, 'this workflow was not started by a pull request');
    const { GITHUB_TOKEN: token = '', GITHUB_API_URL: url = 'https://api.github.com' } = io.env;
    if (token === '') return notPosted(io, 'there is no token in GITHUB_TOKEN');
    const posted = await post({ url: url.replace(/\/+$/, ''), token }, issue, body);
    if (!posted.allowed) return notPosted(io, `the token may not: ${posted.why}`);
    io.out(`The comment is at ${safeLine(posted.value)}\n`);
    return exitCodes.done;
  } catch (thrown) {
    return printError(thrown, io, false);
  }
}

const usage = { hint: 'node dist/cli/post-comment.js comment.md' };
const markPattern = /^<!-- deployclock:[^\n>]*-->$/;

/** @throws DeployclockError USAGE where it is not what `deployclock ci --comment` writes: another comment would be written over */
function readBody([file, ...more]: readonly string[], cwd: string): string {
  if (file === undefined || more.length > 0)
    throw new DeployclockError('USAGE', 'One file is wanted: the body of the comment.', usage);
  const text = readText(resolve(cwd, file), file);
  if (markPattern.test(markOf(text))) return text;
  throw new DeployclockError('USAGE', `${file} does not begin with the mark of a comment of deployclock.`, usage);
}

function readText(path: string, name: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new DeployclockError('USAGE', `${name} could not be read: ${messageOf(cause)}`, { ...usage, cause });
  }
}

function markOf(body: string): string {
  return (body.split('\n', 1)[0] ?? '').trimEnd();
}

interface Issue {
  /** `/repos/owner/name` */
  readonly repository: string;
  readonly number: number;
}

const numbered = z.object({ number: z.int().positive() });
const eventSchema = z.object({ pull_request: numbered.optional(), issue: numbered.optional() });

/** The pull request, or the issue, that the workflow's event is about; null where it is about none. */
function issueIn(env: Io['env'], cwd: string): Issue | null {
  const { GITHUB_REPOSITORY: repository = '', GITHUB_EVENT_PATH: event = '' } = env;
  if (!/^[\w-]+\/[\w.-]+$/.test(repository) || event === '')
    throw new DeployclockError(
      'COMMENT_FAILED',
      'GITHUB_REPOSITORY and GITHUB_EVENT_PATH say nothing: this is no workflow of GitHub.',
    );
  const { pull_request: pullRequest, issue } = readEvent(resolve(cwd, event));
  const number = (pullRequest ?? issue)?.number;
  return number === undefined ? null : { repository: `/repos/${repository}`, number };
}

function readEvent(path: string): z.output<typeof eventSchema> {
  try {
    return eventSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new DeployclockError(
      'COMMENT_FAILED',
      `The workflow's event, ${path}, could not be read: ${messageOf(cause)}`,
      {
        cause,
      },
    );
  }
}

async function post(api: GithubApi, { repository, number }: Issue, body: string): Promise<Answered<string>> {
  const path = `${repository}/issues/${number}`;
  const comments = await listComments(api, path);
  if (!comments.allowed) return comments;
  const marked = comments.value.filter((comment) => markOf(comment.body) === markOf(body));
  const own = marked.length === 0 ? null : ownAmong(marked, await ownLogin(api));
  return own === null ? await createComment(api, path, body) : await updateComment(api, repository, own.id, body);
}

/** Anybody can write the mark. Only a comment of our own is written over: its author could change what we say. */
function ownAmong(marked: readonly Comment[], login: string | null): Comment | null {
  const own = marked.find(({ author, byBot }) => (login === null ? byBot : author === login));
  return own ?? null;
}

function notPosted(io: CommentIo, why: string): number {
  const message = `The comment was not posted: ${safeLine(why)}. It is in the job's summary.`;
  io.out(workflowCommand({ level: 'notice', title: 'deployclock', message, place: null }));
  return exitCodes.done;
}
