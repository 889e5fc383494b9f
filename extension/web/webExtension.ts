/** The extension in a web extension host. */
import * as vscode from 'vscode';
import { activateExtension } from '../activate.ts';
import { withFallback } from '../debug/fallback.ts';
import { runInPlace } from '../debug/inPlace.ts';
import { webClock } from '../worker/webClock.ts';
import { startWebWorker } from './webWorker.ts';

export function activateInWeb(context: vscode.ExtensionContext, script: string): void {
  const url = vscode.Uri.joinPath(context.extensionUri, script).toString(true);
  activateExtension(context, withFallback(startWebWorker(url), runInPlace(webClock())));
}
