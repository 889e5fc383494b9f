/** The `_info` files of a saved context: mailboxes and MFC queues as the kernel keeps them, in binary (facts 3.2). */
import type { Spe } from '../../spe/spe.ts';
import type { MfcCommand, MfcQueue } from '../../spe/state.ts';
import { completedTags } from '../../spe/tags.ts';

const WORD_BYTES = 4;
const LONG_BYTES = 8;
/** Entries of struct spu_dma_info and struct spu_proxydma_info, each of four doublewords. */
const SPU_ENTRIES = 16;
const PROXY_ENTRIES = 8;
const UPDATE_TYPE = { immediate: 0, any: 1, all: 2 } as const;

export function mailboxWords(words: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(words.length * WORD_BYTES);
  const view = new DataView(bytes.buffer);
  words.forEach((word, i) => { view.setUint32(i * WORD_BYTES, word); });
  return bytes;
}

/** struct spu_dma_info: type, mask, status, list stalls, atomic status, then the queue. */
export function dmaInfo({ state: { mfc } }: Spe): Uint8Array {
  const { tags, queues } = mfc;
  return longs([BigInt(tags.request === undefined ? 0 : UPDATE_TYPE[tags.request]), BigInt(tags.mask >>> 0), BigInt((tags.status ?? 0) >>> 0), BigInt(mfc.stalledTags >>> 0), BigInt(mfc.atomicStatus ?? 0),
    ...entries(queues.spu, SPU_ENTRIES)]);
}

/** struct spu_proxydma_info: type, mask, status, then the queue. */
export function proxyDmaInfo({ state: { mfc } }: Spe): Uint8Array {
  const { proxyTags, queues } = mfc;
  return longs([BigInt(proxyTags.request === undefined ? 0 : UPDATE_TYPE[proxyTags.request]), BigInt(proxyTags.mask >>> 0),
    BigInt((completedTags(queues.proxy) & proxyTags.mask) >>> 0), ...entries(queues.proxy, PROXY_ENTRIES)]);
}

function entries({ commands }: MfcQueue, count: number): bigint[] {
  return Array.from({ length: count }, (_, i) => entry(commands[i])).flat();
}

/**
 * Doublewords of one queue entry (Cell Broadband Engine Registers, MFC command queue
 * save/restore registers; from memory). Bits count from the left.
 */
function entry(command: MfcCommand | undefined): bigint[] {
  if (!command) return [0n, 0n, 0n, 0n];
  const ea = (BigInt(command.eaHigh >>> 0) << 32n) | BigInt(command.eaLow >>> 0);
  const { list } = command;
  return [
    field(list ? list.address >> 3 : 0, 0, 14) | field(list ? list.bytes >> 3 : 0, 15, 26) | field(command.opcode, 27, 34) | field(command.tag, 35, 39)
      | field(command.classes & 0xff, 40, 43) | field(command.classes >>> 8, 44, 46),
    (ea >> 12n) << 12n,
    field(command.lsa >> 4, 0, 13) | field((command.size - command.transferred) >> 4, 14, 24) | field(Number(ea & 0xfffn), 25, 36),
    field(1, 38, 38) | field(1, 39, 39) | field(command.error === undefined ? 0 : 1, 40, 40),
  ];
}

/** A value in bits `from` to `to` of a doubleword. */
function field(value: number, from: number, to: number): bigint {
  return (BigInt(value) & ((1n << BigInt(to - from + 1)) - 1n)) << BigInt(63 - to);
}

function longs(values: readonly bigint[]): Uint8Array {
  const bytes = new Uint8Array(values.length * LONG_BYTES);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => { view.setBigUint64(i * LONG_BYTES, value); });
  return bytes;
}
