/** The timeline in the workbench: retry.s has stopped on its RETRY, and every lane says what came before. */
import type { FrameLocator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useWorkbench } from './useWorkbench.ts';
import { openTab, quickOpen, runCommand, saveAs, stoppedLine } from './workbench.ts';

describe('the timeline of retry.s', () => {
  const workbench = useWorkbench();
  const timeline = (): FrameLocator => workbench().frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  let faultLine = 0;

  it('has lanes of processors, SPEs, tasks and contexts, and the fault in one of them', async () => {
    const page = workbench();
    await quickOpen(page, 'retry.s');
    await page.keyboard.press('F5');
    faultLine = await stoppedLine(page);
    await runCommand(page, 'Refault: Show Timeline');
    for (const name of ['Processors', 'SPEs', 'Tasks', 'SPE Contexts']) await timeline().locator('.heading', { hasText: new RegExp(`^${name}`) }).waitFor();
    await timeline().locator('.track path.RETRY').first().waitFor({ state: 'attached' });
    expect(await timeline().locator('.track path.running').count()).toBeGreaterThan(1);
    expect(await timeline().locator('.track').first().getAttribute('aria-label')).toMatch(/^CPU 0: \d+ spans, \d+ marks$/);
  });

  it('is read and zoomed with the keyboard', async () => {
    const page = workbench();
    const window = timeline().locator('.window');
    const all = await window.textContent();
    await timeline().locator('.track').first().click({ position: { x: 3, y: 3 } });
    await page.keyboard.press('+');
    await expect.poll(() => window.textContent()).not.toBe(all);
    await page.keyboard.press('0');
    await expect.poll(() => window.textContent()).toBe(all);
    const said = timeline().locator('.said');
    const before = await said.textContent();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => said.textContent()).not.toBe(before);
  });

  it('leads to the line of a fault with a click', async () => {
    const page = workbench();
    await quickOpen(page, 'minor.s');
    const mark = timeline().locator('.track path.RETRY').first();
    await mark.scrollIntoViewIfNeeded();
    await mark.click({ force: true });
    await openTab(page, 'retry.s', 'active').waitFor();
    await page.locator('.statusbar-item', { hasText: `Ln ${faultLine},` }).waitFor();
    expect(await timeline().locator('.said').textContent()).toMatch(/fault RETRY/);
  });

  it('is a table for those who do not see it', async () => {
    await timeline().locator('#table').click();
    const fault = timeline().locator('tbody tr', { hasText: 'RETRY' }).first();
    await fault.waitFor();
    expect(await timeline().locator('thead th').allTextContents()).toEqual(['Begin', 'Length', 'Lane', 'What']);
    await timeline().locator('#table').click();
  });

  it('stays when the program has ended', async () => {
    const page = workbench();
    await page.keyboard.press('Shift+F5');
    await timeline().getByText('The program has ended. This is what it left.').waitFor({ timeout: 20_000 });
    await timeline().locator('.track path.RETRY').first().waitFor({ state: 'attached' });
  });

  it('is exported as a picture then, too', async () => {
    const page = workbench();
    await timeline().locator('#fit').click();
    await runCommand(page, 'Refault: Export Timeline as SVG');
    await saveAs(page, 'timeline.svg');
    await page.locator('.notifications-toasts').getByText(/^Timeline exported to .*\.svg\.$/).waitFor();
    await page.locator('.notifications-toasts .monaco-button', { hasText: 'Open' }).click();
    await openTab(page, /timeline\.svg/, 'active').waitFor();
  });
});
