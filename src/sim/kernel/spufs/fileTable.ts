/** The files of a context's directory: modes, whether they have a position, and where their mappings lie (facts 3.2, 3.3). */

import { LOCAL_STORE_BYTES } from '../../engine/layout.ts';

export type SpuFileName =
  | 'mem' | 'regs' | 'mbox' | 'ibox' | 'wbox' | 'mbox_stat' | 'ibox_stat' | 'wbox_stat'
  | 'signal1' | 'signal2' | 'signal1_type' | 'signal2_type' | 'mss' | 'mfc' | 'cntl' | 'npc'
  | 'fpcr' | 'decr' | 'decr_status' | 'spu_tag_mask' | 'event_mask' | 'srr0' | 'phys-id'
  | 'psmap' | 'object-id' | 'lslr' | 'event_status' | 'mbox_info' | 'ibox_info' | 'wbox_info' | 'dma_info' | 'proxydma_info'
  | 'capabilities' | 'tid' | 'stat' | 'switch_log';

export interface SpuFileEntry {
  readonly mode: number;
  /** lseek and pread work; the others are opened with nonseekable_open. */
  readonly seekable?: boolean;
  /** Offset in the problem-state area of what a mapping shows; `local-store` for `mem`. */
  readonly maps?: number | 'local-store';
  /** Bytes that a mapping shows, where it is not what the kernel's bound for register files says. */
  readonly bytes?: number;
  /** st_size, from 2.6.27 on; 0 where it is not given (facts 3.2). */
  readonly size?: number;
  /** It takes the context off its SPE: contexts with SPU_CREATE_NOSCHED do not have it (facts 3.2). */
  readonly needsSave?: boolean;
}

export const SPU_FILE: Readonly<Record<SpuFileName, SpuFileEntry>> = {
  mem: { mode: 0o666, size: LOCAL_STORE_BYTES, seekable: true, maps: 'local-store' },
  regs: { mode: 0o666, size: 2048, seekable: true, needsSave: true },
  mbox: { mode: 0o444 },
  ibox: { mode: 0o444 },
  wbox: { mode: 0o222 },
  mbox_stat: { mode: 0o444, size: 4 },
  ibox_stat: { mode: 0o444, size: 4 },
  wbox_stat: { mode: 0o444, size: 4 },
  signal1: { mode: 0o666, maps: 0x14000 },
  signal2: { mode: 0o666, maps: 0x1c000 },
  signal1_type: { mode: 0o666 },
  signal2_type: { mode: 0o666 },
  mss: { mode: 0o666, maps: 0x0000 },
  mfc: { mode: 0o666, maps: 0x3000 },
  cntl: { mode: 0o666, seekable: true, maps: 0x4000 },
  npc: { mode: 0o666 },
  fpcr: { mode: 0o666, size: 16, seekable: true, needsSave: true },
  decr: { mode: 0o666, needsSave: true },
  decr_status: { mode: 0o666, needsSave: true },
  spu_tag_mask: { mode: 0o666, needsSave: true },
  event_mask: { mode: 0o666, needsSave: true },
  srr0: { mode: 0o666, needsSave: true },
  'phys-id': { mode: 0o666 },
  psmap: { mode: 0o666, maps: 0x0000, bytes: 0x20000 },
  'object-id': { mode: 0o666 },
  lslr: { mode: 0o444, needsSave: true },
  event_status: { mode: 0o444, needsSave: true },
  mbox_info: { mode: 0o444, size: 4, seekable: true, needsSave: true },
  ibox_info: { mode: 0o444, size: 4, seekable: true, needsSave: true },
  wbox_info: { mode: 0o444, size: 4, seekable: true, needsSave: true },
  dma_info: { mode: 0o444, size: 552, seekable: true, needsSave: true },
  proxydma_info: { mode: 0o444, size: 280, seekable: true, needsSave: true },
  capabilities: { mode: 0o444, seekable: true },
  tid: { mode: 0o444, seekable: true },
  stat: { mode: 0o444, seekable: true },
  switch_log: { mode: 0o444 },
};

/** Part of the problem-state area that a file shows. */
export interface RegisterArea {
  readonly offset: number;
  readonly bytes: number;
}

/** With pages of 64 KiB a mapping of either signal file shows the page that has both registers (facts 3.3). */
const LARGE_PAGE = 0x10000;
const BOTH_SIGNALS: RegisterArea = { offset: 0x10000, bytes: LARGE_PAGE };

/**
 * What a mapping of a file's registers shows; undefined where the file has none, or where pages
 * are too large to show them alone. `limit` is the kernel's bound for pages of 4 KiB.
 */
export function registerArea(file: SpuFileName, pageBytes: number, limit: number): RegisterArea | undefined {
  const { maps, bytes } = SPU_FILE[file];
  if (typeof maps !== 'number') return undefined;
  if (bytes !== undefined || pageBytes < LARGE_PAGE) return { offset: maps, bytes: bytes ?? limit };
  return file === 'signal1' || file === 'signal2' ? BOTH_SIGNALS : undefined;
}
