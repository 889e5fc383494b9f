/** Writing a program by hand: a snippet, proposals, the operands of an instruction, and a mistake that is mended. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useWorkbench } from './useWorkbench.ts';
import { quickOpen } from './workbench.ts';

/** The lines that the editor shows, without blanks at their ends. */
function linesShown(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`[...document.querySelectorAll('.editor-instance .view-line')]
    .sort((a, b) => parseFloat(a.style.top) - parseFloat(b.style.top)).map((line) => line.textContent.replaceAll('\\u00a0', ' ').trimEnd())`);
}

async function takeProposal(page: Page, typed: string, label: string): Promise<void> {
  await page.keyboard.type(typed, { delay: 60 });
  await page.locator('.suggest-widget.visible .monaco-list-row.focused', { has: page.getByText(label, { exact: true }) }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.suggest-widget.visible').waitFor({ state: 'detached' });
}

describe('a program in an emptied file', () => {
  const workbench = useWorkbench();

  it('begins as a snippet', async () => {
    const page = workbench();
    await quickOpen(page, 'minor.s');
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
    await takeProposal(page, 'ppe_prog', 'ppe_program');
    await expect.poll(() => linesShown(page)).toContain('_start:');
  });

  it('has mnemonics proposed, and their operands shown', async () => {
    const page = workbench();
    // The first placeholder is selected: what is typed takes its place.
    await takeProposal(page, 'lwz', 'lwz');
    await page.keyboard.type(' r3, ', { delay: 60 });
    const hints = page.locator('.parameter-hints-widget.visible');
    await hints.getByText(/^lwz rt/).first().waitFor();
    await expect.poll(() => hints.locator('.parameter.active').allTextContents()).toEqual(['d(ra0)']);
    await page.keyboard.type('0(r1)', { delay: 60 });
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
  });

  it('has its mistake underlined while it is typed, and mended by the quick fix', async () => {
    const page = workbench();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('adi     r3, r3, 1', { delay: 60 });
    await page.keyboard.press('Escape');
    const mistakes = page.locator('.editor-instance .squiggly-error');
    await mistakes.first().waitFor();
    await page.keyboard.press('Home');
    await page.keyboard.press('Control+.');
    await page.locator('.action-widget .monaco-list-row', { hasText: 'Write "addi"' }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => linesShown(page)).toContain('        addi     r3, r3, 1');
    await mistakes.first().waitFor({ state: 'detached' });
  });
});
