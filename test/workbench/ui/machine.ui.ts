/** The views of the machine in the workbench: SPE contexts, address space and memory. */
import type { FrameLocator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useWorkbench } from './useWorkbench.ts';
import { closeSection, debugFile, rowOf, runCommand, scrollTo, section, stoppedLine } from './workbench.ts';

describe('the views of the machine', () => {
  const workbench = useWorkbench();
  const memory = (): FrameLocator => workbench().frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');

  it('shows all of a context when it is opened', async () => {
    const page = workbench();
    await debugFile(page, 'retry.s');
    await stoppedLine(page);
    const contexts = await section(page, 'SPE Contexts');
    await rowOf(contexts, 'busy').click();
    await scrollTo(page, contexts, 'Channels');
    await scrollTo(page, contexts, 'Decrementer');
  });

  it('translates an address step by step', async () => {
    const page = workbench();
    await runCommand(page, 'Refault: Translate Address');
    const input = page.locator('.quick-input-widget input[type=text]');
    await input.fill('_start');
    await page.keyboard.press('Enter');
    const space = await section(page, 'Address Space');
    await scrollTo(page, space, 'real address');
    await scrollTo(page, space, 'VSID');
  });

  it('shows memory, follows a register and writes a byte', async () => {
    const page = workbench();
    await runCommand(page, 'Refault: Show Memory');
    await page.locator('.quick-input-widget input[type=text]').fill('_start');
    await page.keyboard.press('Enter');
    const cells = memory().locator('.cell');
    await cells.first().waitFor();
    const changed = await cells.first().textContent() === '5a' ? 'a5' : '5a';
    await cells.first().click();
    await page.keyboard.type(changed);
    await expect.poll(() => cells.first().textContent()).toBe(changed);
    await memory().locator('#where').fill('$pc');
    await memory().locator('#follow').check();
    const first = memory().locator('.address').first();
    const before = await first.textContent();
    await page.keyboard.press('F10');
    await expect.poll(() => first.textContent(), { timeout: 20_000 }).not.toBe(before);
  });

  it('forgets the snapshot of memory with the program that it is of', async () => {
    const page = workbench();
    const drop = memory().locator('#drop');
    for (const keys of ['Control+Shift+F5', 'Shift+F5']) {
      await memory().locator('#where').fill('$pc');
      await memory().locator('#go').click();
      await memory().locator('#snapshot').click();
      await drop.waitFor();
      await page.locator('.debug-toolbar').click({ position: { x: 2, y: 2 } });
      await page.keyboard.press(keys);
      if (keys === 'Shift+F5') {
        await page.locator('.debug-toolbar').waitFor({ state: 'hidden' });
        await memory().getByText('No Cell program is being debugged.').waitFor();
        await debugFile(page, 'retry.s');
      }
      await drop.waitFor({ state: 'hidden' });
      await page.locator('.exception-widget', { hasText: 'RETRY' }).waitFor();
      await memory().locator('.cell').first().waitFor();
      expect(await drop.isVisible()).toBe(false);
    }
  });

  it('says that a program has ended, whatever the views were still asking about it', async () => {
    const page = workbench();
    for (const wait of [200, 300, 400]) {
      await page.locator('.debug-toolbar').click({ position: { x: 2, y: 2 } });
      await page.keyboard.press('Control+Shift+F5');
      await page.waitForTimeout(wait);
      await page.keyboard.press('Shift+F5');
      await page.locator('.debug-toolbar').waitFor({ state: 'hidden' });
      await memory().getByText('No Cell program is being debugged.').waitFor();
      await debugFile(page, 'retry.s');
      await page.locator('.exception-widget', { hasText: 'RETRY' }).waitFor();
      await memory().locator('.cell').first().waitFor();
    }
    expect(await page.locator('.notification-toast').allTextContents()).toEqual([]);
  });

  it('opens the context whose thread is selected', async () => {
    const page = workbench();
    const contexts = await section(page, 'SPE Contexts');
    const other = (await section(page, 'Call Stack')).locator('.monaco-list-row', { hasText: /^\/spu\/other/ }).first();
    await scrollTo(page, contexts, /^other/);
    expect(await rowOf(contexts, /^other/).getAttribute('aria-expanded')).toBe('false');
    await other.click();
    await scrollTo(page, contexts, /^other/);
    await expect.poll(() => rowOf(contexts, /^other/).getAttribute('aria-expanded')).toBe('true');
  });

  it('opens it when it comes into sight, too', async () => {
    const page = workbench();
    await rowOf(await section(page, 'SPE Contexts'), /^busy/).waitFor();
    await closeSection(page, 'SPE Contexts');
    await (await section(page, 'Call Stack')).locator('.monaco-list-row', { hasText: /^\/spu\/busy/ }).first().click();
    const contexts = await section(page, 'SPE Contexts');
    await scrollTo(page, contexts, /^busy/);
    await expect.poll(() => rowOf(contexts, /^busy/).getAttribute('aria-expanded')).toBe('true');
  });
});
