/** Extended mnemonics of cache and storage instructions, as GNU has them for the Cell. */
import { fixed, x } from '../encodings.ts';
import { alias, type PpcInstruction, spelling } from '../insn.ts';

const L_SYNC = 3 << 21;
/** The high two bits of TH: 0 for a block, 1 for a stream. */
const TH_KIND = 3 << 24;
const TH_STREAM = 1 << 24;
/** Transient streams, and all streams of `dss`. */
const TRANSIENT = 1 << 25;

export const STORAGE_ALIASES: readonly PpcInstruction[] = [
  alias('hwsync', 'sync', fixed(x(31, 598), L_SYNC, 0), '', 'Orders all accesses before it against all after it.'),
  alias('lwsync', 'sync', fixed(x(31, 598), L_SYNC, 1 << 21), '', 'Orders all accesses but stores before loads.'),
  alias('ptesync', 'sync', fixed(x(31, 598), L_SYNC, 2 << 21), '', 'Orders accesses against changes of the page table.'),
  ...([['dcbt', 278, 'loaded'], ['dcbtst', 246, 'stored to']] as const).flatMap(([base, number, what]) => [
    alias(`${base}ct`, base, fixed(x(31, number), TH_KIND, 0), 'ra0 rb thBlock', `Hints that a block will be ${what}.`),
    alias(`${base}ds`, base, fixed(x(31, number), TH_KIND, TH_STREAM), 'ra0 rb thStream', `Hints that a stream of blocks will be ${what}.`),
  ]),
  alias('dstt', 'dst', fixed(x(31, 342), TRANSIENT, TRANSIENT), 'ra rb stream', 'Hints that a stream of blocks will be loaded once.'),
  alias('dststt', 'dstst', fixed(x(31, 374), TRANSIENT, TRANSIENT), 'ra rb stream', 'Hints that a stream of blocks will be stored to once.'),
  alias('dcbzl', 'dcbz', fixed(x(31, 1014), 1 << 21, 1 << 21), 'ra0 rb', 'Clears a block of 128 bytes.'),
  spelling('dclz', 'dcbz', x(31, 1014), 'ra0 rb', 'Clears a block of 128 bytes.'),
  alias('dssall', 'dss', fixed(x(31, 822), TRANSIENT, TRANSIENT), '', 'Stops all streams of hints.'),
];
