/**
 * The assembler: GNU syntax for PowerPC and SPU code, assembled and linked at once.
 * Reading makes sections of fragments and fix-ups; the layout gives them addresses; then the
 * fix-ups are applied and the program is put together.
 */
import { type Program, type ProgramError, ProgramErrors } from '../program.ts';
import { applyFixups } from './fixups.ts';
import { shareSymbols } from './globals.ts';
import { layOut } from './layout.ts';
import { type ListingRow, listingRows } from './listing.ts';
import { lookupIn } from './lookup.ts';
import { MnemonicIndex } from './mnemonics.ts';
import { Output } from './output.ts';
import { readSource, type Source } from './reader.ts';
import { spuProgramOfFile } from './sectionNames.ts';
import { AssemblyState, type SourceResolver } from './state.ts';
import type { InstructionTables } from './table.ts';

export interface Assembly {
  readonly program: Program;
  /** What each statement became, by address space and section, in order of reading. */
  readonly listing: readonly ListingRow[];
}

const NO_FILES: SourceResolver = { text: () => undefined, bytes: () => undefined };

/**
 * Assembles source files into one program. Files whose name ends in `.spu.s` hold SPU code; when
 * all do, the first is a program for a lone SPU. Throws `ProgramErrors` with every mistake of every file.
 */
export function assemble(
  name: string,
  sources: readonly Source[],
  tables: InstructionTables,
  resolver: SourceResolver = NO_FILES,
): Assembly {
  const state = new AssemblyState({ ppc: new MnemonicIndex(tables.ppc), spu: new MnemonicIndex(tables.spu) }, resolver);
  const assembly = put(state, name, sources);
  if (!assembly) throw new ProgramErrors(sortedErrors(state));
  return assembly;
}

/** Reads the sources into a new state and puts the program together; undefined where `state.errors` says what is wrong. */
export function put(state: AssemblyState, name: string, sources: readonly Source[]): Assembly | undefined {
  const { errors, ppc, spu } = state;
  for (const source of sources) readSource(state, source);
  shareSymbols(state);
  const lookup = lookupIn(state, true);
  const placement = layOut(ppc, spu.values(), lookup, errors);
  const sections = [...spu.values(), ppc].flatMap((space) => space.sections);
  applyFixups(sections, lookup, errors);
  if (errors.length > 0) return undefined;
  const output = new Output(state, placement, lookup);
  const standalone = sources.length > 0 && sources.every(({ path }) => spuProgramOfFile(path) !== undefined);
  const program = standalone ? output.spuProgram(name) : output.powerPCProgram(name);
  if (errors.length > 0) return undefined;
  return { program, listing: listingRows(sections, (section) => output.bytesOf(section)) };
}

/** Errors by place, each once. */
export function sortedErrors({ errors, files }: AssemblyState): readonly ProgramError[] {
  const rank = ({ file }: ProgramError): number => (files.includes(file) ? files.indexOf(file) : files.length);
  const sorted = [...errors].sort((a, b) => rank(a) - rank(b) || a.line - b.line || a.column - b.column);
  const seen = new Set<string>();
  return sorted.filter(({ file, line, column, message }) => {
    const key = `${file}:${String(line)}:${String(column)}:${message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
