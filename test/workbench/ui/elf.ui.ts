/** An ELF program, opened like any file. */
import { describe, it } from 'vitest';
import { useWorkbench } from './useWorkbench.ts';
import { debugFile } from './workbench.ts';

describe('an ELF program in the workbench', () => {
  const workbench = useWorkbench();

  it('runs with F5 and the choice of the debugger', async () => {
    const page = workbench();
    await debugFile(page, 'hello_asm');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Cell (Refault)' }).first().click();
    await page.locator('.repl').getByText('Hello, world!').waitFor({ timeout: 60_000 });
  });
});
