/** What hovers and lines show of a stopped assembly program: values of what its source names. */
import * as vscode from 'vscode';
import { blockAround, evaluableAt, registersOf } from '../core.ts';
import type { Analyses } from '../language/analyses.ts';
import { placeOf, rangeOf } from '../language/places.ts';

export class NamedValues implements vscode.EvaluatableExpressionProvider, vscode.InlineValuesProvider {
  constructor(private readonly analyses: Analyses) {}

  provideEvaluatableExpression(document: vscode.TextDocument, position: vscode.Position): vscode.EvaluatableExpression | undefined {
    const found = evaluableAt(this.analyses.of(document), placeOf(position));
    return found && new vscode.EvaluatableExpression(rangeOf(found.span), found.expression);
  }

  /** Each line from the label above the stop on has the registers that it names, each once. */
  provideInlineValues(document: vscode.TextDocument, viewPort: vscode.Range, { stoppedLocation }: vscode.InlineValueContext): vscode.InlineValue[] {
    const analysis = this.analyses.of(document);
    const stop = stoppedLocation.start.line + 1;
    const values = new Map<string, vscode.InlineValue>();
    for (const statement of blockAround(analysis, stop)) {
      const { line } = statement.place;
      if (line - 1 < viewPort.start.line || line - 1 > viewPort.end.line) continue;
      for (const { span, short } of registersOf(analysis, statement)) {
        const key = `${String(line)} ${short}`;
        if (!values.has(key)) values.set(key, new vscode.InlineValueEvaluatableExpression(rangeOf(span), short));
      }
    }
    return [...values.values()];
  }
}
