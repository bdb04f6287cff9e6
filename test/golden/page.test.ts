import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { renderPage } from '../../src/report/page/page.ts';
import { readRun } from '../../src/results/run-folder.ts';
import { compareRun } from '../../src/verdict/comparison.ts';

/** One page is enough to see every change of markup; what pages of other shapes say is tested in test/unit/report/page. */
it('the page of twelve rounds has the expected bytes', () => {
  const run = readRun(join(import.meta.dirname, '../fixtures/runs/twelve-rounds'));
  const page = renderPage(run, compareRun(run));
  const file = join(import.meta.dirname, 'pages/twelve-rounds.html.golden');
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, page);
  // Not `expect(page).toBe`: the difference of two pages is too long to read.
  expect(page === readFileSync(file, 'utf8'), 'UPDATE_GOLDEN=1 writes the page anew').toBe(true);
});
