import { describe, expect, it } from 'vitest';
import { readElf } from '../../../src/sim/program/elf/readElf.ts';
import type { ProgramSymbol, Segment } from '../../../src/sim/program/program.ts';
import { SymbolIndex } from '../../../src/sim/program/symbols.ts';
import { readGuest } from '../../support/guests.ts';

const segment = (address: number, memorySize: number): Segment => ({
  address, memorySize, bytes: new Uint8Array(0), readable: true, writable: false, executable: true,
});
const symbol = (name: string, address: number, more: Partial<ProgramSymbol> = {}): ProgramSymbol => ({
  name, address, size: 0, kind: 'label', global: false, ...more,
});
/** `name+offset` of an address. */
const said = (index: SymbolIndex, address: number): string | undefined => {
  const found = index.symbolize(address);
  return found && `${found.name}+${found.offset.toString(16)}`;
};

describe('SymbolIndex', () => {
  const index = new SymbolIndex(
    [
      symbol('main', 0x100, { kind: 'function', size: 0x40, global: true }),
      symbol('loop', 0x110),
      symbol('small', 0x120, { kind: 'object', size: 4 }),
      symbol('tail', 0x180),
      symbol('data', 0x1000, { kind: 'object', size: 16 }),
      symbol('end', 0x1010, { global: true }),
    ],
    [segment(0x100, 0x100), segment(0x1000, 0x10)],
  );

  it.each([
    ['before all', 0xff, undefined],
    ['at a function', 0x100, 'main+0'],
    ['at a label inside it', 0x114, 'loop+4'],
    ['behind an object inside it', 0x128, 'main+28'],
    ['between sized symbols', 0x150, undefined],
    ['behind a label without size', 0x1ff, 'tail+7f'],
    ['behind the label\'s segment', 0x200, undefined],
    ['in data', 0x100f, 'data+f'],
    ['behind the last segment', 0x1010, undefined],
  ])('%s', (_, address, expected) => {
    expect(said(index, address)).toBe(expected);
  });

  it('finds the function around labels', () => {
    expect(index.functionAt(0x114)?.name).toBe('main');
    expect(index.functionAt(0x190)).toBeUndefined();
  });

  it('lets functions without size reach to the next one', () => {
    const assembled = new SymbolIndex([symbol('a', 0x100, { kind: 'function' }), symbol('l', 0x104), symbol('b', 0x108, { kind: 'function' })], [segment(0x100, 0x20)]);
    expect([0x100, 0x107, 0x108, 0x11f, 0x120].map((address) => assembled.functionAt(address)?.name)).toEqual(['a', 'a', 'b', 'b', undefined]);
  });

  it('prefers functions, sizes, global names and fewer underscores among aliases', () => {
    const aliases = new SymbolIndex(
      [symbol('_IO_puts', 0x100, { kind: 'function', size: 8, global: true }), symbol('puts', 0x100, { kind: 'function', size: 8, global: true }), symbol('Begin', 0x100, { global: true }), symbol('a', 0x100, { kind: 'function', size: 8 })],
      [segment(0x100, 8)],
    );
    expect(said(aliases, 0x104)).toBe('puts+4');
  });

  it('finds by name, a global symbol before a local one', () => {
    const names = new SymbolIndex([symbol('x', 0x100, { kind: 'function', size: 4 }), symbol('x', 0x108, { global: true })], [segment(0x100, 16)]);
    expect(names.named('x')?.address).toBe(0x108);
    expect(names.named('y')).toBeUndefined();
  });

  it('names every function of a C library at its own start', () => {
    const { program } = readElf('sieve', readGuest('sieve'));
    const library = new SymbolIndex(program.symbols, program.segments);
    const misnamed = program.symbols.filter(({ kind, address }) => kind === 'function' && library.functionAt(address)?.address !== address);
    expect(misnamed).toEqual([]);
    expect(said(library, (library.named('printf')?.address ?? 0) + 8)).toBe('printf+8');
  });
});
