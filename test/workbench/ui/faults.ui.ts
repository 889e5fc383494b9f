/** The view "Page Faults" with more than a list: filtered, grouped, led to the kernel's listing and exported. retry.s has stopped on its fourth fault, the only RETRY. */
import { describe, expect, it } from 'vitest';
import { useWorkbench } from './useWorkbench.ts';
import { chooseFromMenu, debugFile, openTab, pick, quickOpen, rowOf, runCommand, saveAs, section, stoppedLine } from './workbench.ts';

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
    await saveAs(page, 'faults.json', (name) => name.replace(/\.json$/, '.csv'));
    await page.locator('.notifications-toasts').getByText(/^4 faults exported to .*\.csv\.$/).waitFor();
    await page.locator('.notifications-toasts .monaco-button', { hasText: 'Open' }).click();
    await openTab(page, /faults\.csv/, 'active').waitFor();
    const text = page.locator('.editor-instance .view-lines').first();
    await expect.poll(() => text.innerText()).toMatch(/^id,cycle,attempt,retryOf,origin,task,/);
    expect((await text.innerText()).split('\n').filter((line) => /^\d+,/.test(line)).map((line) => line.split(',')[0])).toEqual(['0', '1', '2', '3']);
    expect(await text.innerText()).toMatch(/3,\d+,1,,ppe,1001,/);
  });

  it('are all there when a program with many has ended', async () => {
    const page = workbench();
    await page.keyboard.press('Shift+F5');
    await page.locator('.debug-toolbar').waitFor({ state: 'hidden' });
    await quickOpen(page, 'retry-forever.s');
    await page.keyboard.press('Control+F5');
    await page.locator('.debug-toolbar').waitFor();
    const description = page.locator('.pane-header', { hasText: 'Page Faults' }).locator('.description');
    const count = async (): Promise<number> => Number(/^(\d+) in Debug retry-forever\.s/.exec(await description.textContent() ?? '')?.[1] ?? 0);
    await expect.poll(count).toBeGreaterThan(3000);
    await page.keyboard.press('Shift+F5');
    await page.locator('.debug-toolbar').waitFor({ state: 'hidden' });
    const faults = await section(page, 'Page Faults');
    await faults.getByText('The program has ended. This is what it left.').waitFor();
    expect(await count()).toBeGreaterThan(3000);
    // Grouped by mapping, still.
    await rowOf(faults, /\/dev\/stuck.*RETRY \d{4,}/).waitFor();
  });
});
