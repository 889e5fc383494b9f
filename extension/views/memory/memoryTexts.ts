import * as vscode from 'vscode';

/** Texts of the memory view's page. */
export function memoryTexts(): Readonly<Record<string, string>> {
  return {
    tools: vscode.l10n.t('Memory'),
    grid: vscode.l10n.t('Bytes. Arrow keys move, two hexadecimal digits write a byte.'),
    address: vscode.l10n.t('Address or expression'),
    addressHelp: vscode.l10n.t('An address, an expression, or either in a space: 0x10010000, $r1, buffer, ls:worker:0x100, pa:0'),
    go: vscode.l10n.t('Go'),
    follow: vscode.l10n.t('Follow at every stop'),
    search: vscode.l10n.t('Search for'),
    form: vscode.l10n.t('What is searched for'),
    bytes: vscode.l10n.t('Bytes'),
    text: vscode.l10n.t('Text'),
    words: vscode.l10n.t('Words'),
    find: vscode.l10n.t('Find Next'),
    snapshot: vscode.l10n.t('Take Snapshot'),
    dropSnapshot: vscode.l10n.t('Forget Snapshot'),
    compared: vscode.l10n.t('{0} of {1} bytes differ from the snapshot.'),
    changes: vscode.l10n.t('{0} bytes changed since the last stop.'),
    byte: vscode.l10n.t('{0}: {1}'),
    unreadable: vscode.l10n.t('not readable'),
    was: vscode.l10n.t('was {0}'),
    wasInSnapshot: vscode.l10n.t('{0} in the snapshot'),
  };
}
