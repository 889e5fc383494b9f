import * as vscode from 'vscode';
import type { RegisterFormat } from '../../src/adapter/protocol.ts';

interface Choice extends vscode.QuickPickItem {
  readonly format: RegisterFormat;
}

/** Asks how registers are shown; undefined where the user does not choose. */
export async function chooseRegisterFormat(now: RegisterFormat): Promise<RegisterFormat | undefined> {
  const integers = (lanes: RegisterFormat['lanes'], label: string): Choice[] => [
    { label: vscode.l10n.t('{0}, hexadecimal', label), format: { lanes, decimal: false } }, { label: vscode.l10n.t('{0}, decimal', label), format: { lanes, decimal: true } },
  ];
  const choices: Choice[] = [
    ...integers('bytes', vscode.l10n.t('Bytes')), ...integers('halfwords', vscode.l10n.t('Halfwords')), ...integers('words', vscode.l10n.t('Words')), ...integers('doublewords', vscode.l10n.t('Doublewords')),
    { label: vscode.l10n.t('Float'), format: { lanes: 'float', decimal: true } }, { label: vscode.l10n.t('Double'), format: { lanes: 'double', decimal: true } },
  ];
  const marked = choices.map((choice) => (choice.format.lanes === now.lanes && choice.format.decimal === now.decimal ? { ...choice, description: vscode.l10n.t('as now') } : choice));
  return (await vscode.window.showQuickPick(marked, { title: vscode.l10n.t('How registers of SPEs are shown') }))?.format;
}
