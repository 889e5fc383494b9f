/** First minutes: an example at once, why its fault was, and the kernel behind it. */
import type { FrameLocator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useWorkbench } from './useWorkbench.ts';
import { isDebugging, openTab, pick, rowOf, runCommand, section, stoppedLine } from './workbench.ts';

describe('the first minutes in the workbench', () => {
  const workbench = useWorkbench();

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
    await bar.getByText(/^[\d.]+ (?:µs|ms|s)$/).first().waitFor();
  });

  it('the fault is explained on a page, whose links lead into the kernel', async () => {
    const page = workbench();
    const faults = await section(page, 'Page Faults');
    const retry = rowOf(faults, 'RETRY');
    await retry.click({ button: 'right' });
    await page.locator('.monaco-menu').getByText('Explain This Fault').click();
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
});

/** The page in the preview of Markdown, which is a frame in a frame. */
async function preview(page: Page): Promise<FrameLocator> {
  const outer = page.locator('iframe.webview').last();
  await outer.waitFor();
  return outer.contentFrame().locator('iframe#active-frame').contentFrame();
}
