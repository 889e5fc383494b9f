/** An ELF program from C: its source, its variables, a step, a hover. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { useWorkbench } from './useWorkbench.ts';
import { hoverWord, openTab, quickOpen, rowOf, section, stoppedLine, toggleBreakpoint } from './workbench.ts';

const lines = readFileSync('test/guests/steps.c', 'utf8').split('\n');
const lineOf = (text: string): number => lines.findIndex((line) => line.includes(text)) + 1;

describe('a C program in the workbench', () => {
  const workbench = useWorkbench();

  it('stops at a breakpoint in its source, with its locals', async () => {
    const page = workbench();
    await quickOpen(page, 'steps.c');
    await toggleBreakpoint(page, lineOf('twice(first)'));
    const elf = page.locator('.explorer-folders-view .monaco-list-row', { hasText: /^steps$/ });
    if (!await elf.isVisible()) await page.keyboard.press('Control+Shift+E');
    await elf.dblclick();
    await openTab(page, /^steps$/, 'active').waitFor();
    await page.keyboard.press('F5');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Cell (Refault)' }).first().click();
    await openTab(page, 'steps.c', 'active').waitFor();
    expect(await stoppedLine(page)).toBe(lineOf('twice(first)'));
    const variables = await section(page, 'Variables');
    await rowOf(variables, /^first\s*=?:?\s*20/).waitFor();
  });

  it('steps over the line, whose call is made', async () => {
    const page = workbench();
    await page.keyboard.press('F10');
    await expect.poll(() => stoppedLine(page)).toBe(lineOf('first + second'));
    await rowOf(await section(page, 'Variables'), /^second\s*=?:?\s*40/).waitFor();
  });

  it('shows a variable where the pointer rests', async () => {
    const page = workbench();
    await hoverWord(page, 'first + second', 'second');
    await page.locator('.debug-hover-widget', { hasText: '40' }).waitFor();
  });
});
