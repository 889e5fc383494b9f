/** The extension in a Node extension host: desktop, remote, server. */
import type * as vscode from 'vscode';
import { activateExtension } from '../activate.ts';
import { withFallback } from '../debug/fallback.ts';
import { runInPlace } from '../debug/inPlace.ts';
import { nodeClock } from '../worker/nodeClock.ts';
import { startNodeWorker } from './nodeWorker.ts';

export function activate(context: vscode.ExtensionContext): void {
  const script = context.asAbsolutePath('dist/desktop/adapter-worker.cjs');
  activateExtension(context, withFallback(startNodeWorker(script), runInPlace(nodeClock)));
}
