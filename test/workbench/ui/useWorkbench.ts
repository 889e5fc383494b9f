import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { type Browser, findChromium, openBrowser } from '../../../scripts/hosts/browser.ts';
import { type WebHost, serveWebHost } from '../../../scripts/hosts/webHost.ts';
import { workbenchReady } from './workbench.ts';

/**
 * The workbench in a browser for the tests around the call: with the extension as it is
 * shipped and the examples opened. Where a test fails, dist/ gets a picture of the screen.
 */
export function useWorkbench(): () => Page {
  let host: WebHost;
  let browser: Browser;

  beforeAll(async () => {
    const chromium = findChromium();
    if (chromium === undefined) throw new Error('There is no Chromium.');
    host = await serveWebHost({ extension: 'dist/unpacked', folder: 'dist/unpacked/examples', port: 0 });
    browser = await openBrowser(chromium);
    await browser.page.goto(host.url);
    await workbenchReady(browser.page);
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await browser.page.screenshot({ path: `dist/failed ${task.name}.png` });
  });

  afterAll(async () => {
    await browser.close();
    host.close();
  });

  return () => browser.page;
}
