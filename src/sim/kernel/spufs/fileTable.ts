/** The files of a context's directory: modes, and where their mappings lie (facts 3.2, 3.3). */

export type SpuFileName =
  | 'mem' | 'regs' | 'mbox' | 'ibox' | 'wbox' | 'mbox_stat' | 'ibox_stat' | 'wbox_stat'
  | 'signal1' | 'signal2' | 'signal1_type' | 'signal2_type' | 'mss' | 'mfc' | 'cntl' | 'npc'
  | 'fpcr' | 'decr' | 'decr_status' | 'spu_tag_mask' | 'event_mask' | 'srr0' | 'phys-id';

export interface SpuFileEntry {
  readonly mode: number;
  /** Offset in the problem-state area of what a mapping shows; `local-store` for `mem`. */
  readonly maps?: number | 'local-store';
}

export const SPU_FILE: Readonly<Record<SpuFileName, SpuFileEntry>> = {
  mem: { mode: 0o666, maps: 'local-store' },
  regs: { mode: 0o666 },
  mbox: { mode: 0o444 },
  ibox: { mode: 0o444 },
  wbox: { mode: 0o222 },
  mbox_stat: { mode: 0o444 },
  ibox_stat: { mode: 0o444 },
  wbox_stat: { mode: 0o444 },
  signal1: { mode: 0o666, maps: 0x14000 },
  signal2: { mode: 0o666, maps: 0x1c000 },
  signal1_type: { mode: 0o666 },
  signal2_type: { mode: 0o666 },
  mss: { mode: 0o666, maps: 0x0000 },
  mfc: { mode: 0o666, maps: 0x3000 },
  cntl: { mode: 0o666, maps: 0x4000 },
  npc: { mode: 0o666 },
  fpcr: { mode: 0o666 },
  decr: { mode: 0o666 },
  decr_status: { mode: 0o666 },
  spu_tag_mask: { mode: 0o666 },
  event_mask: { mode: 0o666 },
  srr0: { mode: 0o666 },
  'phys-id': { mode: 0o666 },
};
