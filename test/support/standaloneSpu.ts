/** Standalone SPU programs for tests, as an SPU ELF file of the GNU tools would be. */
import { PPC } from '../../src/sim/ppe/instructionSet.ts';
import { assemble } from '../../src/sim/program/asm/assemble.ts';
import { SPU } from '../../src/sim/spe/instructionSet.ts';
import { buildElf, RX } from './elfBuilder.ts';

/** An SPU ELF file of SPU source that begins at local-store address 0. */
export function spuElf(source: string): Uint8Array {
  const { program } = assemble('p.spu.s', [{ path: 'p.spu.s', text: source }], { ppc: PPC, spu: SPU });
  const image = program.spuImages[0];
  if (!image) throw new Error('The source has no SPU program.');
  return buildElf({
    machine: 'spu', entry: image.entry,
    segments: image.segments.map(({ address, bytes }) => ({ flags: RX, address, bytes })),
    sections: image.segments.map(({ address, bytes }) => ({ name: '.text', flags: 6, address, bytes })),
    symbols: image.symbols.map(({ name, address }) => ({ name, value: address, global: true, type: 2, section: 1 })),
  });
}
