/** Every command that the palette shows, in each state of a program: one sees what it does, or it says a sentence. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useWorkbench } from './useWorkbench.ts';
import { isDebugging, paletteTitles, quickOpen, runCommand, stoppedLine } from './workbench.ts';

/** Milliseconds that the effect of a command has to come in sight. */
const PATIENCE = 10_000;
const FAILURE = /error running the contributed command|resulted in an error|not found/i;

describe('every command that the palette shows', { timeout: 600_000, retry: 0 }, () => {
  const workbench = useWorkbench();

  it.each([
    ['without a program', withoutProgram],
    ['while a program is stopped on a fault', stopped],
    ['while a program runs', running],
    ['when a program has ended', ended],
  ])('does something that one sees %s', async (_state, enter) => {
    const page = workbench();
    await enter(page);
    const titles = await paletteTitles(page);
    expect(titles.length).toBeGreaterThan(8);
    const idle: string[] = [];
    for (const title of titles) {
      await enter(page);
      await dismiss(page);
      const before = await settled(page);
      await runCommand(page, `Refault: ${title}`);
      const problem = await problemAfter(page, before);
      if (problem !== undefined) idle.push(`${title}: ${problem}`);
      await dismiss(page);
    }
    expect(idle, idle.join('\n')).toEqual([]);
  });
});

async function withoutProgram(page: Page): Promise<void> {
  if (await isDebugging(page)) await end(page);
  await runCommand(page, 'View: Close All Editors');
}

async function stopped(page: Page): Promise<void> {
  if (await isDebugging(page) && await page.locator('.exception-widget').isVisible()) return;
  if (await isDebugging(page)) await end(page);
  await quickOpen(page, 'retry.s');
  await page.keyboard.press('F5');
  await stoppedLine(page);
  await page.locator('.exception-widget').waitFor();
}

async function running(page: Page): Promise<void> {
  const pause = page.locator('.debug-toolbar').getByLabel(/^Pause/);
  if (await pause.isVisible()) return;
  if (await isDebugging(page)) await end(page);
  await quickOpen(page, 'retry-forever.s');
  await page.keyboard.press('Control+F5');
  await pause.waitFor();
}

async function ended(page: Page): Promise<void> {
  if (await isDebugging(page)) await end(page);
  if (await page.locator('.pane-header', { hasText: 'in Debug minor.s' }).isVisible()) return;
  await quickOpen(page, 'minor.s');
  await page.keyboard.press('Control+F5');
  await page.locator('.debug-toolbar').waitFor();
  await page.locator('.debug-toolbar').waitFor({ state: 'hidden' });
}

/** Ends each session that there is: a command may have begun another. */
async function end(page: Page): Promise<void> {
  await expect.poll(async () => {
    await page.keyboard.press('Shift+F5');
    await page.waitForTimeout(500);
    return isDebugging(page);
  }, { timeout: 60_000 }).toBe(false);
}

/** Closes what a command has asked or said. */
async function dismiss(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  if (await page.locator('.notification-toast').first().isVisible()) await runCommand(page, 'Notifications: Clear All Notifications');
}

/** What is to be seen, without what changes by itself. */
async function look(page: Page): Promise<string> {
  return page.evaluate<string>(`(() => {
    const text = (element) => [element.getAttribute('aria-label'), element.getAttribute('aria-expanded'), element.className, element.textContent].join(' ');
    const all = (selector) => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility()).map(text);
    const focus = [];
    for (let element = document.activeElement; element; element = element.parentElement) focus.push(element.getAttribute('aria-label') ?? element.id);
    return JSON.stringify([
      all('.tabs-container .tab'), all('.quick-input-widget'), all('.notification-toast'), all('.monaco-dialog-box'), all('.pane-header'),
      all('.debug-toolbar .action-label'), all('.activitybar .badge'), all('.title-actions .action-label'), all('.editor-instance .codicon-debug-stackframe'),
      all('.part.sidebar .composite.title'), all('.part.panel .composite.title .checked'), all('.part.statusbar .statusbar-item').filter((item) => !item.includes('refault.time')),
      document.querySelectorAll('iframe.webview').length, focus,
    ]);
  })()`);
}

async function settled(page: Page): Promise<string> {
  let before = await look(page);
  for (let turns = 0; turns < 50; turns++) {
    await page.waitForTimeout(150);
    const now = await look(page);
    if (now === before) break;
    before = now;
  }
  return before;
}

/** What is wrong with what is to be seen after a command; undefined where nothing is. */
async function problemAfter(page: Page, before: string): Promise<string | undefined> {
  const input = page.locator('.quick-input-widget input[type=text]');
  for (const end = Date.now() + PATIENCE; Date.now() < end;) {
    const isPalette = await input.isVisible() && (await input.inputValue()).startsWith('>');
    const now = isPalette ? before : await look(page);
    if (now !== before) return FAILURE.exec(await page.locator('.notification-toast').allTextContents().then((texts) => texts.join(' ')))?.[0];
    await page.waitForTimeout(50);
  }
  return 'nothing happened';
}
