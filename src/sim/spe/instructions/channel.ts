/** Channel reads, writes and counts (SPU ISA 1.2, chapter 11). */
import { rr } from '../encodings.ts';
import { insn, type SpuInstruction } from '../instruction.ts';

export const CHANNEL: readonly SpuInstruction[] = [
  insn('rdch', rr(0x00d), 'rt channel', 'Reads a channel into the preferred word, waiting while its count is 0.', ({ rt, channel }, b) => {
    b.requireChannel(b.call('rdch', channel));
    rt.set(b.preferred(b.channelData));
  }),
  insn('rchcnt', rr(0x00f), 'rt channel', 'Reads how often a channel can be read or written without waiting.', ({ rt, channel }, b) => {
    rt.set(b.preferred(b.call('rchcnt', channel)));
  }),
  insn('wrch', rr(0x10d), 'channel rt', 'Writes the preferred word to a channel, waiting while its count is 0.', ({ channel, rt }, b) => {
    b.requireChannel(b.call('wrch', channel, b.word(rt)));
  }),
];
