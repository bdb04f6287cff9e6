import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderPage } from '../../src/report/page/page.ts';
import { type RunFolder, readRun } from '../../src/results/run-folder.ts';
import { compareRun } from '../../src/verdict/comparison.ts';
import { detailedRun, withText } from '../unit/report/page/detailed-run.ts';
import { openPage, startBrowser } from './open-page.ts';

const render = (run: RunFolder): string => renderPage(run, compareRun(run));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Each would leave a mark on the page, a message, a request or a dialog if a browser took it for more than text. */
const attack =
  '</script></style></title><script>document.title="ran"</script><img src="https://127.0.0.1:9/x.png" onerror="document.title=`ran`">' +
  '" onmouseover="document.title=`ran`" autofocus onfocus="alert(1)" \u001b[2J\u202e<svg onload=alert(1)>' +
  'x'.repeat(5_000);

const failing = detailedRun({
  rounds: 3,
  change: (sample) =>
    sample.round === 2
      ? {
          ...sample,
          outcome: 'build-failed',
          release: null,
          failure: { code: 'BUILD_FAILED', message: 'It failed.', excerpt: 'one\ntwo' },
        }
      : sample,
});

const runs: Readonly<Record<string, RunFolder>> = {
  'twelve rounds': readRun(join(import.meta.dirname, '../fixtures/runs/twelve-rounds')),
  'eight variants': detailedRun({
    variants: Array.from({ length: 8 }, (_, at) => `variant-${at}`),
    factors: [1, 0.9, 0.8, 0.5, 0.7, 0.95, 1.1, 1.2],
  }),
  'one variant, sixty steps': detailedRun({ variants: ['only'], rounds: 1, steps: 60 }),
  'failed samples': failing,
  'hostile texts': withText(failing, attack),
};

/** Both widths and both schemes of the first; the others only differ from it in what they hold. */
const screens = [
  { width: 1280, scheme: 'light' },
  { width: 390, scheme: 'dark' },
  { width: 1280, scheme: 'dark' },
  { width: 390, scheme: 'light' },
] as const;
const cases = Object.entries(runs).flatMap(([name, run], index) =>
  screens.slice(0, index === 0 ? 4 : 2).map((screen) => ({ name, run, ...screen })),
);

describe('the page in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser.close();
  });

  it.each(cases)(
    '$name, $width pixels, $scheme: opens from disk, runs nothing, can be read by everybody',
    async ({ run, width, scheme }) => {
      const opened = await openPage(browser, render(run), { width, scheme });
      try {
        const { page, told, requests } = opened;
        expect(told).toEqual([]);
        expect(requests).toEqual([]);
        expect(await page.title()).toMatch(/: deploy scorecard$/);
        expect(await page.locator('script, img, iframe, object, embed, link, base').count()).toBe(0);
        // What lies in a box that scrolls by itself does not make the page wider.
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
        expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true);
        await page.evaluate(axe);
        const { violations } = (await page.evaluate(
          'axe.run(document, { resultTypes: ["violations"] })',
        )) as AxeResults;
        const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        expect(
          grave.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary}`),
        ).toEqual([]);
        expect(told).toEqual([]);
      } finally {
        await opened.close();
      }
    },
  );

  it('shows a start-up of thirty seconds on the first screen', async () => {
    const opened = await openPage(browser, render(detailedRun({ readyMs: 30_000 })), { width: 1280, scheme: 'light' });
    try {
      const sentence = opened.page
        .getByText(/The app’s own start, until it passes its readiness check, takes 30/)
        .first();
      const box = await sentence.boundingBox();
      expect((box?.y ?? Number.NaN) + (box?.height ?? Number.NaN)).toBeLessThan(800);
    } finally {
      await opened.close();
    }
  });

  it('prints what is folded', async () => {
    const opened = await openPage(browser, render(detailedRun()), { width: 1280, scheme: 'dark' });
    try {
      const { page } = opened;
      await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = false');
      const shown =
        'Array.from(document.querySelectorAll("details"), (each) => getComputedStyle(each, "::details-content").contentVisibility === "visible")';
      const onScreen = (await page.evaluate(shown)) as boolean[];
      await page.emulateMedia({ media: 'print' });
      const onPaper = (await page.evaluate(shown)) as boolean[];
      expect(onScreen.length).toBeGreaterThan(0);
      expect([onScreen.some(Boolean), onPaper.every(Boolean)]).toEqual([false, true]);
    } finally {
      await opened.close();
    }
  });
});
