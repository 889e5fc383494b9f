/**
 * The file that both extension hosts load (scripts/bundles.ts), so that the package has the inner rings once: the extension in a
 * web extension host, the script of its worker, and for the desktop the module that has what `core.ts` hands on.
 */
import type * as vscode from 'vscode';
import { serveInWeb } from './worker/web.ts';

export * from './core.ts';

/** Where this file is in the package. */
const SCRIPT = 'dist/shared/extension.js';

declare const module: object | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  // Not before: a worker and the desktop's module have no `vscode` for these.
  const { activateInWeb } = await import('./web/webExtension.ts');
  activateInWeb(context, SCRIPT);
}

// A browser's worker has no modules, and nothing to activate.
if (typeof module === 'undefined') serveInWeb();
