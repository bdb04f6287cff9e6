import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';

/** A Chromium of the system: playwright-core brings none. `CHROMIUM` names another one. */
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const args = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export async function startBrowser(): Promise<Browser> {
  return await chromium.launch({ executablePath, args });
}

export interface Screen {
  readonly width: number;
  readonly scheme: 'light' | 'dark';
}

export interface OpenedPage {
  readonly page: Page;
  /** Console messages, errors and dialogs, in order. */
  readonly told: string[];
  /** All that was asked for, but the page itself. */
  readonly requests: string[];
  readonly close: () => Promise<void>;
}

/** Opens a page from disk, as a person does who was sent one; every part of it that can be folded is unfolded. */
export async function openPage(browser: Browser, html: string, { width, scheme }: Screen): Promise<OpenedPage> {
  const folder = mkdtempSync(join(tmpdir(), 'deployclock-page-'));
  const file = join(folder, 'scorecard.html');
  writeFileSync(file, html);
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme: scheme });
  const page = await context.newPage();
  const told: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => told.push(message.text()));
  page.on('pageerror', (error) => told.push(error.message));
  page.on('dialog', (dialog) => {
    told.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const address = pathToFileURL(file).href;
  page.on('request', (request) => {
    if (request.url() !== address) requests.push(request.url());
  });
  await page.goto(address);
  await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
  const close = async (): Promise<void> => {
    await context.close();
    rmSync(folder, { recursive: true });
  };
  return { page, told, requests, close };
}
