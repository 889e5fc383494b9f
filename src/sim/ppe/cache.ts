/**
 * Cache management and storage order (Book II, sections 3.2 and 3.3). The machine has no
 * caches and runs in order; what remains is that `dcbst`, `dcbf` and `icbi` are translated
 * like loads and may fault, and that `dcbz` stores.
 */
import { v128 } from '../engine/expr.ts';
import { x } from './encodings.ts';
import { insn, type PpcInstruction } from './insn.ts';
import { CACHE_BLOCK_BYTES } from './layout.ts';

const QUAD_BYTES = 16;

function touched(mnemonic: string, number: number, doc: string, operands: 'ra0 rb' | 'ra0 rb lFlush' = 'ra0 rb'): PpcInstruction {
  return insn(mnemonic, x(31, number), operands, doc, ({ ra0, rb }, b) => { b.load(ra0.plus(rb), 1); });
}

/** Does nothing here. */
function hint(mnemonic: string, opcode: number, number: number, operands: string, doc: string): PpcInstruction {
  return insn(mnemonic, x(opcode, number), operands, doc, () => undefined);
}

export const CACHE: readonly PpcInstruction[] = [
  hint('dcbt', 31, 278, 'ra0 rb th', 'Hints that a block will be loaded.'),
  hint('dcbtst', 31, 246, 'ra0 rb th', 'Hints that a block will be stored to.'),
  touched('dcbst', 54, 'Writes a modified block to memory.'),
  touched('dcbf', 86, 'Writes a modified block to memory and drops it from the cache.', 'ra0 rb lFlush'),
  touched('icbi', 982, 'Drops a block from the instruction caches.'),
  insn('dcbz', x(31, 1014), 'ra0 rb', 'Clears a block of 128 bytes.', ({ ra0, rb }, b) => {
    const block = b.let(ra0.plus(rb).and(-CACHE_BLOCK_BYTES));
    const zeros = v128(Array.from({ length: QUAD_BYTES }, () => 0));
    for (let offset = 0; offset < CACHE_BLOCK_BYTES; offset += QUAD_BYTES) b.storeQuad(block.plus(offset), zeros);
  }),
  hint('sync', 31, 598, 'lSync', 'Orders all accesses before it against all after it.'),
  hint('eieio', 31, 854, '', 'Orders stores.'),
  hint('isync', 19, 150, '', 'Refetches what follows.'),
  hint('dst', 31, 342, 'ra rb stream', 'Hints that a stream of blocks will be loaded.'),
  hint('dstst', 31, 374, 'ra rb stream', 'Hints that a stream of blocks will be stored to.'),
  hint('dss', 31, 822, 'stream', 'Stops a stream of hints.'),
];
