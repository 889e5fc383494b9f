/**
 * Function descriptors: in the 64-bit PowerPC ELF ABI version 1 a function's symbol names
 * three doublewords in `.opd` (code address, TOC pointer, environment), section 3.2.5
 * "Function Descriptors"; old compilers give the code a symbol `.name` of its own.
 */
import type { ProgramSymbol, Segment } from '../program.ts';
import { BigEndian } from '../bigEndian.ts';
import type { Section } from './elfFile.ts';
import { bytesAt, isCode } from './segments.ts';
import type { ElfSymbol } from './symbolTable.ts';

export interface Descriptor {
  readonly code: number;
  readonly toc: number;
}

/** The descriptor at `address`, or undefined where none lies that leads to code. */
export function readDescriptor(segments: readonly Segment[], address: number): Descriptor | undefined {
  const data = new BigEndian(bytesAt(segments, address));
  if (data.length < 16) return undefined;
  const code = data.u64(0);
  return isCode(segments, code) ? { code, toc: data.u64(8) } : undefined;
}

/** Symbols as a programmer knows them: one for each function, at its code. Sorted by address. */
export function resolveFunctions(symbols: readonly ElfSymbol[], segments: readonly Segment[], opd: Section | undefined): ProgramSymbol[] {
  const dotted = new Map<string, ElfSymbol>();
  for (const symbol of symbols) {
    if (symbol.name.startsWith('.') && !symbol.name.startsWith('.L') && isCode(segments, symbol.value)) dotted.set(key(symbol.name.slice(1), symbol.value), symbol);
  }
  const described = new Set<ElfSymbol>();
  const resolved: ProgramSymbol[] = [];
  for (const symbol of symbols) {
    const code = opd && inside(opd, symbol.value) ? readDescriptor(segments, symbol.value)?.code : undefined;
    if (code === undefined) continue;
    const dot = dotted.get(key(symbol.name, code));
    described.add(symbol);
    if (dot) described.add(dot);
    const { name, global } = symbol;
    resolved.push({ name, address: code, size: dot && dot.size > 0 ? dot.size : symbol.size, kind: 'function', global, descriptor: symbol.value });
  }
  for (const symbol of symbols) {
    if (!described.has(symbol)) resolved.push(plain(symbol));
  }
  return resolved.sort((a, b) => a.address - b.address);
}

const inside = (section: Section, address: number): boolean => address >= section.address && address < section.address + section.size;

const key = (name: string, address: number): string => `${name}@${String(address)}`;

/** A function's code symbol whose descriptor has no name still names the function. */
export function plain({ name, value, size, kind, global }: ElfSymbol): ProgramSymbol {
  const bare = kind === 'function' && /^\.[^.L]/.test(name) ? name.slice(1) : name;
  return { name: bare, address: value, size, kind, global };
}
