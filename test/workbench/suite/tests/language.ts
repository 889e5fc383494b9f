/** The language's features as VS Code asks for them, in documents that were never saved. */
import * as vscode from 'vscode';
import { equal, ok } from '../assert.ts';

const PATIENCE = 20_000;

const SOURCE = `        .equ    COUNT, 3
        .macro  address register, symbol
        lis     \\register, \\symbol@ha
        addi    \\register, \\register, \\symbol@l
        .endm
        .text
        .globl  _start
_start: address r3, words
        li      r4, COUNT
loop:   lwz     r5, 0(r3)
        addi    r3, r3, 4
        addi    r4, r4, -1
        cmpwi   r4, 0
        bne     loop
        li      r0, 234
        sc
        .data
words:  .long   1, 2, 3
        .section .spu.adder, "ax"
        a       $3, $4, $5
        stop    0
`;

suite('language', () => {
  suiteSetup(async () => { await vscode.extensions.getExtension('refault.refault')?.activate(); });
  teardown(async () => { await vscode.commands.executeCommand('workbench.action.closeAllEditors'); });

  let count = 0;

  /** VS Code gives the name of an unsaved document again while the last one of that name is still known; names of our own are never the same. */
  async function opened(content = SOURCE): Promise<vscode.TextDocument> {
    count += 1;
    const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: 'untitled', path: `/language-${String(count)}.s` }));
    equal(document.languageId, 'cell-asm', 'language of an unsaved .s file');
    const ends = content.includes('\r\n') ? vscode.EndOfLine.CRLF : vscode.EndOfLine.LF;
    await applied(document, [vscode.TextEdit.setEndOfLine(ends), vscode.TextEdit.insert(new vscode.Position(0, 0), content)]);
    return document;
  }

  /** The place right behind a text. */
  function behind(document: vscode.TextDocument, text: string): vscode.Position {
    const at = document.getText().indexOf(text);
    ok(at >= 0, `the source has no "${text}"`);
    return document.positionAt(at + text.length);
  }

  /** A document in which a text was replaced, and the place behind what stands there now. */
  async function written(text: string, replacement: string): Promise<readonly [vscode.TextDocument, vscode.Position]> {
    const document = await opened(SOURCE.replace(text, () => replacement));
    return [document, behind(document, replacement)];
  }

  const ask = <T>(command: string, ...args: readonly unknown[]): Thenable<T> => vscode.commands.executeCommand<T>(`vscode.${command}`, ...args);

  async function proposals(text: string, replacement: string): Promise<ReadonlySet<string>> {
    const [{ uri }, position] = await written(text, replacement);
    const { items } = await ask<vscode.CompletionList>('executeCompletionItemProvider', uri, position);
    return new Set(items.map(({ label }) => typeof label === 'string' ? label : label.label));
  }

  /** What was said of a document, when something was. */
  async function diagnosed({ uri }: vscode.TextDocument, isThere: (found: readonly vscode.Diagnostic[]) => boolean): Promise<readonly vscode.Diagnostic[]> {
    await until('the mistakes are others', () => Promise.resolve(isThere(vscode.languages.getDiagnostics(uri))));
    return vscode.languages.getDiagnostics(uri);
  }

  async function until(otherwise: string, condition: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + PATIENCE;
    while (!await condition()) {
      ok(Date.now() < end, otherwise);
      await new Promise((resolve) => { setTimeout(resolve, 50); });
    }
  }

  async function applied(document: vscode.TextDocument, edits: readonly vscode.TextEdit[]): Promise<string> {
    const edit = new vscode.WorkspaceEdit();
    edit.set(document.uri, [...edits]);
    ok(await vscode.workspace.applyEdit(edit), 'the edits were refused');
    return document.getText();
  }

  test('completes mnemonics of the section, macros and directives', async () => {
    const inPpc = await proposals('        sc', 'here:   s');
    for (const wanted of ['sc', 'stw', 'address', '.section']) ok(inPpc.has(wanted), `${wanted} is not proposed in PowerPC code`);
    ok(!inPpc.has('shufb'), 'an SPU mnemonic is proposed in PowerPC code');
    const inSpu = await proposals('        stop    0', 'here:   s');
    ok(inSpu.has('shufb') && !inSpu.has('stw'), 'SPU code has other proposals than SPU mnemonics');
  });

  test('completes registers, labels and parts of addresses', async () => {
    const operands = await proposals('        cmpwi   r4, 0', '        cmpwi   ');
    ok(operands.has('r31') && operands.has('cr7'), 'registers are not proposed for cmpwi');
    const targets = await proposals('        bne     loop', '        bne     ');
    ok(targets.has('cr7') && targets.has('loop'), 'condition-register fields and labels are not proposed for bne');
    const parts = await proposals('symbol@ha', 'symbol@');
    ok(parts.has('@ha') && parts.has('@l'), 'the parts of addresses are not proposed');
  });

  test('offers snippets', async () => {
    const document = await opened('dma_get');
    await vscode.window.showTextDocument(document);
    // VS Code reads snippets when somebody first asks, and does not wait for them.
    await until('the snippet of a DMA get is not offered', async () => {
      const { items } = await ask<vscode.CompletionList>('executeCompletionItemProvider', document.uri, new vscode.Position(0, 7));
      return items.some(({ label, kind }) => kind === vscode.CompletionItemKind.Snippet && JSON.stringify(label).includes('dma_get'));
    });
  });

  test('explains an instruction, and its operands while they are written', async () => {
    const document = await opened();
    const [hover] = await ask<vscode.Hover[]>('executeHoverProvider', document.uri, behind(document, 'loop:   lw'));
    const text = hover?.contents.map((content) => content instanceof vscode.MarkdownString ? content.value : '').join('') ?? '';
    ok(text.includes('lwz') && text.includes('word'), `the hover of lwz is ${text}`);
    const help = await ask<vscode.SignatureHelp>('executeSignatureHelpProvider', document.uri, behind(document, 'addi    r3, '), ',');
    equal(help.activeParameter, 1, 'operand of addi');
    ok(help.signatures[help.activeSignature]?.label.startsWith('addi ') === true, 'the form of addi is not shown');
  });

  test('finds definition and references, and renames', async () => {
    const document = await opened();
    const use = behind(document, '        bne     lo');
    const label = behind(document, '        li      r4, COUNT\n');
    const definitions = await ask<vscode.Location[]>('executeDefinitionProvider', document.uri, use);
    equal(definitions.map(({ range }) => range.start), [label], 'definition of the label');
    const references = await ask<vscode.Location[]>('executeReferenceProvider', document.uri, use);
    equal(references.map(({ range }) => range.start.line).sort((a, b) => a - b), [label.line, use.line], 'lines with the label');
    const edit = await ask<vscode.WorkspaceEdit>('executeDocumentRenameProvider', document.uri, use, 'again');
    ok(await vscode.workspace.applyEdit(edit), 'the rename was refused');
    equal(document.getText(), SOURCE.replaceAll('loop', 'again'), 'source after the rename');
  });

  test('knows symbols and folds', async () => {
    const document = await opened();
    const symbols = await ask<vscode.DocumentSymbol[]>('executeDocumentSymbolProvider', document.uri);
    const names = symbols.flatMap(function all({ name, children }): string[] { return [name, ...children.flatMap(all)]; });
    for (const name of ['COUNT', 'address', '_start', 'loop', 'words']) ok(names.includes(name), `${name} is not among the symbols ${names.join(' ')}`);
    const folds = await ask<vscode.FoldingRange[]>('executeFoldingRangeProvider', document.uri);
    ok(folds.some(({ start, end }) => start === 1 && end === 4), `the macro does not fold: ${JSON.stringify(folds)}`);
  });

  test('tells what words mean, of a file and of a part', async () => {
    const document = await opened();
    const legend = await ask<vscode.SemanticTokensLegend>('provideDocumentSemanticTokensLegend', document.uri);
    const typesOn = ({ data }: vscode.SemanticTokens, wanted: number): string[] => {
      let line = 0;
      const types: string[] = [];
      for (let at = 0; at < data.length; at += 5) {
        line += data[at] ?? 0;
        if (line === wanted) types.push(legend.tokenTypes[data[at + 3] ?? -1] ?? '');
      }
      return types;
    };
    const { line } = behind(document, 'loop:   lwz');
    const expected = ['label', 'function', 'variable', 'number', 'variable'];
    equal(typesOn(await ask<vscode.SemanticTokens>('provideDocumentSemanticTokens', document.uri), line), expected, 'tokens of the file');
    const part = await ask<vscode.SemanticTokens>('provideDocumentRangeSemanticTokens', document.uri, new vscode.Range(line, 0, line + 1, 0));
    equal(typesOn(part, line), expected, 'tokens of the lines');
  });

  test('formats a file, a part and a line that is ended, whatever ends its lines', async () => {
    const document = await opened(SOURCE.replaceAll('    ', ' ').replaceAll('\n', '\r\n'));
    const options = { tabSize: 8, insertSpaces: true };
    const { line } = behind(document, 'bne');
    const ended = await ask<vscode.TextEdit[]>('executeFormatOnTypeProvider', document.uri, new vscode.Position(line + 1, 0), '\n', options);
    equal(ended.map(({ range }) => range.start.line), ended.map(() => line), 'lines that Enter formats');
    const part = await ask<vscode.TextEdit[]>('executeFormatRangeProvider', document.uri, new vscode.Range(line, 0, line + 1, 0), options);
    ok(part.length > 0 && part.every(({ range }) => range.start.line === line), 'more than the selection is formatted');
    const whole = await ask<vscode.TextEdit[]>('executeFormatDocumentProvider', document.uri, options);
    equal(await applied(document, whole), SOURCE.replaceAll('\n', '\r\n'), 'source after formatting');
  });

  test('shows bytes and addresses behind lines when they are asked for', async () => {
    const document = await opened();
    const hints = async (): Promise<string[]> => {
      const found = await ask<vscode.InlayHint[]>('executeInlayHintProvider', document.uri, new vscode.Range(0, 0, document.lineCount, 0));
      return found.filter(({ position }) => position.line === behind(document, 'li      r4').line).map(({ label }) => typeof label === 'string' ? label : '');
    };
    equal(await hints(), [], 'hints that nobody asked for');
    const settings = vscode.workspace.getConfiguration('refault.inlayHints');
    await settings.update('encodings', true, vscode.ConfigurationTarget.Global);
    // li r4,3 is addi r4,0,3: opcode 14, RT 4.
    equal((await hints()).map((text) => text.replaceAll(' ', '')), ['38800003'], 'bytes of li r4, 3');
    await settings.update('encodings', undefined, vscode.ConfigurationTarget.Global);
  });

  test('says what is wrong as one types, and mends it', async () => {
    const document = await opened();
    const editor = await vscode.window.showTextDocument(document);
    await diagnosed(document, (found) => found.length === 0);
    const at = behind(document, 'addi    r3, r3, 4\n');
    await editor.edit((builder) => { builder.insert(at, '        adi     r6, r6, 1\n'); });
    const [mistake] = await diagnosed(document, (found) => found.length === 1);
    ok(mistake !== undefined, 'there is no mistake');
    equal([mistake.code, mistake.severity, mistake.range.start.line], ['unknown-instruction', vscode.DiagnosticSeverity.Error, at.line], 'the mistake');
    const actions = await ask<vscode.CodeAction[]>('executeCodeActionProvider', document.uri, mistake.range);
    const [best] = actions.filter(({ kind }) => kind?.value === vscode.CodeActionKind.QuickFix.value);
    ok(best?.edit !== undefined && best.isPreferred === true, 'no quick fix is offered first');
    ok(await vscode.workspace.applyEdit(best.edit), 'the quick fix was refused');
    await diagnosed(document, (found) => found.length === 0);
    equal(document.lineAt(at.line).text, '        addi     r6, r6, 1', 'the line that was mended');
  });

  test('mends what takes more than a word', async () => {
    const [document] = await written('        a       $3, $4, $5', '        add     r3, r4, r5');
    // The document was empty before, which is a mistake of its own.
    const [mistake] = await diagnosed(document, (found) => found.length === 1 && found[0]?.code !== 'no-code');
    ok(mistake !== undefined, 'there is no mistake');
    equal(mistake.code, 'other-processor', 'code of the mistake');
    const actions = await ask<vscode.CodeAction[]>('executeCodeActionProvider', document.uri, mistake.range);
    const edit = actions.find(({ title }) => title.includes('a $3, $4, $5'))?.edit;
    ok(edit !== undefined, `the SPU's instruction is not among ${actions.map(({ title }) => title).join('; ')}`);
    await vscode.workspace.applyEdit(edit);
    equal(document.getText(), SOURCE, 'source after the repair');
  });
});
