/** A look inside: stepping into the kernel, its listings, and what one kernel has that another has not. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { useWorkbench } from './useWorkbench.ts';
import { goToLine, isDebugging, openTab, pick, quickOpen, runCommand, stoppedLine, toggleBreakpoint } from './workbench.ts';

const lines = readFileSync('examples/minor.s', 'utf8').split('\n');
const write = lines.findIndex((line) => line.startsWith('write:')) + 1;

describe('the kernel in the workbench', () => {
  const workbench = useWorkbench();

  it('is gone through by Step Into once that is asked for, and left by Step Out', async () => {
    const page = workbench();
    await quickOpen(page, 'minor.s');
    await goToLine(page, write);
    await toggleBreakpoint(page, write);
    await page.keyboard.press('F5');
    expect(await stoppedLine(page)).toBe(write);

    await runCommand(page, 'Step Into: Go Through the Kernel');
    await page.locator('.debug-toolbar').getByLabel('Step Into: Run the Kernel Through').waitFor();
    await page.keyboard.press('F11');
    await openTab(page, 'do_page_fault.kernel').waitFor();
    // Lines 1 and 2 of a listing are its title.
    await expect.poll(() => stoppedLine(page)).toBe(3);
    await page.keyboard.press('F11');
    await expect.poll(() => stoppedLine(page)).toBe(4);
    await page.keyboard.press('Shift+F11');
    await openTab(page, 'minor.s', 'active').waitFor();
    await expect.poll(() => stoppedLine(page)).toBe(write);
  });

  it('stops at a breakpoint in a listing that was opened by the command', async () => {
    const page = workbench();
    await runCommand(page, 'Refault: Open Kernel Listing');
    await pick(page, 'do_wp_page');
    await openTab(page, 'do_wp_page.kernel', 'active').waitFor();
    await toggleBreakpoint(page, 3);
    await page.keyboard.press('F5');
    await openTab(page, 'do_wp_page.kernel', 'active').waitFor();
    await expect.poll(() => stoppedLine(page)).toBe(3);
    await page.keyboard.press('Shift+F5');
    await expect.poll(() => isDebugging(page), { timeout: 30_000 }).toBe(false);
  });

  it('has its listings without a program too, and shows what the proposal changes', async () => {
    const page = workbench();
    await runCommand(page, 'Refault: Open Kernel Listing');
    await pick(page, '2.6.18');
    await pick(page, 'do_no_page');
    await openTab(page, 'do_no_page.kernel', 'active').waitFor();

    await runCommand(page, 'Refault: Compare Kernel Listings');
    await pick(page, '2.6.18');
    await pick(page, '2.6.18-retry');
    const changes = page.locator('.multi-diff-root-floating-menu, .multiDiffEditor, .multi-diff-editor').first();
    await changes.waitFor();
    await page.locator('.multiDiffEntry', { hasText: 'do_no_page.kernel' }).first().waitFor();
    await page.getByText('NOPAGE_RETRY').first().waitFor();
  });
});
