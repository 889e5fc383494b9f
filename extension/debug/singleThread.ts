/** Commands for one thread alone: the others stand still meanwhile. VS Code's own buttons always mean all threads. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import * as vscode from 'vscode';
import { DEBUG_TYPE } from '../views/followedSession.ts';

/** What VS Code hands to a command of the call stack's context menu. */
interface CallStackItem {
  readonly sessionId?: string;
  readonly threadId?: number | string;
}

type Alone = 'continue' | 'next' | 'stepIn';

export async function alone(command: Alone, item?: CallStackItem): Promise<void> {
  const session = vscode.debug.activeDebugSession;
  const threadId = threadOf(item) ?? vscode.debug.activeStackItem?.threadId;
  if (session?.type !== DEBUG_TYPE || threadId === undefined) {
    await vscode.window.showInformationMessage(vscode.l10n.t('Pause a Cell program and select one of its threads on the call stack first.'));
    return;
  }
  const wish: DebugProtocol.NextArguments = { threadId, singleThread: true };
  try {
    await session.customRequest(command, wish);
  } catch (error) {
    await vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
  }
}

/** The context menu names a thread `SESSION:NUMBER`, or by its number. */
function threadOf(item: CallStackItem | undefined): number | undefined {
  const last = String(item?.threadId ?? '').split(':').at(-1) ?? '';
  return /^\d+$/.test(last) ? Number(last) : undefined;
}
