import path from 'node:path';
import { buildShipped } from './bundles.ts';
import { packageExtension, unpackExtension } from './packaging.ts';
import { serveWebHost } from './hosts/webHost.ts';
import { findChromium, openBrowser } from './hosts/browser.ts';
const t = Date.now(); const lap = (s: string) => console.log(s, Date.now() - t);
try { await buildShipped([{ name: 'standin', setup(b) { b.onResolve({ filter: /adapter\/session\.ts$/ }, () => ({ path: path.resolve('test/workbench/standin/session.ts') })); } }]); } catch (e) { console.log(String(e)); }
lap('built');
if (process.argv[2] === 'vsix') { console.log(await packageExtension()); lap('vsix'); }
const ext = await unpackExtension('dist/unpacked'); lap('unpacked ' + ext);
const host = await serveWebHost({ extension: ext, folder: 'examples', port: 0 }); lap(host.url);
const b = await openBrowser(findChromium()!); lap('browser');
b.page.on('console', (m) => { if (/refault/i.test(m.text())) console.log('PAGE', m.text()); });
await b.page.goto(host.url); await b.page.waitForSelector('.monaco-workbench .part.statusbar', { timeout: 60000 }); lap('workbench');
const { quickOpen, command } = await import('../test/workbench/ui/workbench.ts');


await quickOpen(b.page, 'retry.s'); lap('open');
await b.page.keyboard.press('F5'); 
await b.page.waitForTimeout(4000); await b.page.screenshot({ path: '/tmp/a.png' });
await b.page.keyboard.press('F5');await b.page.waitForTimeout(2000); await b.page.screenshot({ path: '/tmp/b.png' });
await b.page.keyboard.press('F5');await b.page.waitForTimeout(1000); 
await b.page.keyboard.press('F5');await b.page.waitForTimeout(2000); await b.page.screenshot({ path: '/tmp/c.png' });
await b.close(); host.close();
