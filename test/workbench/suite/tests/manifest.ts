import * as vscode from 'vscode';
import { equal, ok } from '../assert.ts';
import { example } from '../workspace.ts';

suite('manifest', () => {
  const extension = vscode.extensions.getExtension('refault.refault');

  test('the extension is not active before it is needed', () => {
    ok(extension !== undefined, 'refault.refault is not installed');
    equal(extension.isActive, false, 'active at start-up');
  });

  test('an assembly file is cell-asm', async () => {
    const document = await vscode.workspace.openTextDocument(example('retry.s'));
    equal(document.languageId, 'cell-asm', 'language of retry.s');
    equal(extension?.isActive, false, 'active because a file was opened');
  });
});
