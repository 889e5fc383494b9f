/** Changes that mend a mistake, where its code and data leave little doubt about what was meant. */
import { spuProgramOfFile } from '../sim/program/asm/sectionNames.ts';
import type { Mistake } from '../sim/program/mistake.ts';
import { counterpartOf } from './counterpart.ts';
import { type Diagnostic, textAt } from './diagnostics.ts';
import type { TextChange } from './rename.ts';
import type { SourceAnalysis, TextSpan } from './sourceAnalysis.ts';
import { type Word, wordsOf } from './words.ts';

/** What a repair does: `texts` are what its title names. */
export interface Repair {
  readonly kind: 'write' | 'pair' | 'part' | 'label' | 'section' | 'close' | 'start';
  readonly texts: readonly string[];
  /** Their texts may have line ends. */
  readonly changes: readonly TextChange[];
}

type MistakeOf<Code extends Mistake['code']> = Extract<Mistake, { code: Code }>;

/** The best first. What the assembler itself proposes to write is `diagnostic.replacement`, and not among them. */
export function repairsOf(analysis: SourceAnalysis, { about, span }: Diagnostic): readonly Repair[] {
  switch (about?.code) {
    case 'useless-hint': return textAt(analysis, span) === about.written ? [write(span, about.mnemonic)] : [];
    case 'not-closed': return [{ kind: 'close', texts: [about.end], changes: [append(analysis, `        ${about.end}\n`)] }];
    case 'other-processor': return textAt(analysis, span) === about.written ? [...sameHere(analysis, span), ...otherSection(analysis, span)] : [];
    case 'undefined-symbol': return [definition(analysis, span, about)];
    case 'out-of-range': return headAt(analysis, span)?.text === about.mnemonic ? [...addressPart(analysis, span, about), ...wideNumber(analysis, span, about)] : [];
    case 'zero-base': return [...immediateForm(analysis, span), write(span, '0')];
    case 'no-code': return [{ kind: 'label', texts: ['_start'], changes: [append(analysis, LEAST_PROGRAM)] }];
    case 'no-start': return [{ kind: 'start', texts: ['_start'], changes: [{ span: { line: span.line, start: 1, end: 1 }, text: '        .globl  _start\n_start:\n' }] }];
    default: return [];
  }
}

/** exit_group(0). */
const LEAST_PROGRAM = '        .text\n        .globl  _start\n_start: li      r0, 234\n        li      r3, 0\n        sc\n';

/** The instruction of the section's own processor that does the same. */
function sameHere(analysis: SourceAnalysis, span: TextSpan): Repair[] {
  const statement = analysis.statementAt({ line: span.line, column: span.start });
  const head = headAt(analysis, span);
  if (!statement || !head) return [];
  const text = counterpartOf(analysis, statement, head);
  return text === undefined ? [] : [{ kind: 'write', texts: [text.replace(/ +/, ' ')], changes: [{ span: { ...span, end: statement.place.column + statement.text.length }, text }] }];
}

function otherSection(analysis: SourceAnalysis, { line }: TextSpan): Repair[] {
  // A file that is SPU code from its first line has no PowerPC section to go back to.
  if (spuProgramOfFile(analysis.path) !== undefined) return [];
  const program = analysis.survey.symbols.findLast(({ namespace }) => namespace.space.isa === 'spu')?.namespace.space.name ?? 'program';
  const section = analysis.isaAt(line) === 'ppc' ? `.section .spu.${program}, "ax"` : '.text';
  return [{ kind: 'section', texts: [section], changes: [{ span: { line, start: 1, end: 1 }, text: `        ${section}\n` }] }];
}

function definition(analysis: SourceAnalysis, span: TextSpan, { written: name, program }: MistakeOf<'undefined-symbol'>): Repair {
  const head = headAt(analysis, span);
  const forms = head && analysis.mnemonics[analysis.isaAt(span.line)].find(head.text);
  const isCode = forms?.some(({ groups }) => groups.some(({ outer }) => outer.field.kind === 'target')) ?? false;
  const text = program === '' ? powerPCStub(name, isCode) : spuStub(name, isCode, spuProgramOfFile(analysis.path) === undefined ? program : undefined);
  return { kind: 'label', texts: [name], changes: [append(analysis, `\n${text}`)] };
}

