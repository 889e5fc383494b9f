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

import { runNode, tool } from './testing/command.ts';
console.log((await runNode([tool('vitest/vitest.mjs'), 'run', '--config', 'test/workbench/ui/vitest.config.mjs', 'retry.ui.ts'], { REFAULT_PICTURE: '/tmp/p.png' })).output); lap('done');
