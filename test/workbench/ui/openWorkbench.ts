import { type Browser, findChromium, openBrowser } from '../../../scripts/hosts/browser.ts';
import { serveWebHost } from '../../../scripts/hosts/webHost.ts';
import { workbenchReady } from './workbench.ts';

/** The workbench in a browser, with the extension as it is shipped, and the examples opened. */
export async function openWorkbench(): Promise<Browser> {
  const chromium = findChromium();
  if (chromium === undefined) throw new Error('There is no Chromium.');
  const host = await serveWebHost({ extension: 'dist/unpacked', folder: 'examples', port: 0 });
  const browser = await openBrowser(chromium);
  await browser.page.goto(host.url);
  await workbenchReady(browser.page);
  return {
    page: browser.page,
    close: async () => {
      await browser.close();
      host.close();
    },
  };
}
