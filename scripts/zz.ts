import path from 'node:path';
import { buildShipped, buildSuites } from './bundles.ts';
import { findChromium } from './hosts/browser.ts';
import { runServerSuite, runWebSuite } from './testing/suites.ts';
import { unpackForTests } from './testing/workbench.ts';
import { runNode, tool } from './testing/command.ts';
const t = Date.now(); const lap = (s: string) => console.log(s, Date.now() - t);
await buildShipped(); await buildSuites(); lap('built');
const extension = await unpackForTests({ 'suite/web.js': 'dist/suite/web.js', 'suite/node.cjs': 'dist/suite/node.cjs' }); lap('unpacked ' + extension);
const o = { chromium: findChromium() ?? '', extension, folder: path.join(extension, 'examples') };
const [what = '', ...rest] = process.argv.slice(2);
if (what.includes('a')) { console.log(JSON.stringify(await runWebSuite(o).catch(String), null, 1)); lap('A'); }
if (what.includes('c')) { console.log(JSON.stringify(await runServerSuite(o).catch(String), null, 1)); lap('C'); }
if (what.includes('u')) { console.log((await runNode([tool('vitest/vitest.mjs'), 'run', '--config', 'test/workbench/ui/vitest.config.mjs', ...rest], { REFAULT_PICTURE: '/tmp/p.png' })).output); lap('done'); }
