/** Coverage of retry.s: run for it from the palette, and marked in VS Code's own way. */
import { describe, it } from 'vitest';
import { useWorkbench } from './useWorkbench.ts';
import { goToLine, quickOpen, runCommand } from './workbench.ts';

const HIT = '.editor-instance .coverage-deco-gutter.coverage-deco-hit';
/** `li r0, SYS_rt_sigaction`, the first instruction. */
const FIRST_INSTRUCTION = 39;

describe('coverage', () => {
  const workbench = useWorkbench();

  it('marks the lines of the program that ran', async () => {
    const page = workbench();
    await quickOpen(page, 'retry.s');
    await runCommand(page, 'Refault: Run Cell Program with Coverage');
    await page.getByText('the store is taken again.').last().waitFor();
    await goToLine(page, FIRST_INSTRUCTION);
    await page.locator(HIT).first().waitFor({ state: 'attached' });
  });
});
