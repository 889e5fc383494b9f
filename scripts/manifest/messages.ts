/** The extension's texts for translators: every `l10n.t('...')` of its sources. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** English by English, sorted: the shape of a l10n bundle. */
export function extensionMessages(): Record<string, string> {
  const texts = readdirSync('extension', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => messagesOf(path.join('extension', name)));
  return Object.fromEntries([...new Set(texts)].sort().map((text) => [text, text]));
}

function messagesOf(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText().endsWith('l10n.t')) {
      const [text] = node.arguments;
      if (!text || !ts.isStringLiteralLike(text)) throw new Error(`${file}: l10n.t takes its text as a literal, or translators cannot see it.`);
      found.push(text.text);
    }
    node.forEachChild(visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ESNext, true));
  return found;
}
