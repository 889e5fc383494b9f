/** Pictures of the workbench: as artefacts of every run, and small ones for the documents. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Page } from 'playwright-core';

/** Name of the theme, and what its pictures are called. */
const THEMES = [['Light Modern', 'light'], ['Dark Modern', 'dark'], ['Dark High Contrast', 'high contrast dark'], ['Light High Contrast', 'high contrast light']] as const;
const TRIES = 5;
const FOLDER = 'dist/screens';
/** Of lossy compression: text stays sharp, and a picture of the whole workbench is below 100 KB. */
const QUALITY = 0.6;

/** Takes a picture in every theme, and leaves the first. `prepare` opens again what the choice of a theme has closed. */
export async function everyTheme(page: Page, name: string, prepare: () => Promise<void> = () => Promise.resolve()): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const [[first]] = THEMES;
  for (const [theme, word] of THEMES) {
    await choose(page, theme);
    await prepare();
    await page.screenshot({ path: `${FOLDER}/${name} (${word}).png` });
  }
  await choose(page, first);
}

async function choose(page: Page, theme: string): Promise<void> {
  const input = page.locator('.quick-input-widget input[type=text]');
  for (let tries = 0; tries < TRIES; tries++) {
    await page.keyboard.press('Control+K');
    await page.keyboard.press('Control+T');
    try {
      await input.fill(theme, { timeout: 3000 });
      await page.locator('.quick-input-list .monaco-list-row', { hasText: theme }).first().waitFor({ timeout: 3000 });
      await page.keyboard.press('Enter');
      await input.waitFor({ state: 'hidden', timeout: 3000 });
      return;
    } catch {
      // An editor that is still being filled takes the focus, and the list closes.
      await page.keyboard.press('Escape');
    }
  }
  throw new Error(`The theme ${theme} could not be chosen.`);
}

/** Takes a picture for a document, where pictures are wanted; the browser makes it small. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['REFAULT_PICTURES'];
  if (folder === undefined) return;
  const png = (await page.screenshot()).toString('base64');
  const webp = await page.evaluate(compress, { png, quality: QUALITY });
  const path = `${folder}/${name}.webp`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, Buffer.from(webp, 'base64'));
}

/** Runs inside the page, so it cannot refer to anything outside itself. */
async function compress({ png, quality }: { readonly png: string; readonly quality: number }): Promise<string> {
  interface Canvas { getContext(kind: '2d'): { drawImage(image: object, x: number, y: number): void }; convertToBlob(options: object): Promise<Blob> }
  interface Dom {
    createImageBitmap: (blob: Blob) => Promise<{ readonly width: number; readonly height: number }>;
    OffscreenCanvas: new (width: number, height: number) => Canvas;
  }
  const { createImageBitmap, OffscreenCanvas } = globalThis as typeof globalThis & Dom;
  const image = await createImageBitmap(new Blob([Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0))]));
  const canvas = new OffscreenCanvas(image.width, image.height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/webp', quality })).arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
