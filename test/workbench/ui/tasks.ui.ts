/** Tasks in the workbench: a program in a terminal, and a broken one whose mistakes are in the Problems view. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useWorkbench } from './useWorkbench.ts';
import { openTab, pick, quickOpen, runCommand } from './workbench.ts';

describe('tasks', () => {
  const workbench = useWorkbench();

  it('run a program of the workspace in a terminal, to its end', async () => {
    const page = workbench();
    await quickOpen(page, 'minor.s');
    await runTask(page, 'run minor.s');
    const tab = page.locator('.single-terminal-tab', { hasText: 'run minor.s' });
    await tab.waitFor();
    // The workbench's sign for a task whose status is 0.
    await tab.locator('.codicon-check').waitFor({ timeout: 30_000 });
  });

  it('show the mistakes of a file that is not open among the problems', async () => {
    const page = workbench();
    await quickOpen(page, 'oom.s');
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('        lwzz r3, 0(r1)');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+S');
    await runCommand(page, 'View: Close All Editors');
    await openTab(page, 'oom.s').waitFor({ state: 'detached' });
    await runTask(page, 'run oom.s');
    await page.locator('.part.statusbar [aria-label^="Errors: 1"], .part.statusbar [aria-label*="1 Problem"]').first().waitFor({ timeout: 30_000 });
    await runCommand(page, 'View: Focus Problems');
    const problem = page.locator('.markers-panel .monaco-list-row', { hasText: 'lwzz' }).first();
    await problem.waitFor();
    await problem.dblclick();
    await openTab(page, 'oom.s', 'active').waitFor();
    await page.locator('.part.statusbar').getByText('Ln 1,').waitFor();
    // It shows its own mistakes now, and each of them once.
    await expect.poll(() => page.locator('.markers-panel .monaco-list-row', { hasText: 'lwzz' }).count()).toBe(1);
  });
});

/** Chooses a task of Refault's: of all tasks, as those that were run of late come before their kinds. */
async function runTask(page: Page, name: string): Promise<void> {
  const input = page.locator('.quick-input-widget input[type=text]');
  const rows = page.locator('.quick-input-list .monaco-list-row');
  await page.keyboard.press('Control+P');
  await input.fill('task Show All Tasks');
  await rows.filter({ hasText: 'Show All Tasks' }).first().waitFor();
  await page.keyboard.press('Enter');
  await pick(page, name);
}
