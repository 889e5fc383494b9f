/** Directives that choose the section. */
import { type Cursor, expectSymbol } from '../cursor.ts';
import { StatementError } from '../error.ts';
import { readQuoted } from '../literals.ts';
import type { Section } from '../object.ts';
import { flagsByLetters } from '../sectionNames.ts';
import type { AssemblyState } from '../state.ts';
import type { Directive, Directives } from './directive.ts';

function named(name: string): Directive {
  return (state, cursor) => {
    if (!cursor.atEnd) throw cursor.error(`Subsections are not known: use .section ${name}.NAME instead.`);
    state.enter(state.sectionNamed(name));
  };
}

/** `.bss`; on the SPU also `.bss symbol, size[, alignment]`, as GNU as has it there. */
const zeros: Directive = (state, cursor) => {
  if (state.section.space.isa === 'spu' && !cursor.atEnd) localCommon(state, cursor);
  else named('.bss')(state, cursor);
};

/** `.struct offset`: labels that follow are offsets, until a section is chosen. */
const structure: Directive = (state, cursor) => {
  state.enter(state.offsetSection(cursor.atEnd ? 0 : state.numberIn(cursor, 'The offset', 0, 2 ** 31)));
};

/** `.section NAME[, "flags"[, @type[, ...]]]`; what follows the type says nothing here. */
const section: Directive = (state, cursor) => { state.enter(readSection(state, cursor)); };

function readSection(state: AssemblyState, cursor: Cursor): Section {
  const name = readQuoted(cursor) ?? cursor.match(/[^\s,]+/y);
  if (name === undefined) throw cursor.error('The name of the section must come here.');
  if (!cursor.take(',')) return state.sectionNamed(name);
  const letters = readQuoted(cursor);
  if (letters === undefined) throw cursor.error('The flags of the section must come here, in quotation marks: "ax", "aw" or "a".');
  const type = cursor.take(',') ? cursor.match(/[@%]\w+/y)?.slice(1) : undefined;
  cursor.takeRest();
  const flags = flagsByLetters(letters, type);
  return state.sectionNamed(name, flags);
}

const pushSection: Directive = (state, cursor) => {
  state.sectionStack.push({ section: state.section, previous: state.previousSection });
  state.enter(readSection(state, cursor));
};

const popSection: Directive = (state) => {
  const saved = state.sectionStack.pop();
  if (!saved) throw new StatementError('There is no .pushsection for this .popsection.');
  state.section = saved.section;
  state.previousSection = saved.previous;
};

const previous: Directive = (state) => { state.enter(state.previousSection); };

/** `.lcomm symbol, size[, alignment]`: room in .bss. */
const localCommon: Directive = (state, cursor) => {
  const { name, size, alignment } = readCommon(state, cursor);
  state.reserve(name, size, alignment);
};

const common: Directive = (state, cursor) => {
  const { name, size, alignment } = readCommon(state, cursor);
  const symbol = state.symbol(name);
  if (symbol.definition) throw new StatementError(`The symbol "${name}" is defined already.`);
  symbol.common = { size: Math.max(size, symbol.common?.size ?? 0), alignment: Math.max(alignment, symbol.common?.alignment ?? 1) };
  symbol.global = !symbol.local;
};

function readCommon(state: AssemblyState, cursor: Cursor): { name: string; size: number; alignment: number } {
  const name = expectSymbol(cursor, 'the symbol');
  cursor.expectComma('the size in bytes');
  const size = state.numberIn(cursor, 'The size', 0, 2 ** 40);
  const natural = size >= 8 ? 8 : 4;
  const alignment = cursor.take(',') ? state.numberIn(cursor, 'The alignment', 1, 2 ** 20) : natural;
  if ((alignment & (alignment - 1)) !== 0) throw cursor.error(`The alignment is ${String(alignment)} bytes; it must be a power of two.`);
  return { name, size, alignment };
}

export const SECTION_DIRECTIVES: Directives = {
  text: named('.text'), data: named('.data'), bss: zeros, rodata: named('.rodata'),
  section, pushsection: pushSection, popsection: popSection, previous,
  struct: structure, offset: structure,
  lcomm: localCommon, comm: common,
};
