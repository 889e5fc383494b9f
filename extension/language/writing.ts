/** Help while one writes: completion, and what instructions and their operands mean. */
import * as vscode from 'vscode';
import type { Proposal } from '../../src/language/completion.ts';
import type { FormHelp } from '../../src/language/instructionHelp.ts';
import type { NameHelp } from '../../src/language/nameHelp.ts';
import { hoverAt, nameHelpAt, proposalsAt, signatureAt } from '../core.ts';
import type { Analyses } from './analyses.ts';
import { placeOf, rangeOf } from './places.ts';

const { CompletionItemKind: Kind } = vscode;
const KINDS: Readonly<Record<Proposal['kind'], vscode.CompletionItemKind>> = {
  mnemonic: Kind.Function, directive: Kind.Keyword, macro: Kind.Snippet, register: Kind.Variable, symbol: Kind.Reference, part: Kind.Operator,
};

export class WritingHelp implements vscode.CompletionItemProvider, vscode.HoverProvider, vscode.SignatureHelpProvider {
  constructor(private readonly analyses: Analyses) {}

  async provideCompletionItems(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.CompletionItem[]> {
    const { span, items } = proposalsAt(await this.analyses.whole(document), placeOf(position));
    return items.map(({ text, kind, detail, doc }) => {
      const item = new vscode.CompletionItem(text, KINDS[kind]);
      item.range = rangeOf(span);
      if (detail !== '') item.detail = detail;
      if (doc !== '') item.documentation = doc;
      return item;
    });
  }

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const analysis = await this.analyses.whole(document);
    const name = nameHelpAt(analysis, placeOf(position));
    if (name) return new vscode.Hover(describeName(name, document), rangeOf(name.span));
    const forms = hoverAt(analysis, placeOf(position));
    return forms.length === 0 ? undefined : new vscode.Hover(forms.map(describe));
  }

  async provideSignatureHelp(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.SignatureHelp | undefined> {
    const found = signatureAt(await this.analyses.whole(document), placeOf(position));
    if (!found) return undefined;
    const help = new vscode.SignatureHelp();
    help.signatures = found.forms.map(({ syntax, doc, operands }) => {
      const signature = new vscode.SignatureInformation(syntax, doc);
      signature.parameters = operands.map(({ start, end, range }) => new vscode.ParameterInformation([start, end], range));
      return signature;
    });
    help.activeParameter = found.operand;
    help.activeSignature = Math.max(0, found.forms.findIndex(({ operands }) => operands.length > found.operand));
    return help;
  }
}

function describe({ syntax, doc, aliasOf, bits }: FormHelp): vscode.MarkdownString {
  const text = new vscode.MarkdownString().appendCodeblock(syntax, 'cell-asm').appendText(doc);
  if (aliasOf !== undefined) text.appendMarkdown('\n\n').appendText(vscode.l10n.t('Another spelling of {0}.', aliasOf));
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  const places = bits.map(({ first, last }) => first === last ? String(first) : `${String(first)}–${String(last)}`);
  return text.appendMarkdown(`\n\n${row(places)}${row(bits.map(() => ':-:'))}${row(bits.map(({ content }) => `\`${content}\``))}`);
}

/** The line that defines a name, its value, the comment above, and where that is, as a link. */
function describeName({ text, doc, value, path, line }: NameHelp, { uri }: vscode.TextDocument): vscode.MarkdownString {
  const shown = new vscode.MarkdownString().appendCodeblock(text, 'cell-asm');
  if (value !== undefined) shown.appendMarkdown(`\`${String(value)}\` = \`${value < 0n ? '-' : ''}0x${(value < 0n ? -value : value).toString(16)}\`\n\n`);
  if (doc !== '') shown.appendText(doc).appendMarkdown('\n\n');
  const place = uri.with({ path, fragment: `L${String(line)}` });
  return shown.appendMarkdown(`[${vscode.workspace.asRelativePath(place.with({ fragment: '' })).replace(/[[\]\\]/g, '\\$&')}:${String(line)}](${place.toString()})`);
}
