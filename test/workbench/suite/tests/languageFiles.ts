/** A program of several files, one of them open: names and mistakes are those of all. */
import * as vscode from 'vscode';
import { equal, ok } from '../assert.ts';
import { example } from '../workspace.ts';

const FILES = {
  'files/main.s': [
    '        .include "lib/defs.inc"',
    '        .globl  _start',
    '_start: li      r3, LINE_BYTES',
    '        bl      clear_line',
    '        bl      nowhere_defined',
    '        bl      taken',
    '        .include "lib/code.inc"',
    '',
  ],
  'files/other.s': ['        .include "lib/defs.inc"', '        .globl  taken', 'first:  li      r4, LINE_BYTES', 'taken:  blr', ''],
  'files/lib/defs.inc': ['# Bytes of a cache line.', 'LINE_BYTES = 128', ''],
  'files/lib/code.inc': ['clear_line:', '        li      r4, LINE_BYTES', '        b       _start', ''],
  'files/exit.s': ['        .include "lib/exit.inc"', ''],
  'later/main.s': ['        .globl  _start', '_start: bl      comes_later', '        b       _start', ''],
  'files/lib/exit.inc': ['_start: li      r0, 1', '        li      r3, 0', '        sc', ''],
} as const;

type File = keyof typeof FILES;

