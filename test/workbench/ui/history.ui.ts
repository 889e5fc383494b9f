/** Back in time in the workbench: the toolbar, the status bar and a row of the view Page Faults. */
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useWorkbench } from './useWorkbench.ts';
import { debugFile, rowOf, runCommand, section, stoppedLine } from './workbench.ts';

describe('back in time', () => {
  const workbench = useWorkbench();
  const past = (): Locator => workbench().locator('.statusbar-item', { hasText: 'In the past' });
  let present = 0;

  it('steps back with the button of the toolbar, and the status bar says so', async () => {
    const page = workbench();
    await debugFile(page, 'retry.s');
    present = await stoppedLine(page);
    await page.locator('.debug-toolbar .codicon-debug-step-back').click();
    await past().waitFor();
    await expect.poll(() => stoppedLine(page), { timeout: 20_000 }).not.toBe(present);
  });

  it('returns to the present with a click in the status bar', async () => {
    const page = workbench();
    await past().locator('a').click();
    await past().waitFor({ state: 'hidden' });
    await expect.poll(() => stoppedLine(page), { timeout: 20_000 }).toBe(present);
  });

  it('travels to a fault from its row, and back by the palette', async () => {
    const page = workbench();
    const fault = rowOf(await section(page, 'Page Faults'), /^MINOR write/);
    await fault.hover();
    await fault.getByRole('button', { name: 'Travel to This Fault' }).click();
    await past().waitFor();
    await page.locator('.exception-widget', { hasText: 'Exception has occurred: MINOR' }).waitFor();
    await runCommand(page, 'Refault: Return to the Present');
    await past().waitFor({ state: 'hidden' });
    await expect.poll(() => stoppedLine(page), { timeout: 20_000 }).toBe(present);
  });
});
