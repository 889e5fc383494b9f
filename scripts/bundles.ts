/** What the project is shipped as: the command, and the extension for each extension host. */
import { writeFileSync } from 'node:fs';
import { type BuildOptions, type Plugin, build } from 'esbuild';

const shared = {
  bundle: true,
  minify: true,
  sourcemap: 'linked',
  sourcesContent: false,
  logLevel: 'silent',
  legalComments: 'linked',
  target: 'es2022',
} as const satisfies BuildOptions;

const node = { ...shared, platform: 'node', target: 'node20' } as const satisfies BuildOptions;
const browser = { ...shared, platform: 'browser', define: { 'process.env.NODE_ENV': '"production"' } } as const satisfies BuildOptions;

/** Leaves extension/core.ts out of a bundle, which then loads it from dist/shared. */
const coreApart: Plugin = {
  name: 'core-apart',
  setup: (bundle) => { bundle.onResolve({ filter: /\/core\.ts$/ }, () => ({ path: '../shared/extension.js', external: true })); },
};

/** In a web extension host the extension, in a browser's worker its script, in Node a module. */
export const sharedBundle: BuildOptions = {
  ...browser, entryPoints: ['extension/shared.ts'], outfile: 'dist/shared/extension.js', format: 'iife', external: ['vscode'],
  globalName: 'refault', footer: { js: 'if (typeof module === "object") module.exports = refault;' },
};

const shippedBundles: readonly BuildOptions[] = [
  { ...node, entryPoints: ['src/cli/main.ts'], outfile: 'dist/cli.mjs', format: 'esm', banner: { js: '#!/usr/bin/env node' } },
  { ...node, entryPoints: ['extension/desktop/main.ts'], outfile: 'dist/desktop/extension.cjs', format: 'cjs', external: ['vscode'], plugins: [coreApart] },
  { ...node, entryPoints: ['extension/worker/node.ts'], outfile: 'dist/desktop/adapter-worker.cjs', format: 'cjs', plugins: [coreApart] },
  sharedBundle,
];

/** Pages of webviews: a script and a style sheet each. */
const pages = ['memory', 'timeline'] as const;
const pageBundles = pages.flatMap((page): readonly BuildOptions[] => ['ts', 'css'].map((kind) => (
  { ...browser, entryPoints: [`extension/webview/client/${page}.${kind}`], outdir: 'dist/webview', format: 'iife' }
)));

/** The suites that run inside VS Code, with mocha. */
const suiteBundles: readonly BuildOptions[] = [
  { ...node, minify: false, entryPoints: ['test/workbench/suite/node.ts'], outfile: 'dist/suite/node.cjs', format: 'cjs', external: ['vscode'] },
  { ...browser, minify: false, entryPoints: ['test/workbench/suite/web.ts'], outfile: 'dist/suite/web.js', format: 'cjs', external: ['vscode'] },
];

/** Builds; throws one sentence for each thing that is wrong. */
export async function buildShipped(plugins: readonly Plugin[] = []): Promise<void> {
  await buildAll([...shippedBundles, ...pageBundles], plugins);
  // The package's own files are ES modules; this folder's is not.
  writeFileSync('dist/shared/package.json', '{ "type": "commonjs" }\n');
}

export async function buildSuites(plugins: readonly Plugin[] = []): Promise<void> {
  await buildAll(suiteBundles, plugins);
}

async function buildAll(bundles: readonly BuildOptions[], plugins: readonly Plugin[]): Promise<void> {
  const results = await Promise.allSettled(bundles.map((options) => build({ ...options, plugins: [...options.plugins ?? [], ...plugins] })));
  // Bundles share most of their sources: what is wrong in one of those is said once.
  const failures = new Set(results.flatMap((result) => result.status === 'rejected' ? messagesOf(result.reason) : []));
  if (failures.size > 0) throw new Error(`The build failed:\n${[...failures].join('\n')}`);
}

function messagesOf(reason: unknown): string[] {
  if (reason instanceof Error && 'errors' in reason && Array.isArray(reason.errors)) {
    return (reason.errors as { text: string; location: { file: string; line: number } | null }[]).map(({ text, location }) =>
      location ? `${location.file}:${location.line}: ${text}` : text);
  }
  return [String(reason)];
}
