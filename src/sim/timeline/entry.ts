/** One entry of the timeline: what a task or a context did from a cycle on, or what happened to it. */
import type { MfcCommand } from '../spe/state.ts';

/** What an entry says; in brackets what `detail` is. */
export const ENTRY = {
  /** A task begins or has another name (text). */
  named: 0,
  /** A task in user mode, and in the kernel (PPE hardware thread). */
  user: 1, kernel: 2,
  /** It may run; it sleeps (text: what for); it has ended. */
  ready: 3, waits: 4, ended: 5,
  /** A context begins (text: its name). */
  created: 6,
  /** A context on an SPE (SPE; above `LOW_BITS` the channel that it waits for). */
  spuRuns: 7, spuWaits: 8, spuStopped: 9,
  /** A context without an SPE: one is wanted for it, or not; it has gone. */
  wantsSpe: 10, saved: 11, gone: 12,
  /** Marks: a signal (its number), a page fault (id in the fault log), an MFC command (`commandDetail`). */
  signal: 13, fault: 14, dma: 15,
} as const;

/** `detail` of SPEs has two numbers: one in so many low bits, the other above. */
export const LOW_BITS = 8;

export interface Entry {
  at: number;
  /** Of marks: cycle at which it began. */
  begun: number;
  /** Of MFC commands: MFC_EAH and MFC_EAL. */
  eaHigh: number;
  eaLow: number;
  lane: number;
  detail: number;
  kind: number;
}

/** Opcode, tag and size are 8, 5 and 15 bits: no command that is done has more. */
const TAG_AT = 8;
const SIZE_AT = 13;

type Command = Pick<MfcCommand, 'opcode' | 'tag' | 'size'>;

export function commandDetail({ opcode, tag, size }: Command): number {
  return opcode | (tag << TAG_AT) | (size << SIZE_AT);
}

export function commandOf(detail: number): Command {
  return { opcode: detail & 0xff, tag: (detail >>> TAG_AT) & 0x1f, size: detail >>> SIZE_AT };
}

type LaneOwner = 'task' | 'context';

/** One number for a task or a context. */
export function laneOf(owner: LaneOwner, id: number): number {
  return id * 2 + (owner === 'task' ? 0 : 1);
}

export function ownerOf(lane: number): { readonly owner: LaneOwner; readonly id: number } {
  return { owner: lane % 2 === 0 ? 'task' : 'context', id: Math.floor(lane / 2) };
}
