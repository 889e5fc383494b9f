/** Bytes that data breakpoints watch: how they are named, and what an access to them looks like in words. */
import type { Watch } from '../../sim/mmu/watches.ts';
import type { Machine } from '../../sim/machine.ts';
import type { Runner, WatchedAccess } from '../../sim/run/stop.ts';
import { type CodeUnit, symbolAt } from '../code/codeUnit.ts';
import { type MemoryPlace, parseReference, referenceOf } from '../memory/reference.ts';
import { hex } from '../variables/format.ts';
import type { DataAccessType } from './breakpoint.ts';

/** Most bytes that are watched as one: a page of the largest kind. */
export const MOST_WATCHED = 65_536;

export interface WatchedBytes extends MemoryPlace {
  readonly bytes: number;
}

/** `ea:1000:0x10010000+4`. */
export function dataIdOf({ bytes, ...place }: WatchedBytes): string {
  return `${referenceOf(place)}+${String(bytes)}`;
}

/** Undefined for what is no `dataIdOf`. */
export function watchedRange(dataId: string): WatchedBytes | undefined {
  const [, reference = '', length = ''] = /^(.+)\+(\d+)$/.exec(dataId) ?? [];
  const place = parseReference(reference, 0);
  const bytes = Number(length);
  return place && bytes >= 1 && bytes <= MOST_WATCHED ? { ...place, bytes } : undefined;
}

/** Undefined where the address space is gone. */
export function watchOf(machine: Machine, { space, address, bytes }: WatchedBytes, access: DataAccessType): Watch | undefined {
  const range = { start: address, end: address + bytes, read: access !== 'write', write: access !== 'read' };
  if (space.kind !== 'ea') return { space, ...range };
  const mm = machine.state.tasks.get(space.tid)?.mm;
  return mm && { space: { kind: 'ea', mm: mm.contextId }, ...range };
}

/** Whose names and memory the conditions of a data breakpoint mean: a task's for its memory, also where an MFC accessed it. */
export function viewerOf(machine: Machine, runner: Runner, { watch: { space } }: WatchedAccess): Runner {
  if (space.kind !== 'ea' || runner.kind === 'task') return runner;
  const task = machine.taskIn(space.mm);
  return task ? { kind: 'task', task } : runner;
}

/** `write of 4 bytes at 0x10010000 by loop+0x8: 0x00000005 is 0x00000006 now`. */
export function accessText(machine: Machine, access: WatchedAccess, unit: CodeUnit | undefined): string {
  const { store, bytes, address, pc, before, watch } = access;
  const what = `${store ? 'write' : 'read'} of ${String(bytes)} byte${bytes === 1 ? '' : 's'} at ${hex(address)}`;
  const where = (unit && symbolAt(unit, pc)) ?? hex(pc);
  const value = valueText(before);
  const after = valueText(machine.watchedBytes(watch));
  const change = value === '' ? '' : store && value !== after ? `: ${value} is ${after} now` : `: ${value}`;
  return `${what} by ${whoText(access, where)}${change}`;
}

function whoText({ by: { kind } }: WatchedAccess, where: string): string {
  switch (kind) {
    case 'ppe':
    case 'spu':
      return where;
    case 'kernel': return `the kernel, for ${where}`;
    case 'mfc': return `the MFC; its SPU is at ${where}`;
  }
}

/** Up to 16 bytes in hexadecimal. */
function valueText(bytes: Uint8Array): string {
  if (bytes.length === 0 || bytes.length > 16) return '';
  return `0x${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
