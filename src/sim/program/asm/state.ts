/** What has been read so far: the part of the assembler that directives work on. */
import type { InstructionSetName, ProgramError } from '../program.ts';
import { Conditionals } from './conditionals.ts';
import type { Cursor } from './cursor.ts';
import { checkedData } from './dataRange.ts';
import { StatementError } from './error.ts';
import { errorAt } from './errorPlace.ts';
import { absolute, evaluate, type Lookup, type Value } from './evaluate.ts';
import { type ExpressionContext, parseExpression } from './expressionParser.ts';
import { Input } from './input.ts';
import { lookupIn } from './lookup.ts';
import type { Macro } from './macro.ts';
import type { MnemonicIndex } from './mnemonics.ts';
import type { AddressSpace, AsmSymbol, Expression, Location, Namespace, Section, SectionFlags } from './object.ts';
import { currentOffset, here, newAddressSpace, newSection, OFFSETS, pushValue, pushZeros } from './section.ts';
import { flagsByName, localStoreFlags, spuProgramOf, spuProgramOfFile } from './sectionNames.ts';
import { embedProgram } from './spuProgram.ts';
import type { Statement } from './statement.ts';
import { newNamespace, reserveIn, symbolNamed } from './symbols.ts';

/** Where `.include` and `.incbin` find files. `from` is the path of the file that asks. */
export interface SourceResolver {
  text(path: string, from: string): { readonly path: string; readonly text: string } | undefined;
  bytes(path: string, from: string): Uint8Array | undefined;
}

export class AssemblyState {
  readonly errors: ProgramError[] = [];
  readonly ppc = newAddressSpace('', 'ppc');
  readonly spu = new Map<string, AddressSpace>();
  readonly namespaces: Namespace[] = [];
  readonly files: string[] = [];
  readonly input = new Input();
  readonly conditionals = new Conditionals();
  readonly macros = new Map<string, Macro>();
  /** Macro calls so far: `\@`. */
  expansions = 0;
  readonly sectionStack: { readonly section: Section; readonly previous: Section }[] = [];
  section: Section;
  previousSection: Section;
  statement: Statement = { text: '', place: { file: '', line: 0, column: 0 }, inside: '' };

  private fileNamespaces = new Map<AddressSpace, Namespace>();
  /** Each file has its own pieces of sections, which the layout joins by name and permission. */
  private fileSections: Section[] = [];
  private fileSpace = this.ppc;
  private readonly lookup: Lookup = lookupIn(this, false);

  constructor(
    readonly mnemonics: Readonly<Record<InstructionSetName, MnemonicIndex>>,
    readonly resolver: SourceResolver,
    /** Told of every statement that is met, and the address space that it stands in. */
    readonly visit?: (statement: Statement, space: AddressSpace) => void,
  ) {
    this.section = this.previousSection = newSection('.text', this.ppc, flagsByName('.text'));
  }

  /** Begins a file: its own symbols, and `.text` of its own address space. */
  beginFile(path: string): void {
    this.files.push(path);
    this.fileNamespaces = new Map();
    this.fileSections = [];
    this.macros.clear();
    this.sectionStack.length = 0;
    const program = spuProgramOfFile(path);
    this.fileSpace = program === undefined ? this.ppc : this.spuSpace(program);
    this.section = this.previousSection = this.sectionNamed('.text');
  }

  get namespace(): Namespace {
    return this.namespaceOf(this.section.space);
  }

  /** The symbols of this file in an address space. */
  namespaceOf(space: AddressSpace): Namespace {
    const known = this.fileNamespaces.get(space);
    if (known) return known;
    const namespace = newNamespace(space, space === this.ppc ? undefined : this.namespaceOf(this.ppc));
    this.fileNamespaces.set(space, namespace);
    this.namespaces.push(namespace);
    return namespace;
  }

