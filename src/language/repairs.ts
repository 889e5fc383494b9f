/** Changes that mend a mistake, where the assembler's message leaves little doubt about what was meant. */
import { spuProgramOfFile } from '../sim/program/asm/sectionNames.ts';
import type { Diagnostic } from './diagnostics.ts';
import type { TextChange } from './rename.ts';
import type { SourceAnalysis, TextSpan } from './sourceAnalysis.ts';
import { type Word, wordsOf } from './words.ts';

/** What a repair does: `texts` are what its title names. */
export interface Repair {
  readonly kind: 'write' | 'pair' | 'part' | 'label' | 'section' | 'close';
  readonly texts: readonly string[];
  /** Their texts may have line ends. */
  readonly changes: readonly TextChange[];
}

type Rule = (analysis: SourceAnalysis, diagnostic: Diagnostic) => readonly Repair[];

/** The best first. What the assembler itself proposes to write is `diagnostic.replacement`, and not among them. */
export function repairsOf(analysis: SourceAnalysis, diagnostic: Diagnostic): readonly Repair[] {
  return RULES.flatMap((rule) => rule(analysis, diagnostic));
}

const uselessHint: Rule = (_, { message, span }) => {
  const mnemonic = /^"(.*)" takes no hint/.exec(message)?.[1];
  return mnemonic === undefined ? [] : [write(span, mnemonic)];
};

/** `.macro`, `.rept`, `.if` and comments that nothing ends. */
const unclosed: Rule = (analysis, { message }) => {
  const end = /is not closed: write (?:(\.\w+)|"(\*\/)") where it ends/.exec(message);
  const text = end?.[1] ?? end?.[2];
  return text === undefined ? [] : [{ kind: 'close', texts: [text], changes: [append(analysis, `        ${text}\n`)] }];
};

const otherProcessor: Rule = (analysis, { message, span: { line } }) => {
  const other = /It is one of the (SPU|PowerPC):/.exec(message)?.[1];
  if (other === undefined) return [];
  const program = analysis.survey.symbols.findLast(({ namespace }) => namespace.space.isa === 'spu')?.namespace.space.name ?? 'program';
  const section = other === 'SPU' ? `.section .spu.${program}, "ax"` : '.text';
  // A file that is SPU code from its first line has no PowerPC section to go back to.
  if (spuProgramOfFile(analysis.path) !== undefined) return [];
  return [{ kind: 'section', texts: [section], changes: [{ span: { line, start: 1, end: 1 }, text: `        ${section}\n` }] }];
};

const undefinedSymbol: Rule = (analysis, { message, span }) => {
  const found = /^The symbol "([^"]+)" is not defined in the (?:PowerPC program|SPU program "([^"]*)")/.exec(message);
  const name = found?.[1];
  if (name === undefined) return [];
  const head = headAt(analysis, span);
  const forms = head && analysis.mnemonics[analysis.isaAt(span.line)].find(head.text);
  const isCode = forms?.some(({ groups }) => groups.some(({ outer }) => outer.field.kind === 'target')) ?? false;
  const text = found?.[2] === undefined ? powerPCStub(name, isCode) : spuStub(name, isCode, spuProgramOfFile(analysis.path) === undefined ? found[2] : undefined);
  return [{ kind: 'label', texts: [name], changes: [append(analysis, `\n${text}`)] }];
};

function powerPCStub(name: string, isCode: boolean): string {
  return isCode ? `        .text\n${name}:\n        blr\n` : `        .data\n        .balign 8\n${name}:\n        .quad   0\n`;
}

/** `program` is undefined in a file that is SPU code from its first line. */
function spuStub(name: string, isCode: boolean, program: string | undefined): string {
  if (isCode) return `        ${program === undefined ? '.text' : `.section .spu.${program}, "ax"`}\n${name}:\n        bi      $lr\n`;
  return `        ${program === undefined ? '.data' : `.section .spu.${program}.data, "aw"`}\n        .balign 16\n${name}:\n        .long   0, 0, 0, 0\n`;
}

const addressPart: Rule = (analysis, { message, span }) => {
  if (!message.includes('It is an address: take a part of it')) return [];
  const head = headAt(analysis, span)?.text ?? '';
  if (head === 'il') return [];
  const upper: Readonly<Record<string, string>> = { lis: '@ha', addis: '@ha', ilhu: '@h' };
  const part = upper[head] ?? '@l';
  const { end } = operandAt(analysis, span);
  return [{ kind: 'part', texts: [part], changes: [{ span: { line: span.line, start: end, end }, text: part }] }];
};

/** A number that the sixteen bits of `li` or `il` do not hold: signed 32 bits in two instructions, unsigned 18 in `ila` (SPU ISA 1.2, section 3). */
const wideNumber: Rule = (analysis, { message, span }) => {
  const found = /^This operand of "(li|il)" is (-?\d+); it must be/.exec(message);
  const head = headAt(analysis, span);
  if (!found || !head) return [];
  const value = Number(found[2]);
  const isSpu = found[1] === 'il';
  const short = isSpu && value >= 0 && value < 2 ** 18 ? [write(head.span, 'ila')] : [];
  if (value < -(2 ** 31) || value >= (isSpu ? 2 ** 32 : 2 ** 31) || message.includes('It is an address')) return short;
  const operand = operandAt(analysis, span);
  const line = analysis.lines[span.line - 1] ?? '';
  const register = line.slice(head.span.end - 1, operand.start - 1).replace(/,[ \t]*$/, '').trim();
  const written = line.slice(operand.start - 1, operand.end - 1);
  const number = /^\w+$/.test(written) ? written : `(${written})`;
  const [first, second] = isSpu ? ['ilhu', 'iohl'] : ['lis', 'ori'];
  const source = isSpu ? register : `${register}, ${register}`;
  const text = `${first.padEnd(7)} ${register}, ${number}@h\n        ${second.padEnd(7)} ${source}, ${number}@l`;
  return [...short, { kind: 'pair', texts: [first, second], changes: [{ span: { line: span.line, start: head.span.start, end: operand.end }, text }] }];
};

const RULES: readonly Rule[] = [uselessHint, unclosed, otherProcessor, undefinedSymbol, addressPart, wideNumber];

function write(span: TextSpan, text: string): Repair {
  return { kind: 'write', texts: [text], changes: [{ span, text }] };
}

function headAt(analysis: SourceAnalysis, { line, start }: TextSpan): Word | undefined {
  const statement = analysis.statementAt({ line, column: start });
  return statement && wordsOf(statement).find(({ role }) => role === 'head');
}

/** The whole expression that starts at a place, a displacement's register apart. */
function operandAt(analysis: SourceAnalysis, { line, start }: TextSpan): TextSpan {
  const statement = analysis.statementAt({ line, column: start });
  const rest = statement?.text.slice(start - statement.place.column) ?? '';
  const text = /^\([^,]*\)|^[^,(]*/.exec(rest)?.[0].trimEnd() ?? '';
  return { line, start, end: start + text.length };
}

function append({ lines }: SourceAnalysis, text: string): TextChange {
  const last = lines.at(-1) ?? '';
  const column = last.length + 1;
  return { span: { line: lines.length, start: column, end: column }, text: last === '' ? text : `\n${text}` };
}
