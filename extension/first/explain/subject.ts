/** What a fault is about, read from its record: which kind of memory was touched, and how its handler fared. */
import type { FaultRow } from '../../../src/adapter/protocol.ts';
import type { Profile } from '../../../src/sim/kernel/profile/profile.ts';

export interface ExplainedFault {
  readonly row: FaultRow;
  /** The kernel that the program ran under. */
  readonly profile: Profile;
}

/** `nothing`: no mapping holds the address; `protected`: one does, and does not allow the access. */
export type Memory = 'registers' | 'local store' | 'file' | 'device' | 'vdso' | 'anonymous' | 'protected' | 'nothing';

export function memoryOf({ coreAnswer, mapping, handler }: FaultRow): Memory {
  if (coreAnswer === undefined) return mapping === '' ? 'nothing' : 'protected';
  if (handler.startsWith('spufs_ps_')) return 'registers';
  if (handler.startsWith('spufs_mem_')) return 'local store';
  if (handler.startsWith('device_')) return 'device';
  if (handler.startsWith('filemap_')) return 'file';
  return handler === 'anonymous' ? 'anonymous' : 'vdso';
}

export function wentThrough({ trail = [] }: FaultRow, path: string): boolean {
  return trail.some((step) => step.path === path);
}

/** The handler asked for the access to be made again. */
export function asksAgain({ handlerAnswer }: FaultRow): boolean {
  return handlerAnswer === 'NOPAGE_RETRY' || handlerAnswer === 'NOPAGE_REFAULT' || handlerAnswer === 'NOPFN_REFAULT' || handlerAnswer === 'VM_FAULT_NOPAGE';
}

/** Registers of a context that nobody owns any more: the handler asked for an SPE, could have none, and no signal was in play. */
export function isOwnerless(row: FaultRow): boolean {
  if (memoryOf(row) !== 'registers' || row.interruptedBy !== undefined || row.pte !== 'nobody') return false;
  return wentThrough(row, 'spu_acquire_runnable');
}

/** A cut of code in Markdown, whatever is in it. */
export function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}

/** Simulated cycles for people: digits in groups. */
export function digits(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}