  /** The section of this name, in the address space that the name or the file says. */
  sectionNamed(name: string, flags?: SectionFlags): Section {
    const program = spuProgramOf(name);
    const space = program === undefined ? this.fileSpace : this.spuSpace(program);
    const known = this.fileSections.find((section) => section.name === name && section.space === space);
    if (known) return known;
    const section = newSection(name, space, space.isa === 'spu' ? localStoreFlags(name) : (flags ?? flagsByName(name)));
    space.sections.push(section);
    this.fileSections.push(section);
    return section;
  }

  /** A section of no program: its labels are the offsets from its start. */
  offsetSection(start: number): Section {
    const section = newSection(OFFSETS, this.section.space, { ...flagsByName(OFFSETS), zeroed: true });
    pushZeros(section, start);
    return section;
  }

  enter(section: Section): void {
    this.previousSection = this.section;
    this.section = section;
  }

  private spuSpace(name: string): AddressSpace {
    const known = this.spu.get(name);
    if (known) return known;
    const space = newAddressSpace(name, 'spu');
    this.spu.set(name, space);
    embedProgram(space, this.ppc, this.statement.place);
    return space;
  }

  /** This file's symbol of this name. */
  symbol(name: string): AsmSymbol {
    return symbolNamed(name, this.namespace, this.statement.place);
  }

  isDefined(name: string): boolean {
    const symbol = this.namespace.symbols.get(name);
    return symbol !== undefined && this.lookup.definitionOf(symbol) !== undefined;
  }

  /** Room in .bss under a symbol. */
  reserve(name: string, size: number, alignment: number): void {
    reserveIn(this.zeroedSection(this.section.space), this.symbol(name), size, alignment, this.statement.place);
  }

  /** The section of zeros of an address space. */
  zeroedSection(space: AddressSpace): Section {
    return this.sectionNamed(space.isa === 'spu' && space !== this.fileSpace ? `.spu.${space.name}.bss` : '.bss');
  }

  get here(): Location {
    return here(this.section);
  }

  get expressionContext(): ExpressionContext {
    return { namespace: this.namespace, place: this.statement.place, dot: this.here };
  }

  expression(cursor: Cursor): Expression {
    return parseExpression(cursor, this.expressionContext);
  }

  /** The value of an expression now; throws `NotYetKnown`. */
  valueNow(expression: Expression): Value {
    return evaluate(expression, this.lookup);
  }

  /** A number that must be known now; `what` starts its messages: `The count`. */
  numberNow(cursor: Cursor, what: string): number {
    const offset = cursor.offset;
    const value = absolute(this.valueNow(this.expression(cursor)), what);
    const number = Number(value);
    if (!Number.isSafeInteger(number)) throw new StatementError(`${what} is ${String(value)}, which is too large.`, offset);
    return number;
  }

  /** As `numberNow`, within bounds. */
  numberIn(cursor: Cursor, what: string, low: number, high: number): number {
    cursor.skipBlanks();
    const offset = cursor.offset;
    const number = this.numberNow(cursor, what);
    if (number < low || number > high) throw new StatementError(`${what} is ${String(number)}; it must be ${String(low)} to ${String(high)}.`, offset);
    return number;
  }

  /** Puts a number into the section, now or when it is known. */
  data(value: Expression, size: number): void {
    if (value.kind === 'number') {
      pushValue(this.section, checkedData(value.value, size), size);
      return;
    }
    if (this.section.flags.zeroed) pushValue(this.section, 1n, size);
    this.section.fixups.push({ kind: 'data', location: this.here, size, value, statement: this.statement });
    pushZeros(this.section, size);
  }

  /** Makes the section start at a multiple of this. */
  requireAlignment(boundary: number): void {
    this.section.alignment = Math.max(this.section.alignment, boundary);
  }

  /** Instructions lie at multiples of four. */
  checkInstructionPlace(): void {
    const offset = currentOffset(this.section);
    if (offset === undefined || offset % 4 === 0) return;
    throw new StatementError('The instruction does not lie at a multiple of 4 bytes: write ".balign 4" before it.');
  }

  fail(statement: Statement, error: StatementError): void {
    this.errors.push(errorAt(statement, error));
  }
}
