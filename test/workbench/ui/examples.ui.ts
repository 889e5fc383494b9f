/** Every example with F5: it stops where its expected table says that something remarkable becomes of a fault, or runs to its end. */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEFAULT_PROFILE } from '../../../src/sim/kernel/profile/tables.ts';
import { useWorkbench } from './useWorkbench.ts';
import { debugFile, endDebugging, isDebugging, quickOpen, runCommand, section } from './workbench.ts';

/** What the debugger stops on at first, in words of the table. */
const STOPS = /^ *\d+ +\d+ +(RETRY|SIGBUS|OOM|SIGSEGV)\b|^(Deadlock)\./m;

function expectedStop(name: string): string | undefined {
  const runs = readFileSync(`examples/expected/${name}.txt`, 'utf8').split(/^\$ /m);
  const run = runs.find((text) => new RegExp(`--kernel ${DEFAULT_PROFILE}(?: |\\n)`).test(text)) ?? '';
  const [, outcome, deadlock] = STOPS.exec(run) ?? [];
  return outcome ?? deadlock?.toLowerCase();
}

describe('examples in the workbench', () => {
  const workbench = useWorkbench();

  it.each(readdirSync('examples').filter((file) => file.endsWith('.s')).map((file) => file.slice(0, -2)))('%s runs to its stop', async (name) => {
    const page = workbench();
    await quickOpen(page, `${name}.s`);
    await runCommand(page, 'View: Show Run and Debug');
    await section(page, 'Page Faults');
    await debugFile(page, `${name}.s`);
    const stop = expectedStop(name);
    if (stop === undefined) {
      await page.locator('.pane-header', { hasText: `in Debug ${name}.s` }).waitFor();
      await expect.poll(() => isDebugging(page), { timeout: 60_000 }).toBe(false);
    } else {
      await page.locator('.exception-widget', { hasText: stop }).waitFor({ timeout: 60_000 });
      await endDebugging(page);
    }
  });
});
