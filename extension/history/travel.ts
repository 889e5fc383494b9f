/** Takes the active session to another moment of its program's history. */
import * as vscode from 'vscode';
import { type FaultRow, TRAVEL_REQUEST, type TravelToArguments } from '../../src/adapter/protocol.ts';
import { DEBUG_TYPE } from '../views/followedSession.ts';

/** A row of the view, which hands over its node. */
export async function travelToFault(node?: { readonly row?: Pick<FaultRow, 'id'> }): Promise<void> {
  if (node?.row) await travel({ fault: node.row.id });
}

export async function travelToPresent(): Promise<void> {
  await travel({});
}

async function travel(to: TravelToArguments): Promise<void> {
  const session = vscode.debug.activeDebugSession;
  if (session?.type !== DEBUG_TYPE) {
    await vscode.window.showInformationMessage(vscode.l10n.t('The program has ended: start it again and stop it, then it can go back to its faults.'));
    return;
  }
  try {
    await session.customRequest(TRAVEL_REQUEST, to);
  } catch (error) {
    await vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
  }
}
