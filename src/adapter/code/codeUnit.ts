/** Symbols and lines of one address space of code: the PowerPC program, or an SPU program inside it. */
import { DebugInfo } from '../../sim/program/dwarf/debugInfo.ts';
import { LineIndex } from '../../sim/program/lineIndex.ts';
import type { Program, SourcePlace, SpuImage } from '../../sim/program/program.ts';
import { SymbolIndex } from '../../sim/program/symbols.ts';

export interface CodeUnit {
  /** Name of the SPU program; '' for the PowerPC program. */
  readonly name: string;
  readonly image: SpuImage | undefined;
  readonly symbols: SymbolIndex;
  readonly lines: LineIndex;
  /** Of a program in C: its functions, variables and frames. */
  readonly debug: DebugInfo | undefined;
}

/** The code of a program: what the PPE runs, and its SPU programs in their order. */
export interface ProgramCode {
  readonly ppe: CodeUnit;
  readonly images: readonly CodeUnit[];
}

export function programCode(program: Program): ProgramCode {
  const isSpu = program.isa === 'spu';
  return {
    ppe: {
      name: '', image: undefined,
      symbols: new SymbolIndex(isSpu ? [] : program.symbols, program.segments), lines: new LineIndex(program.lines),
      debug: program.debug && new DebugInfo(program.debug),
    },
    images: program.spuImages.map((image) => ({
      name: image.name, image, symbols: new SymbolIndex(image.symbols, image.segments), lines: new LineIndex(image.lines), debug: undefined,
    })),
  };
}

/** The program's own code, then its SPU programs. */
export function unitsOf({ ppe, images }: ProgramCode): readonly CodeUnit[] {
  return [ppe, ...images];
}

/** `main+0x24`, or undefined where no symbol reaches. */
export function symbolAt({ symbols }: CodeUnit, address: number): string | undefined {
  const found = symbols.symbolize(address);
  if (!found) return undefined;
  return found.offset === 0 ? found.name : `${found.name}+0x${found.offset.toString(16)}`;
}

/** A number that tells functions apart, for breakpoints on lines. */
function functionOf({ symbols }: CodeUnit): (address: number) => number | undefined {
  return (address) => symbols.functionAt(address)?.address;
}

export interface CodeOfLine {
  /** The line that has the code: the one asked for, or the nearest below it that any code is on. */
  readonly line: number | undefined;
  readonly code: readonly { readonly unit: CodeUnit; readonly file: string; readonly addresses: readonly number[] }[];
}

/** The code of a line of a source file, in whichever units have code of it. */
export function codeOfLine(code: ProgramCode, file: string, line: number): CodeOfLine {
  const found = unitsOf(code).flatMap((unit) => {
    const addresses = unit.lines.addressesOf(file, line, functionOf(unit));
    return addresses ? [{ unit, ...addresses }] : [];
  });
  const nearest = found.length === 0 ? undefined : Math.min(...found.map((one) => one.line));
  return { line: nearest, code: found.filter((one) => one.line === nearest) };
}

/** Where to stop for a function that begins at `address`: behind its prologue, as its line table has it, so that parameters are where they are said to be. */
export function behindPrologue({ debug, lines }: CodeUnit, address: number): number {
  const owner = debug?.functions.withPrologue(address);
  return (owner && lines.nextStatement(address, owner.ranges[0]?.end ?? address)) ?? address;
}

export function isSamePlace(a: SourcePlace | undefined, b: SourcePlace | undefined): boolean {
  return a?.file === b?.file && a?.line === b?.line;
}
