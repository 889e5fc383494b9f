/** media/icon.png, which the package shows, from media/icon.svg: drawn by the browser. */
import { readFileSync } from 'node:fs';
import { openBrowser } from '../hosts/browser.ts';

const SIZE = 128;

export async function drawIcon(chromium: string): Promise<void> {
  const browser = await openBrowser(chromium);
  try {
    await browser.page.setViewportSize({ width: SIZE, height: SIZE });
    await browser.page.setContent(`<style>body{margin:0}svg{display:block}</style>${readFileSync('media/icon.svg', 'utf8')}`);
    await browser.page.screenshot({ path: 'media/icon.png', omitBackground: true });
  } finally {
    await browser.close();
  }
}
