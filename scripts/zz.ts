import path from 'node:path';
import { buildShipped, buildSuites } from './bundles.ts';
import { unpackExtension } from './packaging.ts';
import { findChromium } from './hosts/browser.ts';
import { runServerSuite, runWebSuite } from './testing/suites.ts';
const t = Date.now(); const lap = (s: string) => console.log(s, Date.now() - t);
const plugin = { name: 'standin', setup(b: any) { b.onResolve({ filter: /adapter\/session\.ts$/ }, () => ({ path: path.resolve('test/workbench/standin/session.ts') })); } };
try { await buildShipped([plugin]); } catch (e) { console.log(String(e)); }
await buildSuites();
lap('built');
const extension = await unpackExtension('dist/unpacked', { 'suite/web.js': 'dist/suite/web.js', 'suite/node.cjs': 'dist/suite/node.cjs' }); lap('unpacked ' + extension);

import { serveWebHost } from './hosts/webHost.ts';
import { openBrowser } from './hosts/browser.ts';
import { quickOpen, workbenchReady } from '../test/workbench/ui/workbench.ts';
const host = await serveWebHost({ extension, folder: 'examples', port: 0 });
const b = await openBrowser(findChromium()!);
await b.page.goto(host.url); await workbenchReady(b.page);
await quickOpen(b.page, 'retry.s'); await b.page.keyboard.press('F5'); await b.page.waitForTimeout(6000);
console.log(await b.page.evaluate(() => (globalThis as any).document.querySelectorAll ? [...(globalThis as any).document.querySelectorAll('[class*=stackframe]')].map((e: any) => { let p = e, path = ''; while (p && path.length < 600) { path = p.tagName + '.' + p.className + ' > ' + path; p = p.parentElement; } return path; }) : 0));
console.log(await b.page.locator('.debug-call-stack .monaco-list-row').allTextContents());
console.log(await b.page.locator('.exception-widget').allTextContents());
await b.page.screenshot({ path: '/tmp/a.png' });
await b.close(); host.close();
