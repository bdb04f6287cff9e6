import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { commentOnPullRequest } from '../../../src/cli/comment-on-pull-request.ts';
import { folderWith } from '../scenario/folder.ts';

interface Kept {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string; readonly type: 'Bot' | 'User' } | null;
}

/** Who a token is, and whether it may write. An app has no user. */
interface Right {
  readonly user: Kept['user'];
  readonly writes: boolean;
}

const workflow: Right = { user: { login: 'github-actions[bot]', type: 'Bot' }, writes: true };
const rights: Readonly<Record<string, Right>> = {
  workflow,
  fork: { ...workflow, writes: false },
  person: { user: { login: 'ann', type: 'User' }, writes: true },
};

interface Github {
  readonly url: string;
  readonly comments: Kept[];
  /** `GET /repos/…` in order. */
  readonly asked: string[];
}

const pageSize = 100;

/** GitHub's API as far as comments of pull request 12 of ann/shop go: tokens, pages with a Link header, its way to refuse. */
async function github(comments: Kept[] = [], over?: (response: ServerResponse) => boolean): Promise<Github> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '', api.url);
    asked.push(`${request.method} ${url.pathname}`);
    const send = (status: number, value: unknown, headers: Record<string, string> = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
      response.end(JSON.stringify(value));
    };
    if (over?.(response) === true) return;
    const right = rights[(request.headers.authorization ?? '').replace(/^Bearer /, '')];
    if (right === undefined) return send(401, { message: 'Bad credentials' });
    const forbidden = { message: 'Resource not accessible by integration' };
    if (url.pathname === '/user')
      return right.user?.type === 'User' ? send(200, { login: right.user.login }) : send(403, forbidden);
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const edited = /^\/repos\/ann\/shop\/issues\/comments\/(\d+)$/.exec(url.pathname);
    const listed = url.pathname === '/repos/ann/shop/issues/12/comments';
    if (listed && request.method === 'GET') {
      const page = Number(url.searchParams.get('page') ?? '1');
      expect(url.searchParams.get('per_page')).toBe(String(pageSize));
      const shown = api.comments.slice((page - 1) * pageSize, page * pageSize);
      const more = page * pageSize < api.comments.length;
      const other = `${api.url}${url.pathname}?per_page=${pageSize}&page=`;
      const link = `<${other}1>; rel="first"${more ? `, <${other}${page + 1}>; rel="next"` : ''}`;
      return send(200, shown, { link });
    }
    if (edited === null && !listed) return send(404, { message: 'Not Found' });
    if (!right.writes) return send(403, forbidden);
    const { body } = JSON.parse(text) as { body: string };
    if (listed && request.method === 'POST') {
      const made = { id: 9000 + api.comments.length, body, user: right.user };
      api.comments.push(made);
      return send(201, { ...made, html_url: `https://github.localhost/12#${made.id}` });
    }
    const comment = api.comments.find(({ id }) => String(id) === edited?.[1]);
    if (comment === undefined || request.method !== 'PATCH') return send(404, { message: 'Not Found' });
    comment.body = body;
    send(200, { ...comment, html_url: `https://github.localhost/12#${comment.id}` });
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const api = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, comments, asked };
  return api;
}

const mark = '<!-- deployclock:shop -->';
const body = `${mark}\n### Slower\n`;

