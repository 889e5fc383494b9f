/** struct stat of ppc64 (144 bytes) and what statfs reports. */
import type { Kernel } from '../kernel.ts';
import { realtimeOf } from '../task/clock.ts';
import { fileSize } from './inode.ts';
import type { Inode } from './state.ts';

const STAT_BYTES = 144;
/** Major and minor numbers that Linux gives to device files. */
const DEVICE_NUMBERS: Readonly<Record<string, number>> = {
  null: 0x103, zero: 0x105, random: 0x109, console: 0x501, device: 0xf000,
};

/** Offsets as in asm-powerpc/stat.h: st_dev 0, st_ino 8, st_nlink 16, st_mode 24 ... st_ctime 104. */
export function encodeStat(k: Kernel, inode: Inode): Uint8Array {
  const bytes = new Uint8Array(STAT_BYTES);
  const view = new DataView(bytes.buffer);
  const size = fileSize(inode);
  const { seconds, nanoseconds } = realtimeOf(k, inode.modified);
  view.setBigUint64(0, 1n);
  view.setBigUint64(8, BigInt(inode.number));
  view.setBigUint64(16, BigInt(Math.max(inode.links, 0)));
  view.setUint32(24, inode.mode);
  view.setBigUint64(40, BigInt(DEVICE_NUMBERS[inode.content.kind] ?? 0));
  view.setBigInt64(48, BigInt(size));
  view.setBigUint64(56, BigInt(k.configuration.pageBytes));
  view.setBigUint64(64, BigInt(Math.ceil(size / 512)));
  for (const offset of [72, 88, 104]) {
    view.setBigInt64(offset, BigInt(seconds));
    view.setBigInt64(offset + 8, BigInt(nanoseconds));
  }
  return bytes;
}
