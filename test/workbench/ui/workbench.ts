/** What a user does in the workbench, by hand and eye. */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Milliseconds for one thing to come of another on a busy machine. */
const PATIENCE = 15_000;
const TRIES = 4;

export async function workbenchReady(page: Page): Promise<void> {
  await page.waitForSelector('.monaco-workbench .part.statusbar', { timeout: 60_000 });
}

/** Opens a file of the workspace by its name: done when its editor has the focus, and the workbench knows its language. */
export async function quickOpen(page: Page, name: string): Promise<void> {
  const input = page.locator('.quick-input-widget input[type=text]');
  await insist(page, `open ${name}`, async () => {
    await page.keyboard.press('Control+P');
    await input.waitFor({ state: 'visible', timeout: PATIENCE });
    await input.fill(name);
    await page.locator(`.quick-input-list .monaco-list-row.focused[aria-label^="${name},"]`).waitFor({ timeout: PATIENCE });
    await page.keyboard.press('Enter');
    await openTab(page, name, 'active').waitFor({ timeout: PATIENCE });
    await page.locator('.part.editor :focus').first().waitFor({ state: 'attached', timeout: PATIENCE });
  });
  if (name.endsWith('.s')) await page.locator('.part.statusbar').getByText('Cell Assembly', { exact: true }).waitFor();
}

/** Opens a file and starts it with F5. What an attempt before left running is ended first: F5 would continue it. */
export async function debugFile(page: Page, name: string): Promise<void> {
  await quickOpen(page, name);
  if (await isDebugging(page)) await endDebugging(page);
  await page.keyboard.press('F5');
}

/** Puts the cursor on a line of the editor in front. */
export async function goToLine(page: Page, line: number): Promise<void> {
  await page.keyboard.press('Control+G');
  const input = page.locator('.quick-input-widget input[type=text]');
  await expectText(input, ':');
  await input.fill(`:${line}`);
  await page.keyboard.press('Enter');
  await page.locator('.part.statusbar').getByText(`Ln ${line},`).waitFor();
}

/** Chooses from the context menu of a row. */
export async function chooseFromMenu(page: Page, row: Locator, label: string): Promise<void> {
  const item = page.locator('.context-view .action-item', { hasText: label }).first();
  await insist(page, `choose ${label} from the menu`, async () => {
    await row.click({ button: 'right', timeout: PATIENCE });
    await item.waitFor({ timeout: PATIENCE });
    await item.hover({ timeout: PATIENCE });
    await item.click({ timeout: PATIENCE });
    await item.waitFor({ state: 'hidden', timeout: PATIENCE });
  });
}

/** Does again what a user would do again: a busy workbench closes a list or a menu when something else takes the focus. */
async function insist(page: Page, what: string, action: () => Promise<void>): Promise<void> {
  let problem: unknown;
  for (let tries = 0; tries < TRIES; tries++) {
    try {
      await action();
      return;
    } catch (error) {
      problem = error;
      await page.keyboard.press('Escape');
    }
  }
  throw new Error(`It was not possible to ${what}.`, { cause: problem });
}

/** Runs a command by its name in the palette. */
export async function runCommand(page: Page, title: string): Promise<void> {
  const input = page.locator('.quick-input-widget input[type=text]');
  await insist(page, `run ${title}`, async () => {
    await page.keyboard.press('F1');
    await input.waitFor({ state: 'visible', timeout: PATIENCE });
    await input.fill(`>${title}`);
    await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: title }).waitFor({ timeout: PATIENCE });
    await page.keyboard.press('Enter');
  });
}

