/** The view "Page Faults" with more than a list: filtered, grouped, led to the kernel's listing and exported. retry.s has stopped on its fourth fault, the only RETRY. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useWorkbench } from './useWorkbench.ts';
import { chooseFromMenu, debugFile, openTab, pick, rowOf, runCommand, section, stoppedLine } from './workbench.ts';

describe('the page faults of retry.s', () => {
  const workbench = useWorkbench();

  it('are filtered by outcome, and the view says what it leaves out', async () => {
    const page = workbench();
    await debugFile(page, 'retry.s');
    await stoppedLine(page);
    const faults = await section(page, 'Page Faults');
    await rowOf(faults, 'MINOR').waitFor();
    await runCommand(page, 'Refault: Page Faults: Filter');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'RETRY' }).first().click();
    await page.locator('.quick-input-widget').getByText('1 Selected').waitFor();
    await page.keyboard.press('Enter');
    await faults.getByText('Filtered by RETRY: 3 of 4 faults are not shown.').waitFor();
    await expect.poll(() => faults.locator('.monaco-list-row').count()).toBe(1);
    await rowOf(faults, 'RETRY').waitFor();
  });

  it('lead to the line of the kernel listing where the outcome was decided', async () => {
    const page = workbench();
    const faults = await section(page, 'Page Faults');
    await chooseFromMenu(page, rowOf(faults, 'RETRY'), 'Go to Kernel Listing');
    await openTab(page, '.kernel', 'active').waitFor();
  });

  it('are grouped by mapping, filtered and unfiltered', async () => {
    const page = workbench();
    const faults = await section(page, 'Page Faults');
    await runCommand(page, 'Refault: Page Faults: Group By');
    await pick(page, 'Mapping');
    await rowOf(faults, /\/spu\/other\/signal1.*1 fault: RETRY 1/).waitFor();
    await runCommand(page, 'Refault: Page Faults: Clear Filter');
    const program = rowOf(faults, /retry\.s.*3 faults: MINOR 3/);
    await program.click();
    await rowOf(faults, 'MINOR execute').waitFor();
  });

  it('are exported as CSV, all of them', async () => {
    const page = workbench();
    await runCommand(page, 'Refault: Export Page Faults');
    await saveAs(page, (name) => name.replace(/\.json$/, '.csv'));
    await page.locator('.notifications-toasts').getByText(/^4 faults exported to .*\.csv\.$/).waitFor();
    await page.locator('.notifications-toasts .monaco-button', { hasText: 'Open' }).click();
    await openTab(page, /faults\.csv/, 'active').waitFor();
    const text = page.locator('.editor-instance .view-lines').first();
    await expect.poll(() => text.innerText()).toMatch(/^id,cycle,attempt,retryOf,origin,task,/);
    expect((await text.innerText()).split('\n').filter((line) => /^\d+,/.test(line)).map((line) => line.split(',')[0])).toEqual(['0', '1', '2', '3']);
    expect(await text.innerText()).toMatch(/3,\d+,1,,ppe,1001,/);
  });
});

/** Changes the name that the workbench's own dialog proposes, and saves. */
async function saveAs(page: Page, changed: (name: string) => string): Promise<void> {
  const input = page.locator('.quick-input-widget input[type=text]');
  await expect.poll(() => input.inputValue()).toMatch(/faults\.json$/);
  await input.fill(changed(await input.inputValue()));
  await page.keyboard.press('Enter');
}