suite('language of several files', () => {
  const uriOf = (file: File): vscode.Uri => example(file);
  const write = (file: File, lines: readonly string[]): Thenable<void> => vscode.workspace.fs.writeFile(uriOf(file), new TextEncoder().encode(lines.join('\n')));
  const open = async (file: File): Promise<vscode.TextDocument> => (await vscode.window.showTextDocument(uriOf(file), { preview: false })).document;
  /** A place in a word of a file. */
  const placeOf = (file: File, word: string): vscode.Position => {
    const line = FILES[file].findIndex((text) => text.includes(word));
    return new vscode.Position(line, (FILES[file][line] ?? '').indexOf(word) + 1);
  };
  const named = ({ uri, range }: vscode.Location): string => `${uri.path.split('/').slice(-1)[0] ?? ''}:${String(range.start.line + 1)}`;
  const mistakes = (file: File): string[] => vscode.languages.getDiagnostics(uriOf(file)).map(({ message }) => message);

  /** Checks run when typing pauses, and files are watched: both take their time. */
  async function eventually(what: string, holds: () => boolean | Promise<boolean>, state: () => unknown): Promise<void> {
    for (let tries = 0; tries < 100; tries++) {
      if (await holds()) return;
      await new Promise((resolve) => { setTimeout(resolve, 100); });
    }
    throw new Error(`${what}; it is ${JSON.stringify(state())}`);
  }

  async function at<T>(command: string, file: File, word: string, ...more: readonly unknown[]): Promise<T> {
    return await vscode.commands.executeCommand<T>(command, uriOf(file), placeOf(file, word), ...more);
  }

  suiteSetup(async () => {
    for (const file of Object.keys(FILES) as File[]) await write(file, FILES[file]);
    await open('files/main.s');
  });
  suiteTeardown(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const folder of ['files', 'later']) await vscode.workspace.fs.delete(example(folder), { recursive: true });
  });

  test('included files that are not open are read before a program is judged', async () => {
    const settled = (): boolean => mistakes('files/main.s').length === 1 && (mistakes('files/main.s')[0] ?? '').includes('nowhere_defined');
    await eventually('main.s has one mistake', settled, () => mistakes('files/main.s'));
    equal(mistakes('files/lib/code.inc'), [], 'mistakes of code.inc');
  });

  test('a change of a file that is not open is a change of the programs that include it', async () => {
    await write('files/lib/defs.inc', ['# Nothing any more.', '']);
    await eventually('the name is missing in code.inc too', () => mistakes('files/lib/code.inc').some((message) => message.includes('LINE_BYTES')), () => mistakes('files/lib/code.inc'));
    await write('files/lib/defs.inc', FILES['files/lib/defs.inc']);
    await eventually('code.inc is right again', () => mistakes('files/lib/code.inc').length === 0, () => mistakes('files/lib/code.inc'));
  });

  test('a source that comes to the folder brings the names that it exports', async () => {
    await open('later/main.s');
    await eventually('nothing has the name', () => mistakes('later/main.s').some((message) => message.includes('comes_later')), () => mistakes('later/main.s'));
    await vscode.workspace.fs.writeFile(example('later/more.s'), new TextEncoder().encode('        .globl  comes_later\ncomes_later: blr\n'));
    await eventually('the new source has it', () => mistakes('later/main.s').length === 0, () => mistakes('later/main.s'));
    await vscode.workspace.fs.delete(example('later/more.s'));
    await eventually('it has gone with the source', () => mistakes('later/main.s').length === 1, () => mistakes('later/main.s'));
    await open('files/main.s');
  });

  test('a definition is found in a file that is not open', async () => {
    const found = await at<vscode.Location[]>('vscode.executeDefinitionProvider', 'files/main.s', 'LINE_BYTES');
    equal(found.map(named), ['defs.inc:2'], 'definitions');
  });

  test('a definition is found in another source of the folder that exports the name', async () => {
    const found = await at<vscode.Location[]>('vscode.executeDefinitionProvider', 'files/main.s', 'taken');
    equal(found.map(named), ['other.s:4'], 'definitions');
  });

  test('the name of an included file leads to it', async () => {
    const found = await at<vscode.LocationLink[]>('vscode.executeDefinitionProvider', 'files/main.s', 'code.inc');
    equal(found.map(({ targetUri }) => targetUri.toString()), [uriOf('files/lib/code.inc').toString()], 'targets');
  });

  test('an included file is assembly, whatever it is called, and finds what its programs define', async () => {
    await open('files/lib/code.inc');
    const language = async (): Promise<string> => (await vscode.workspace.openTextDocument(uriOf('files/lib/code.inc'))).languageId;
    await eventually('its language is cell-asm', async () => await language() === 'cell-asm', () => undefined);
    const found = await at<vscode.Location[]>('vscode.executeDefinitionProvider', 'files/lib/code.inc', '_start');
    equal(found.map(named), ['main.s:3'], 'definitions');
    const [hover] = await at<vscode.Hover[]>('vscode.executeHoverProvider', 'files/lib/code.inc', 'LINE_BYTES');
    const text = (hover?.contents ?? []).map((part) => part instanceof vscode.MarkdownString ? part.value : '').join('\n');
    ok(text.includes('0x80') && text.replaceAll('&nbsp;', ' ').includes('Bytes of a cache line'), `the hover says ${text}`);
  });

  test('references are those of all programs that have the file', async () => {
    await open('files/lib/defs.inc');
    await eventually('its language is cell-asm', async () => (await vscode.workspace.openTextDocument(uriOf('files/lib/defs.inc'))).languageId === 'cell-asm', () => undefined);
    const found = await at<vscode.Location[]>('vscode.executeReferenceProvider', 'files/lib/defs.inc', 'LINE_BYTES');
    equal(found.map(named).sort(), ['code.inc:2', 'defs.inc:2', 'main.s:3', 'other.s:3'], 'references');
  });

  test('rename changes every file of every program, or says why not', async () => {
    const prepared = await at<{ placeholder: string }>('vscode.prepareRename', 'files/main.s', 'LINE_BYTES');
    equal(prepared.placeholder, 'LINE_BYTES', 'what is to be renamed');
    const edit = await at<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', 'files/main.s', 'LINE_BYTES', 'CACHE_LINE');
    const changed = edit.entries().map(([uri, edits]) => `${uri.path.split('/').slice(-1)[0] ?? ''} ${String(edits.length)}`);
    equal(changed.sort(), ['code.inc 1', 'defs.inc 1', 'main.s 1', 'other.s 1'], 'changes by file');
    const refused = await at('vscode.executeDocumentRenameProvider', 'files/main.s', 'LINE_BYTES', 'first').then(() => '', String);
    ok(refused.includes('other.s'), `it answers ${refused}`);
  });

  test('symbols of the whole workspace are found, those of files that nobody opened too', async () => {
    const found = await vscode.commands.executeCommand<vscode.SymbolInformation[]>('vscode.executeWorkspaceSymbolProvider', 'cllin');
    equal(found.map(({ name, location }) => `${name} ${named(location)}`), ['clear_line code.inc:1'], 'symbols');
    const taken = await vscode.commands.executeCommand<vscode.SymbolInformation[]>('vscode.executeWorkspaceSymbolProvider', 'taken');
    ok(taken.some(({ location }) => named(location) === 'other.s:4'), `found ${taken.map(({ location }) => named(location)).join(', ')}`);
  });

  test('an included file starts a program that includes it', async () => {
    await open('files/lib/exit.inc');
    const started = new Promise<vscode.DebugSession>((resolve) => {
      const listening = vscode.debug.onDidStartDebugSession((session) => { listening.dispose(); resolve(session); });
    });
    void vscode.commands.executeCommand('refault.debugFile', uriOf('files/lib/exit.inc'));
    const { name } = await started;
    await vscode.debug.stopDebugging();
    equal(name, 'Debug exit.s', 'what is debugged');
  });

  test('completion offers names of included files', async () => {
    const list = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', uriOf('files/main.s'), placeOf('files/main.s', 'clear_line'));
    ok(list.items.some(({ label }) => label === 'clear_line'), `there are ${String(list.items.length)} proposals without it`);
  });
});
