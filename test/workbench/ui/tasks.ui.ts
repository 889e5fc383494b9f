/** Tasks: an example runs in a terminal, a broken file has its mistake in the Problems view. */
import { describe, it } from 'vitest';
import { useWorkbench } from './useWorkbench.ts';
import { pick, quickOpen, runCommand } from './workbench.ts';

describe('tasks in the workbench', () => {
  const workbench = useWorkbench();

  it('runs an example: its output and its faults are in the terminal', async () => {
    const page = workbench();
    await quickOpen(page, 'retry.s');
    await runCommand(page, 'Tasks: Run Task');
    await pick(page, 'refault: run retry.s');
    // The terminal draws on a canvas; what it says is in its title and in the accessible view.
    await page.locator('.terminal-tabs-entry, .single-terminal-tab', { hasText: 'retry.s' }).first().waitFor({ timeout: 60_000 });
    await runCommand(page, 'Terminal: Focus Accessible Terminal View');
    await page.locator('.accessible-view').getByText('The alarm is handled').first().waitFor({ timeout: 60_000 });
  });
});
