/** What a symbol or macro is: where a program defines it, its value, and the comment above. */
import type { Macro } from '../sim/program/asm/macro.ts';
import { constantOf } from '../sim/program/asm/symbols.ts';
import type { FormHelp } from './instructionHelp.ts';
import { ProgramNames } from './references.ts';
import type { SourceAnalysis, TextPlace, TextSpan } from './sourceAnalysis.ts';

export interface NameHelp {
  readonly span: TextSpan;
  readonly path: string;
  readonly line: number;
  /** The line that defines it, without blanks around. */
  readonly text: string;
  /** The comment right above it, a line for each. */
  readonly doc: string;
  /** Of a constant. */
  readonly value?: bigint;
}

/** Undefined where nothing stands that the program defines. */
export function nameHelpAt(analysis: SourceAnalysis, at: TextPlace): NameHelp | undefined {
  const names = new ProgramNames([analysis]);
  const name = names.at(analysis.path, at);
  const definition = names.occurrences(analysis.path, at).find((occurrence) => occurrence.definition);
  const file = definition && analysis.file(definition.path);
  if (!name || !file) return undefined;
  const { line } = definition.span;
  const value = name.defines === 'macro' || name.numbered ? undefined : constantNamed(analysis, name.text, file.programAt(line));
  return { span: name.span, path: file.path, line, text: file.lines[line - 1]?.trim() ?? '', doc: commentAbove(file, line), ...value !== undefined && { value } };
}

/** How a macro is called, as an instruction is. */
export function macroHelp(analysis: SourceAnalysis, { name, parameters, place }: Macro): FormHelp {
  let syntax = name;
  const operands = parameters.map((parameter, index) => {
    syntax += index === 0 ? ' ' : ', ';
    const start = syntax.length;
    const preset = parameter.default === '' ? '' : `=${parameter.default}`;
    const written = parameter.name + preset + (parameter.rest ? '...' : '');
    syntax += parameter.required || preset !== '' ? written : `[${written}]`;
    return { start, end: syntax.length, range: '' };
  });
  const file = analysis.file(place.file);
  return { syntax, operands, doc: file ? commentAbove(file, place.line) : '', aliasOf: undefined, bits: [] };
}

function constantNamed({ survey }: SourceAnalysis, name: string, program: string): bigint | undefined {
  return constantOf(survey.symbols.find((symbol) => symbol.name === name && symbol.namespace.space.name === program));
}

const COMMENT = /^[ \t]*(?:#|\/\/)+[ \t]?(.*)$/;

function commentAbove({ lines }: SourceAnalysis, line: number): string {
  const comment: string[] = [];
  for (let at = line - 1; at > 0; at--) {
    const text = COMMENT.exec(lines[at - 1] ?? '')?.[1];
    if (text === undefined) break;
    comment.unshift(text.trimEnd());
  }
  return comment.join('\n').trim();
}