interface Finished {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function post(
  api: Pick<Github, 'url'>,
  env: Record<string, string> = {},
  event: unknown = { pull_request: { number: 12 } },
): Promise<Finished> {
  const cwd = folderWith({ 'comment.md': body, 'event.json': JSON.stringify(event), 'other.md': '# Hello\n' });
  const { FILE = 'comment.md', ...own } = env;
  let out = '';
  let err = '';
  const code = await commentOnPullRequest(FILE.split(' '), {
    cwd,
    env: {
      GITHUB_API_URL: api.url,
      GITHUB_REPOSITORY: 'ann/shop',
      GITHUB_EVENT_PATH: 'event.json',
      GITHUB_TOKEN: 'workflow',
      ...own,
    },
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { code, out, err };
}

const others = (count: number): Kept[] =>
  Array.from({ length: count }, (_, id) => ({ id, body: `comment ${id}`, user: { login: 'bob', type: 'User' } }));

describe('a comment on a pull request', () => {
  it('is posted where there is none yet', async () => {
    const api = await github(others(3));
    const { code, out } = await post(api);
    expect([code, out]).toEqual([0, 'The comment is at https://github.localhost/12#9003\n']);
    expect(api.comments.at(-1)).toMatchObject({ body, user: workflow.user });
  });

  it('is written over where there is one, on whatever page', async () => {
    const ours = { id: 777, body: `${mark}\r\n### Old\r\n`, user: workflow.user };
    const api = await github([...others(250), ours, ...others(20)]);
    const { code, out } = await post(api);
    expect([code, out]).toEqual([0, 'The comment is at https://github.localhost/12#777\n']);
    expect(ours.body).toBe(body);
    expect(api.comments).toHaveLength(271);
    expect(api.asked.filter((line) => line.startsWith('GET /repos'))).toHaveLength(3);
  });

  it('leaves those of other scenarios, quotations and strangers alone', async () => {
    const strangers: Kept[] = [
      { id: 1, body: '<!-- deployclock:other -->\n', user: workflow.user },
      { id: 2, body: `> ${mark}\n`, user: workflow.user },
      { id: 3, body: `${mark}\nforged`, user: { login: 'bob', type: 'User' } },
      { id: 4, body: `${mark}\nof a deleted user`, user: null },
    ];
    const api = await github(strangers);
    expect((await post(api)).out).toContain('#9004');
    expect(api.comments.map(({ id }) => id)).toEqual([1, 2, 3, 4, 9004]);
    expect(strangers[2]?.body).toBe(`${mark}\nforged`);
  });

  it('is that of the person whose token it is', async () => {
    const api = await github([
      { id: 1, body: mark, user: workflow.user },
      { id: 2, body: mark, user: { login: 'ann', type: 'User' } },
    ]);
    expect((await post(api, { GITHUB_TOKEN: 'person' })).out).toContain('#2');
  });

  it('may also be on an issue that a workflow is about', async () => {
    const api = await github();
    expect((await post(api, {}, { issue: { number: 12 } })).out).toContain('#9000');
  });
});

describe('where nothing may be posted', () => {
  it.each<[string, Record<string, string>, unknown, string]>([
    ['with the token of a fork', { GITHUB_TOKEN: 'fork' }, undefined, '403 (Resource not accessible by integration)'],
    ['with a token that is not known', { GITHUB_TOKEN: 'secret-token' }, undefined, '401 (Bad credentials)'],
    ['in a repository that is not seen', { GITHUB_REPOSITORY: 'ann/hidden' }, undefined, '404 (Not Found)'],
    ['without a token', { GITHUB_TOKEN: '' }, undefined, 'there is no token'],
    ['without a pull request', {}, { ref: 'refs/heads/main' }, 'not started by a pull request'],
  ])('%s, a notice says so and all is well', async (_, env, event, why) => {
    const api = await github();
    const { code, out, err } = await post(api, env, event);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^::notice title=deployclock::The comment was not posted: .*\n$/);
    expect(out).toContain(why);
    expect(out).not.toContain('secret-token');
    expect(api.comments).toEqual([]);
  });
});

describe('what fails otherwise', () => {
  it.each([
    [
      'GitHub, with a reason',
      502,
      '{"message":"Server Error"}',
      'GET /repos/ann/shop/issues/12/comments: it answers 502 (Server Error).',
    ],
    ['GitHub, without one', 500, '<html>', 'it answers 500 (without a reason).'],
    ['a body that is too long', 422, '{"message":"Validation Failed"}', 'it answers 422 (Validation Failed).'],
    ['an answer that is none', 200, '{"hello":1}', 'is not as expected'],
  ])('is %s', async (_, status, text, message) => {
    const api = await github([], (response) => {
      response.writeHead(status).end(text);
      return true;
    });
    const { code, err } = await post(api);
    expect(code).toBe(3);
    expect(err).toContain(message);
  });

  it('is a GitHub that is not there', async () => {
    const { code, err } = await post({ url: 'http://127.0.0.1:9' }, { GITHUB_TOKEN: 'secret-token' });
    expect(code).toBe(3);
    expect(err).toContain('GitHub could not be asked to GET /repos/ann/shop/issues/12/comments');
    expect(err).not.toContain('secret-token');
  });

  it('is a workflow that says nothing of itself', async () => {
    const api = await github();
    expect(await post(api, { GITHUB_REPOSITORY: '../x' })).toMatchObject({ code: 3 });
    expect(await post(api, { GITHUB_EVENT_PATH: 'gone.json' })).toMatchObject({ code: 3 });
    expect(await post(api, {}, { pull_request: { number: '12/../..' } })).toMatchObject({ code: 3 });
    expect(api.asked).toEqual([]);
  });

  it('is a wrong command line', async () => {
    const api = await github();
    expect(await post(api, { FILE: 'gone.md' })).toMatchObject({ code: 2, err: expect.stringContaining('gone.md') });
    expect(await post(api, { FILE: 'other.md' })).toMatchObject({ code: 2, err: expect.stringContaining('mark') });
    expect(await post(api, { FILE: 'comment.md other.md' })).toMatchObject({ code: 2 });
    expect(api.asked).toEqual([]);
  });

  it('is a next page elsewhere: the token does not go there', async () => {
    const elsewhere = await github();
    const api = await github([], (response) => {
      response.writeHead(200, { link: `<${elsewhere.url}/repos/ann/shop/issues/12/comments>; rel="next"` }).end('[]');
      return true;
    });
    await post(api);
    expect(elsewhere.asked).toEqual([]);
  });
});
