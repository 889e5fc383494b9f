/** A program under several kernels: chosen from a list, shown as text whose places lead to the source. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { useWorkbench } from './useWorkbench.ts';
import { openTab, quickOpen, runCommand } from './workbench.ts';

const touch = readFileSync('examples/retry.s', 'utf8').split('\n').findIndex((line) => line.startsWith('touch:')) + 1;

describe('comparing kernels in the workbench', () => {
  const workbench = useWorkbench();

  it('runs the open program under all of them, and leads to the line where they part', async () => {
    const page = workbench();
    await quickOpen(page, 'retry.s');
    await runCommand(page, 'Refault: Compare Kernels');
    const kernels = page.locator('.quick-input-list .monaco-list-row');
    await kernels.filter({ hasText: '2.6.18-retry' }).waitFor();
    await page.keyboard.press('Enter');

    await openTab(page, 'retry.s compared', 'active').waitFor({ timeout: 60_000 });
    const text = page.locator('.editor-instance .view-lines');
    await expect.poll(() => text.first().innerText()).toMatch(/2\.6\.18\s+4\s+The\sprogram\swas\skilled\sby\sSIGBUS/);
    const place = page.locator('.editor-instance .detected-link', { hasText: `retry.s:${touch}` }).first();
    await place.waitFor();
    // The editor draws a link anew when it is pointed at with Control, which an element that is held on to does not survive.
    const box = await place.boundingBox();
    await page.keyboard.down('Control');
    await page.mouse.move((box?.x ?? 0) + 10, (box?.y ?? 0) + 8);
    await page.mouse.click((box?.x ?? 0) + 12, (box?.y ?? 0) + 8);
    await page.keyboard.up('Control');
    await openTab(page, /^retry\.s(?! compared)/, 'active').waitFor();
    await expect.poll(() => page.locator('.statusbar').innerText()).toContain(`Ln ${touch},`);
  });

  it('says that there is no program, where there is none', async () => {
    const page = workbench();
    await runCommand(page, 'View: Close All Editors');
    await runCommand(page, 'Refault: Compare Kernels');
    await page.getByText('Open a Cell assembly file (.s) or an ELF program first.').first().waitFor();
  });
});
