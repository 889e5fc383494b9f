/** Every view, in light, dark and high-contrast themes: pictures to look at, kept in dist/screens. */
import { describe, it } from 'vitest';
import { everyTheme, picture } from './pictures.ts';
import { useWorkbench } from './useWorkbench.ts';
import { closeSection, debugFile, openTab, pick, quickOpen, rowOf, runCommand, scrollTo, section, stoppedLine } from './workbench.ts';

describe('views in every theme', () => {
  const workbench = useWorkbench();

  it('before the first program: the welcome texts and the walkthrough', async () => {
    const page = workbench();
    await quickOpen(page, 'retry.s');
    await runCommand(page, 'View: Show Run and Debug');
    for (const title of ['Page Faults', 'SPE Contexts']) await (await section(page, title)).getByText('Debug an Example').waitFor();
    await everyTheme(page, 'welcome');
    await runCommand(page, 'Welcome: Open Walkthrough');
    await pick(page, 'Your first page fault on a Cell');
    await page.locator('.getting-started-category, .getting-started-step').first().waitFor();
    await page.getByText('Get the examples').first().waitFor();
    await everyTheme(page, 'walkthrough');
  });

  it('stopped on a fault: program, views, status bar', async () => {
    const page = workbench();
    await debugFile(page, 'retry.s');
    await stoppedLine(page);
    for (const title of ['Variables', 'Watch', 'Loaded Scripts', 'Breakpoints']) await closeSection(page, title);
    await rowOf(await section(page, 'Page Faults'), 'RETRY').waitFor();
    const contexts = await section(page, 'SPE Contexts');
    await rowOf(contexts, 'RUNNABLE on SPE 0').waitFor();
    await everyTheme(page, 'stopped on a fault');
    await rowOf(contexts, 'RUNNABLE on SPE 0').click();
    await scrollTo(page, contexts, 'Mailboxes');
    await everyTheme(page, 'SPE contexts');
  });

  it('an address translated, and memory', async () => {
    const page = workbench();
    const input = page.locator('.quick-input-widget input[type=text]');
    for (const title of ['Call Stack', 'SPE Contexts', 'Page Faults']) await closeSection(page, title);
    await runCommand(page, 'Refault: Translate Address');
    await input.fill('touch');
    await page.keyboard.press('Enter');
    await scrollTo(page, await section(page, 'Address Space'), 'real address');
    await everyTheme(page, 'address space');
    await runCommand(page, 'Refault: Show Memory');
    await input.fill('touch');
    await page.keyboard.press('Enter');
    await page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame').locator('.cell').first().waitFor();
    await everyTheme(page, 'memory');
  });

  it('the timeline', async () => {
    const page = workbench();
    await runCommand(page, 'Refault: Show Timeline');
    const timeline = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
    await timeline.locator('.track path.RETRY').first().waitFor({ state: 'attached' });
    await timeline.locator('#fit').click();
    await everyTheme(page, 'timeline');
    await runCommand(page, 'View: Toggle Maximized Panel');
    await timeline.locator('.track path.RETRY').first().waitFor({ state: 'attached' });
    await timeline.locator('#fit').click();
    await picture(page, 'timeline');
    await runCommand(page, 'View: Toggle Maximized Panel');
  });

  it('kernels compared', async () => {
    const page = workbench();
    await quickOpen(page, 'retry.s');
    await runCommand(page, 'Refault: Compare Kernels');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: '2.6.18-retry' }).waitFor();
    await page.keyboard.press('Enter');
    await openTab(page, 'retry.s compared', 'active').waitFor({ timeout: 60_000 });
    await everyTheme(page, 'kernels compared');
  });

  it('the explanation of a fault, and a kernel listing', async () => {
    const page = workbench();
    await runCommand(page, 'Refault: Explain This Fault');
    await page.locator('iframe.webview').last().contentFrame().locator('iframe#active-frame').contentFrame().getByText('What happened').waitFor();
    await everyTheme(page, 'explanation');
    await picture(page, 'explanation');
    await runCommand(page, 'Refault: Open Kernel Listing');
    await pick(page, 'spufs_ps_nopage');
    await page.locator('.editor-instance').getByText('NOPAGE_RETRY').first().waitFor();
    await everyTheme(page, 'kernel listing');
    await page.keyboard.press('Shift+F5');
  });
});
