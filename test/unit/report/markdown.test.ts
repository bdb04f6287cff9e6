import { describe, expect, it } from 'vitest';
import { escapeMarkdown, renderMarkdown } from '../../../src/report/markdown.ts';
import { compareRun } from '../../../src/verdict/comparison.ts';
import { exampleRecord, exampleRun, exampleSample } from '../results/example-run.ts';

describe('escapeMarkdown', () => {
  it.each([
    ['a|b', 'a\\|b'],
    ['<img src=x>', '&lt;img src=x&gt;'],
    ['*_`[x](y)`_*', '\\*\\_\\`\\[x\\](y)\\`\\_\\*'],
    ['a & b', 'a &amp; b'],
    ['@team fixes #12', '@\u200bteam fixes #\u200b12'],
    ['1. first', '\\1. first'],
    ['# title', '\\# title'],
    ['back\\slash', 'back\\\\slash'],
    ['first, code-edit', 'first, code-edit'],
  ])('%s', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });
});

describe('renderMarkdown', () => {
  const name = 'x | <b>@you</b>';
  const failure = { code: 'APP_CRASHED', message: '<script>\u001b[31m', excerpt: '```\n# not a heading\n````' };
  const run = exampleRun(
    [
      exampleSample({ phases: { build: 1000 } }, { variant: 'before' }),
      exampleSample({}, { variant: name, outcome: 'crashed', failure, release: null }),
    ],
    { record: exampleRecord(['before', name]) },
  );
  const text = renderMarkdown(run, compareRun(run));

  it('has as many cells in a row as in the head, whatever the names are', () => {
    const rows = text.split('\n').filter((line) => line.startsWith('|'));
    expect(rows.length).toBeGreaterThan(5);
    for (const row of rows) expect(row.split(/(?<!\\)\|/)).toHaveLength(5);
  });

  it('lets no markup, mention or escape sequence of a name or a message through', () => {
    expect(text).not.toMatch(/<b>|<script>|@you|[^\P{Cc}\n]/u);
    expect(text).toContain('x \\| &lt;b&gt;@\u200byou&lt;/b&gt;');
  });

  it('fences an excerpt with more backticks than it holds', () => {
    expect(text).toContain('`````text\n```\n# not a heading\n````\n`````');
  });
});
