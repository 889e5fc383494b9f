/** Breakpoints and steps, by mouse and keyboard. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { useWorkbench } from './useWorkbench.ts';
import { goToLine, isDebugging, quickOpen, rowOf, section, stoppedLine, toggleBreakpoint } from './workbench.ts';

/** Lines of minor.s: `_start` and the first two instructions behind it. */
const lines = readFileSync('examples/minor.s', 'utf8').split('\n');
const start = lines.findIndex((line) => line.startsWith('_start:')) + 1;
const instructions = lines.flatMap((line, index) => index >= start - 1 && /^(?:_start:)?\s+[a-z]\w*\.?\s/.test(line) ? [index + 1] : []);

describe('minor.s in the workbench', () => {
  const workbench = useWorkbench();

  it('stops at a breakpoint that was set by a click, steps, and ends', async () => {
    const page = workbench();
    const [first = 0, second = 0] = instructions;
    await quickOpen(page, 'minor.s');
    await goToLine(page, first);
    await toggleBreakpoint(page, first);
    await page.keyboard.press('F5');
    expect(await stoppedLine(page)).toBe(first);

    await page.keyboard.press('F10');
    await expect.poll(() => stoppedLine(page)).toBe(second);
    await rowOf(await section(page, 'Variables'), 'General').waitFor();

    await page.keyboard.press('F5');
    await expect.poll(() => isDebugging(page), { timeout: 30_000 }).toBe(false);
    // The session had a worker of its own, which answers about what the program left until another one begins: then it ends.
    const workers = page.workers().length;
    await page.keyboard.press('F5');
    expect(await stoppedLine(page)).toBe(first);
    await expect.poll(() => page.workers().length).toBeLessThanOrEqual(workers);
    await page.keyboard.press('F5');
    await expect.poll(() => isDebugging(page), { timeout: 30_000 }).toBe(false);
    await expect.poll(() => page.workers().length).toBeLessThanOrEqual(workers);
  });
});
