/** First minutes: an example at once, why its fault was, and the kernel behind it. */
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useWorkbench } from './useWorkbench.ts';
import { chooseFromMenu, isDebugging, openTab, paletteTitles, pick, rowOf, runCommand, section, stoppedLine } from './workbench.ts';

describe('the first minutes in the workbench', () => {
  const workbench = useWorkbench();

  it('the palette offers what makes sense without a program, and nothing else', async () => {
    expect(await paletteTitles(workbench())).toEqual([
      'Compare Kernel Listings', 'Compare Kernels', 'Debug an Example', 'Debug Cell Program', 'Open Kernel Listing', 'Open Sample Workspace', 'Open the Guide', 'Run Cell Program with Coverage', 'Run Cell Program Without Debugging', 'Show or Hide the Outcomes of Faults in the Editor', 'Show Timeline',
    ]);
  });

  it('an example runs to its RETRY without a folder and without a configuration', async () => {
    const page = workbench();
    await runCommand(page, 'Debug an Example');
    await pick(page, 'retry.s');
    expect(await stoppedLine(page)).toBeGreaterThan(0);
    await page.locator('.exception-widget', { hasText: 'RETRY' }).waitFor();
  });

  it('the status bar says under which kernel, and how far simulated time is', async () => {
    const page = workbench();
    const bar = page.locator('.part.statusbar');
    await bar.getByText('2.6.18-retry').waitFor();
    await bar.getByText(/\d (?:µs|ms|s)$/).first().waitFor();
  });

  it('the palette offers more while a program is stopped on a fault', async () => {
    const page = workbench();
    for (const title of ['Explain This Fault', 'Choose Another Kernel and Restart', 'Step Into: Go Through the Kernel', 'Continue Only This Thread']) {
      expect(await paletteTitles(page, title)).toContain(title);
    }
    expect(await paletteTitles(page, 'Step Into')).not.toContain('Step Into: Run the Kernel Through');
  });

  it('the fault is explained on a page, whose links lead into the kernel', async () => {
    const page = workbench();
    const faults = await section(page, 'Page Faults');
    await page.locator('.debug-toolbar').getByLabel('Explain This Fault').waitFor();
    await chooseFromMenu(page, rowOf(faults, 'RETRY'), 'Explain This Fault');
    const text = await preview(page);
    await text.getByText('What other kernels would have done').waitFor();
    await text.locator('td', { hasText: 'SIGBUS' }).first().waitFor();
    await text.locator('a', { hasText: 'spufs_ps_nopage' }).first().click();
    await openTab(page, 'spufs_ps_nopage.kernel', 'active').waitFor();
  });

  it('another kernel is chosen in the status bar, and kills the program', async () => {
    const page = workbench();
    await page.locator('.part.statusbar').getByText('2.6.18-retry').click();
    await pick(page, '2.6.18');
    await page.locator('.exception-widget', { hasText: 'SIGBUS' }).waitFor({ timeout: 60_000 });
    await page.keyboard.press('Shift+F5');
    await expect.poll(() => isDebugging(page), { timeout: 30_000 }).toBe(false);
  });

  it('the sample workspace in memory joins the explorer, with launch configurations', async () => {
    const page = workbench();
    await runCommand(page, 'Refault: Open Sample Workspace');
    await pick(page, 'In memory');
    await page.locator('.notification-toast').getByText('Add to the Workspace').click();
    // A second folder makes another workspace, for which the window loads again.
    const explorer = page.locator('.explorer-folders-view');
    await explorer.getByText('Refault examples').first().waitFor();
    await explorer.getByText('.vscode').first().click();
    await explorer.getByText('launch.json').first().dblclick();
    await page.locator('.editor-instance').getByText('2.6.18-retry').first().waitFor();
  });

  it('launch.json completes every field, also inside the machine', async () => {
    const page = workbench();
    const suggestion = (name: string): Locator => page.locator('.suggest-widget .monaco-list-row', { hasText: name }).first();
    await page.locator('.editor-instance .view-line', { hasText: '2.6.18-retry' }).first().click();
    await page.keyboard.press('End');
    await page.keyboard.type(',');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Space');
    for (const name of ['args', 'devices', 'env', 'history', 'hostFolder', 'machine']) await suggestion(name).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.type('"machine": {');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Space');
    for (const name of ['cyclesPerSecond', 'failures', 'memory', 'pageSize', 'spes']) await suggestion(name).waitFor();
    await page.keyboard.press('Escape');
  });
});

/** The page in the preview of Markdown, which is a frame in a frame. */
async function preview(page: Page): Promise<FrameLocator> {
  const outer = page.locator('iframe.webview').last();
  await outer.waitFor();
  return outer.contentFrame().locator('iframe#active-frame').contentFrame();
}