/** Titles of the project's commands that the palette lists for a word, sorted. */
export async function paletteTitles(page: Page, word = ''): Promise<readonly string[]> {
  await page.keyboard.press('F1');
  const input = page.locator('.quick-input-widget input[type=text]');
  await input.waitFor({ state: 'visible' });
  await input.fill(`>Refault: ${word}`);
  const rows = page.locator('.quick-input-list .monaco-list-row', { hasText: 'Refault: ' });
  await rows.first().waitFor();
  const titles = new Set<string>();
  // Rows that are not in sight do not exist.
  for (let before = -1; before < titles.size;) {
    before = titles.size;
    const labels = await Promise.all((await rows.all()).map(async (row) => await row.getAttribute('aria-label') ?? ''));
    for (const title of labels.flatMap((label) => /Refault: (.*?)(?:, |$)/.exec(label)?.[1] ?? [])) titles.add(title);
    await page.keyboard.press('PageDown');
  }
  await page.keyboard.press('Escape');
  return [...titles].sort((a, b) => a.localeCompare(b, 'en'));
}

/** Chooses the row of the quick pick that a text leads to. */
export async function pick(page: Page, text: string): Promise<void> {
  const input = page.locator('.quick-input-widget input[type=text]');
  await expectText(input, '');
  await input.fill(text);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().waitFor();
  await page.keyboard.press('Enter');
}

/** A quick pick that has just opened has nothing in its input, or the sign of its kind. */
async function expectText(input: Locator, text: string): Promise<void> {
  await input.waitFor({ state: 'visible' });
  for (let turns = 0; turns < 200 && await input.inputValue() !== text; turns++) await input.page().waitForTimeout(50);
}

/** The tab of a file that is open, or in front. */
export function openTab(page: Page, name: string | RegExp, state: 'open' | 'active' = 'open'): Locator {
  return page.locator(`.tabs-container .tab${state === 'active' ? '.active' : ''}`, { hasText: name }).first();
}

export function isDebugging(page: Page): Promise<boolean> {
  return page.locator('.debug-toolbar').isVisible();
}

export async function endDebugging(page: Page): Promise<void> {
  await page.keyboard.press('Shift+F5');
  await expect.poll(() => isDebugging(page), { timeout: 30_000 }).toBe(false);
}

/** A section of the sidebar by its title, opened. */
export async function section(page: Page, title: string): Promise<Locator> {
  const pane = page.locator('.pane', { has: page.locator('.pane-header', { hasText: title }) });
  const header = pane.locator('.pane-header');
  // A workbench that is busy as it starts now and then stays at the explorer when the first session begins.
  if (!await header.waitFor({ timeout: PATIENCE }).then(() => true, () => false)) await runCommand(page, 'View: Show Run and Debug');
  await header.waitFor();
  if (await header.getAttribute('aria-expanded') !== 'true') await header.click();
  await pane.locator('.pane-body').waitFor();
  return pane;
}

/** Closes a section of the sidebar. */
export async function closeSection(page: Page, title: string): Promise<void> {
  const header = page.locator('.pane-header', { hasText: title });
  if (await header.getAttribute('aria-expanded') === 'true') await header.click();
}

/** The row of a section that has a text in it. */
export function rowOf(pane: Locator, text: string | RegExp): Locator {
  return pane.locator('.monaco-list-row', { hasText: text }).first();
}

/** Turns the mouse wheel over a section until a row is in sight: rows that are not do not exist. */
export async function scrollTo(page: Page, pane: Locator, text: string | RegExp): Promise<void> {
  await pane.locator('.monaco-list').hover();
  await page.mouse.wheel(0, -10_000);
  for (let turns = 0; turns < 100; turns++) {
    try {
      await rowOf(pane, text).waitFor({ timeout: 200 });
      return;
    } catch {
      await page.mouse.wheel(0, 22);
    }
  }
  throw new Error(`No row ${String(text)} came in sight.`);
}

