import path from 'node:path';
import { buildShipped, buildSuites } from './bundles.ts';
import { unpackForTests } from './testing/workbench.ts';
import { findChromium } from './hosts/browser.ts';
import { runServerSuite, runWebSuite } from './testing/suites.ts';
const t = Date.now(); const lap = (s: string) => console.log(s, Date.now() - t);
const plugin = { name: 'standin', setup(b: any) { b.onResolve({ filter: /adapter\/session\.ts$/ }, () => ({ path: path.resolve('test/workbench/standin/session.ts') })); } };
try { await buildShipped([plugin]); } catch (e) { console.log(String(e)); }
await buildSuites();
lap('built');
const extension = await unpackForTests({ 'suite/web.js': 'dist/suite/web.js', 'suite/node.cjs': 'dist/suite/node.cjs' }); lap('unpacked ' + extension);


import { serveWebHost } from './hosts/webHost.ts';
import { openBrowser } from './hosts/browser.ts';
import { quickOpen, workbenchReady } from '../test/workbench/ui/workbench.ts';
const host = await serveWebHost({ extension, folder: 'examples', port: 0 });
const b = await openBrowser(findChromium()!);
b.page.on('request', (r) => { if (/worker/i.test(r.url())) console.log('REQ', r.url()); });
b.page.context().on('request', (r) => { if (/adapter/i.test(r.url())) console.log('CREQ', r.url()); });
await b.page.goto(host.url); await workbenchReady(b.page);
await quickOpen(b.page, 'retry.s'); await b.page.keyboard.press('F5'); await b.page.waitForTimeout(6000);
console.log(b.page.workers().map((w) => w.url()), b.page.frames().map((f) => f.url()));
await b.close(); host.close();
