/** Runs the suite that lives inside VS Code, in each host, and brings its report back. */
import type { Page } from 'playwright-core';
import { REPORT_MARK, type SuiteReport } from '../../test/workbench/suite/report.ts';
import { openBrowser } from '../hosts/browser.ts';
import { developExtension, startServerHost } from '../hosts/serverHost.ts';
import { serveWebHost } from '../hosts/webHost.ts';

const TIME_LIMIT = 5 * 60_000;
/** What the workbench says about itself, to nobody's use. */
const CHATTER = /gallery|open-vsx|AgentHost|AccountPolicyGate|spdlog|watchdog|bindings|Creating a socket|connection token|Service Worker|ENOTFOUND|sqlite|ENOPRO|package\.nls|fs provider registers|ERR_NAME_NOT_RESOLVED/;

export interface SuiteOptions {
  readonly chromium: string;
  /** The unpacked extension, with the suites in it. */
  readonly extension: string;
  readonly folder: string;
}

/** The `browser` bundle, in the web worker of the workbench in the browser. */
export async function runWebSuite({ chromium, extension, folder }: SuiteOptions): Promise<SuiteReport> {
  const host = await serveWebHost({ extension, folder, tests: `${extension}/suite/web.js`, port: 0 });
  try {
    return await runInPage(chromium, async (page) => { await page.goto(host.url); });
  } finally {
    host.close();
  }
}

/** The `main` bundle, in the Node extension host of the server, where the package has been installed too. */
export async function runServerSuite({ chromium, extension, folder }: SuiteOptions, vsix: string): Promise<SuiteReport> {
  const host = await startServerHost(vsix);
  try {
    return await runInPage(chromium, async (page) => {
      await developExtension(page, host.port, extension, `${extension}/suite/node.cjs`);
      await page.goto(`http://localhost:${host.port}/?folder=${encodeURIComponent(folder)}`);
    });
  } finally {
    await host.stop();
  }
}

/** VS Code calls two functions of the page when it runs extension tests: for the console of the extension host, and at the end. */
async function runInPage(chromium: string, open: (page: Page) => Promise<void>): Promise<SuiteReport> {
  const browser = await openBrowser(chromium);
  const said: string[] = [];
  try {
    const report = await new Promise<SuiteReport>((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`The suite did not end within ${TIME_LIMIT / 60_000} minutes.`)), TIME_LIMIT);
      const log = (_type: string, words: readonly unknown[]): void => {
        const text = words.map(String).join(' ');
        const mark = text.indexOf(REPORT_MARK);
        if (mark >= 0) resolve(JSON.parse(text.slice(mark + REPORT_MARK.length)) as SuiteReport);
        else if (!CHATTER.test(text)) said.push(text);
      };
      // The report precedes the exit; an exit without one means that the suite could not be loaded.
      const exit = (code: number): void => { setTimeout(() => reject(new Error(`VS Code ended the suite with code ${code} and no report.`)), 1000); };
      const run = async (): Promise<void> => {
        await browser.page.exposeFunction('codeAutomationLog', log);
        await browser.page.exposeFunction('codeAutomationExit', exit);
        await open(browser.page);
      };
      run().catch(reject);
      browser.page.on('close', () => { clearTimeout(limit); });
    });
    return report;
  } catch (error) {
    throw new Error([error instanceof Error ? error.message : String(error), ...said.slice(-20)].join('\n'), { cause: error });
  } finally {
    await browser.close();
  }
}