/** Moves an edge of a part of the workbench. */
export async function dragEdge(page: Page, part: Locator, edge: 'right' | 'bottom', pixels: number): Promise<void> {
  const box = await part.boundingBox();
  if (!box) throw new Error('What should be moved is not in sight.');
  const [x, y] = edge === 'right' ? [box.x + box.width, box.y + box.height / 2] : [box.x + box.width / 2, box.y + box.height];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(edge === 'right' ? x + pixels : x, edge === 'right' ? y : y + pixels, { steps: 10 });
  await page.mouse.up();
  await page.mouse.move(x + 200, 10);
  await page.locator('.monaco-sash.hover').waitFor({ state: 'detached' });
}

/** Waits until the debugger has stopped, and returns the line in the editor that is current. */
export async function stoppedLine(page: Page): Promise<number> {
  const arrow = page.locator('.editor-instance .codicon-debug-stackframe, .editor-instance .codicon-debug-stackframe-focused').first();
  await arrow.waitFor({ timeout: 60_000 });
  let line: number | undefined;
  // The editor may scroll to the line while places are compared.
  await expect.poll(async () => { line = await lineBeside(page, arrow); return line; }).toBeDefined();
  if (line === undefined) throw new Error('The arrow of the debugger stands beside no line.');
  return line;
}

async function lineBeside(page: Page, arrow: Locator): Promise<number | undefined> {
  const top = await verticalMiddle(arrow);
  for (const number of await page.locator('.editor-instance .line-numbers').all()) {
    if (Math.abs(await verticalMiddle(number) - top) < 5) return Number(await number.textContent());
  }
  return undefined;
}

/** NaN for what is not there (any more). */
async function verticalMiddle(locator: Locator): Promise<number> {
  if (await locator.count() === 0) return NaN;
  const box = await locator.boundingBox();
  return box ? box.y + box.height / 2 : NaN;
}

/** Clicks beside a line until a breakpoint shows there: the first clicks can come before the editor is laid out. */
export async function toggleBreakpoint(page: Page, line: number): Promise<void> {
  const marks = page.locator('.editor-instance .codicon-debug-breakpoint, .editor-instance .codicon-debug-breakpoint-unverified');
  const before = await marks.count();
  const number = page.locator('.editor-instance .line-numbers', { hasText: new RegExp(`^${line}$`) }).first();
  const margin = page.locator('.editor-instance .glyph-margin').first();
  for (let attempt = 0; attempt < 10; attempt++) {
    const [row, column] = [await verticalMiddle(number), await margin.boundingBox()];
    if (column) await page.mouse.click(column.x + column.width / 2, row);
    try {
      await marks.nth(before).waitFor({ timeout: 1000 });
      return;
    } catch {
      continue;
    }
  }
  throw new Error(`No breakpoint appeared beside line ${line}.`);
}

/** Rests the pointer on a word of a line of the editor. */
export async function hoverWord(page: Page, line: string, word: string): Promise<void> {
  const place = await page.evaluate<{ x: number; y: number } | undefined>(`(() => {
    const plain = (text) => text.replaceAll('\\u00a0', ' ');
    const row = [...document.querySelectorAll('.editor-instance .view-line')].find((candidate) => plain(candidate.textContent).includes(${JSON.stringify(line)}));
    const texts = row ? document.createTreeWalker(row, NodeFilter.SHOW_TEXT) : undefined;
    for (let node = texts?.nextNode(); node; node = texts.nextNode()) {
      const at = plain(node.data).indexOf(${JSON.stringify(word)});
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + ${word.length});
      const box = range.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    }
  })()`);
  if (!place) throw new Error(`${word} is in no line with ${line}.`);
  await page.mouse.move(place.x + 2, place.y);
  await page.mouse.move(place.x, place.y);
}

/** Changes the name that the workbench's own dialog proposes, and saves. @param proposed end of the proposal. */
export async function saveAs(page: Page, proposed: string, changed: (name: string) => string = (name) => name): Promise<void> {
  const input = page.locator('.quick-input-widget input[type=text]');
  await expect.poll(() => input.inputValue()).toContain(proposed);
  await input.fill(changed(await input.inputValue()));
  await page.keyboard.press('Enter');
}
