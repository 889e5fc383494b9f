/** A user's first session: retry.s in the workbench in a browser, by keyboard and mouse. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { picture } from './pictures.ts';
import { useWorkbench } from './useWorkbench.ts';
import { closeSection, debugFile, dragEdge, goToLine, isDebugging, rowOf, scrollTo, section, stoppedLine } from './workbench.ts';

const source = readFileSync('examples/retry.s', 'utf8').split('\n');

describe('retry.s in the workbench', () => {
  const workbench = useWorkbench();

  it('stops where the interrupted fault is answered with RETRY, and says so', async () => {
    const page = workbench();
    await debugFile(page, 'retry.s');
    const line = await stoppedLine(page);
    expect(source[line - 1]).toMatch(/^touch:\s+stw\s/);

    const widget = page.locator('.exception-widget');
    await widget.waitFor();
    const text = await widget.innerText();
    for (const word of ['RETRY', '/spu/other/signal1', 'NOPAGE_RETRY', 'VM_FAULT_MINOR']) expect(text).toContain(word);
  });

  it('shows the kernel path above the program on the call stack', async () => {
    const page = workbench();
    const callStack = await section(page, 'Call Stack');
    // The workbench folds frames that are not the program's own, and makes the topmost of the program current.
    await scrollTo(page, callStack, /^Show \d+ More/);
    await rowOf(callStack, /^Show \d+ More/).click();
    for (const frame of ['spufs_ps_nopage', 'do_no_page', 'do_page_fault', /^_start.*retry\.s/]) await scrollTo(page, callStack, frame);
  });

  it('fills both views, and a click on the fault goes to the store', async () => {
    const page = workbench();
    const faults = await section(page, 'Page Faults');
    const retry = rowOf(faults, 'RETRY');
    await retry.waitFor();
    const contexts = await section(page, 'SPE Contexts');
    await rowOf(contexts, 'RUNNABLE on SPE 0').waitFor();
    await rowOf(contexts, 'SAVED').waitFor();

    await goToLine(page, 1);
    await retry.click();
    const line = await stoppedLine(page);
    expect(source[line - 1]).toMatch(/^touch:\s+stw\s/);
    if (process.env['REFAULT_PICTURES'] !== undefined) await takePicture(page);
  });

  it('takes the store again, which ends MINOR, and runs to the end', async () => {
    const page = workbench();
    await rowOf(await section(page, 'Breakpoints'), /^MINOR/).locator('input[type=checkbox], .monaco-checkbox').first().click();
    const faults = await section(page, 'Page Faults');
    const count = (): Promise<string> => faults.locator('.pane-header').innerText();
    const widget = page.locator('.exception-widget', { hasText: 'Exception has occurred: MINOR' });
    let minor = '';
    // The handler of the alarm may touch a page for the first time as well.
    for (let stops = 0; stops < 20 && await isDebugging(page); stops++) {
      const before = await count();
      await page.keyboard.press('F5');
      const stoppedAgain = async (): Promise<boolean> => await widget.isVisible() && await count() !== before;
      await expect.poll(async () => await stoppedAgain() || !await isDebugging(page), { timeout: 30_000 }).toBe(true);
      if (await isDebugging(page)) minor += await widget.innerText();
    }
    expect(minor).toContain('/spu/other/signal1');
    await faults.getByText('The program has ended.').waitFor();
    await rowOf(faults, 'RETRY').waitFor();
  });
});

/** The picture of the README: what a fault looks like, with nothing else in the way. */
async function takePicture(page: Page): Promise<void> {
  for (const title of ['Variables', 'Watch', 'Loaded Scripts', 'Breakpoints']) await closeSection(page, title);
  await page.keyboard.press('Control+J');
  await page.locator('.part.panel').waitFor({ state: 'hidden' });
  await dragEdge(page, page.locator('.part.sidebar'), 'right', 120);
  await dragEdge(page, await section(page, 'Call Stack'), 'bottom', 150);
  await picture(page, 'workbench');
}
