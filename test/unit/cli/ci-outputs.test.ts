import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type CiOutputOptions, writeCi } from '../../../src/cli/ci-outputs.ts';
import type { CiView } from '../../../src/report/ci-view.ts';
import { ciViewOf, quick, slow } from '../report/ci-view.ts';
import { folderWith } from '../scenario/folder.ts';

const regressed = ciViewOf({ base: quick, head: slow });
const changed = { file: 'Dockerfile', lines: [{ first: 2, last: 2 }] };

interface Written {
  readonly out: string;
  readonly err: string;
  /** The text of a file in the working folder. */
  readonly text: (file: string) => string;
}

async function write(
  options: CiOutputOptions,
  env: Record<string, string> = {},
  view: CiView = regressed,
): Promise<Written> {
  const cwd = folderWith({ 'job.md': 'before\n', 'comment.md': 'before\n' });
  const own = Object.entries(env).map(([name, value]) => [name, value.replace('CWD', cwd)]);
  let [out, err] = ['', ''];
  await writeCi(view, changed, options, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    outIsTerminal: false,
    errIsTerminal: false,
    columns: 100,
    env: Object.fromEntries(own),
    cwd,
    ask: null,
    interrupted: new AbortController().signal,
  });
  return { out, err, text: (file) => readFileSync(join(cwd, file), 'utf8') };
}

it('writes comment, summary and gates to files', async () => {
  const { text, err } = await write({
    comment: 'comment.md',
    summary: 'summary.md',
    output: ['gates.xml', 'gates.json'],
  });
  expect(err).toBe('');
  expect(text('comment.md')).toMatch(/^<!-- deployclock:shop -->\n\n### ❌ shop/);
  expect(text('summary.md')).toMatch(/^## ❌ shop/);
  expect(text('gates.xml')).toMatch(/^<\?xml/);
  expect(text('gates.json')).toContain('"regressed"');
});

it("finds the job's summary and annotates in a workflow of GitHub, and nowhere else", async () => {
  const inWorkflow = await write({ json: true }, { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: 'CWD/job.md' });
  expect(inWorkflow.err).toMatch(/^::error file=Dockerfile,line=2,endLine=2,title=code-edit\.release/);
  expect(inWorkflow.text('job.md')).toMatch(/^before\n## ❌ shop/);
  // Stdout is for a program, and stays one document.
  expect(JSON.parse(inWorkflow.out)).toMatchObject({ base: { ref: 'origin/main' } });
  const elsewhere = await write({}, { GITHUB_STEP_SUMMARY: '' });
  expect([elsewhere.err, elsewhere.text('job.md')]).toEqual(['', 'before\n']);
});

it('tells what could not be written, and loses nothing else by it', async () => {
  const { err, out } = await write({}, { GITHUB_STEP_SUMMARY: 'CWD/gone/job.md' });
  expect(err).toContain('The job summary could not be written');
  expect(out).toContain('code-edit.release');
  const alone = ciViewOf({ base: null, head: quick, gates: null });
  expect((await write({ output: ['gates.xml'] }, {}, alone)).err).toBe(
    'gates.xml is not written: nothing was judged.\n',
  );
});
