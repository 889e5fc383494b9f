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
const o = { chromium: findChromium()!, extension, folder: path.resolve('examples') };
if (process.argv[2] !== 'c') console.log(JSON.stringify(await runWebSuite(o).catch(String), null, 1)); lap('A');
if (process.argv[2] !== 'a') console.log(JSON.stringify(await runServerSuite(o).catch(String), null, 1)); lap('C');
