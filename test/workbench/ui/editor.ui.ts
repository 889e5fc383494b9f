/** What the editor says of a run: outcomes behind lines, values at a stop, and hovers. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useWorkbench } from './useWorkbench.ts';
import { hoverWord, isDebugging, quickOpen, runCommand, stoppedLine } from './workbench.ts';

/** Texts that decorations put behind lines, which are no part of the document. */
function textsBehindLines(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`[...document.querySelectorAll('.view-line span')].map((span) => getComputedStyle(span, '::after').content).filter((text) => text.startsWith('"'))`);
}

describe('an assembly source while its program is stopped', () => {
  const workbench = useWorkbench();

  it('has the outcome of the fault behind its line, and the values of registers', async () => {
    const page = workbench();
    await quickOpen(page, 'retry.s');
    await page.keyboard.press('F5');
    await stoppedLine(page);
    await expect.poll(() => textsBehindLines(page), { timeout: 30_000 }).toContain('"RETRY"');
    await page.locator('.view-line', { hasText: /touch:.*\$r4\s=\s0x1\b/ }).waitFor();
    await page.locator('.view-line', { hasText: /li\s+r3,\s0.*\$r3\s=\s0x/ }).first().waitFor();
  });

  it('shows a register, memory and the meaning of a mnemonic where the pointer rests', async () => {
    const page = workbench();
    await hoverWord(page, 'touch:', 'r4');
    await page.locator('.debug-hover-widget', { hasText: '0x1' }).waitFor();
    await hoverWord(page, 'touch:', 'stw');
    await page.locator('.monaco-hover', { hasText: 'Stores a word.' }).first().waitFor();
  });

  // The frame of the signal's handler comes to a fresh page of the stack while the store is the instruction.
  it('keeps the outcomes when the program has ended, until they are hidden', async () => {
    const page = workbench();
    await page.keyboard.press('Escape');
    await page.keyboard.press('F5');
    await expect.poll(() => isDebugging(page), { timeout: 30_000 }).toBe(false);
    await expect.poll(() => textsBehindLines(page)).toContain('"RETRY → MINOR ×2"');
    await runCommand(page, 'Refault: Show or Hide the Outcomes of Faults in the Editor');
    await expect.poll(() => textsBehindLines(page)).toEqual([]);
  });
});