function powerPCStub(name: string, isCode: boolean): string {
  return isCode ? `        .text\n${name}:\n        blr\n` : `        .data\n        .balign 8\n${name}:\n        .quad   0\n`;
}

/** `program` is undefined in a file that is SPU code from its first line. */
function spuStub(name: string, isCode: boolean, program: string | undefined): string {
  if (isCode) return `        ${program === undefined ? '.text' : `.section .spu.${program}, "ax"`}\n${name}:\n        bi      $lr\n`;
  return `        ${program === undefined ? '.data' : `.section .spu.${program}.data, "aw"`}\n        .balign 16\n${name}:\n        .long   0, 0, 0, 0\n`;
}

function addressPart(analysis: SourceAnalysis, span: TextSpan, { mnemonic, isAddress }: MistakeOf<'out-of-range'>): Repair[] {
  if (!isAddress || mnemonic === 'il') return [];
  const upper: Readonly<Record<string, string>> = { lis: '@ha', addis: '@ha', ilhu: '@h' };
  const part = upper[mnemonic] ?? '@l';
  const { end } = operandAt(analysis, span);
  return [{ kind: 'part', texts: [part], changes: [{ span: { line: span.line, start: end, end }, text: part }] }];
}

/** A number that the sixteen bits of `li` or `il` do not hold: signed 32 bits in two instructions, unsigned 18 in `ila` (SPU ISA 1.2, section 3). */
function wideNumber(analysis: SourceAnalysis, span: TextSpan, { mnemonic, value, isAddress }: MistakeOf<'out-of-range'>): Repair[] {
  const head = headAt(analysis, span);
  if (!head || (mnemonic !== 'li' && mnemonic !== 'il')) return [];
  const isSpu = mnemonic === 'il';
  const short = isSpu && value >= 0 && value < 2 ** 18 ? [write(head.span, 'ila')] : [];
  if (value < -(2 ** 31) || value >= (isSpu ? 2 ** 32 : 2 ** 31) || isAddress) return short;
  const operand = operandAt(analysis, span);
  const line = analysis.lines[span.line - 1] ?? '';
  const register = line.slice(head.span.end - 1, operand.start - 1).replace(/,[ \t]*$/, '').trim();
  const written = textAt(analysis, operand);
  const number = /^\w+$/.test(written) ? written : `(${written})`;
  const [first, second] = isSpu ? ['ilhu', 'iohl'] : ['lis', 'ori'];
  const source = isSpu ? register : `${register}, ${register}`;
  const text = `${first.padEnd(7)} ${register}, ${number}@h\n        ${second.padEnd(7)} ${source}, ${number}@l`;
  return [...short, { kind: 'pair', texts: [first, second], changes: [{ span: { line: span.line, start: head.span.start, end: operand.end }, text }] }];
}

/** `li` and `lis` are `addi` and `addis` to nothing. */
function immediateForm(analysis: SourceAnalysis, { line, start, end }: TextSpan): Repair[] {
  const head = headAt(analysis, { line, start, end });
  const mnemonic = IMMEDIATE.get(head?.text ?? '');
  const behind = /^[ \t]*,[ \t]*/.exec(analysis.lines[line - 1]?.slice(end - 1) ?? '')?.[0];
  if (!head || mnemonic === undefined || behind === undefined) return [];
  return [{ kind: 'write', texts: [mnemonic], changes: [{ span: head.span, text: mnemonic.padEnd(head.text.length) }, { span: { line, start, end: end + behind.length }, text: '' }] }];
}

const IMMEDIATE: ReadonlyMap<string, string> = new Map([['addi', 'li'], ['addis', 'lis']]);

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
