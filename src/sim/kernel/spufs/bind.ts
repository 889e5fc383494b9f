/** Binding a context to an SPE and taking it off again (facts 3.6), and running its SPU. */
import { LOCAL_STORE_BYTES } from '../../engine/layout.ts';
import { restoreContext, saveContext, savedSpe } from '../../spe/context.ts';
import { freezeDecrementer } from '../../spe/decrementer.ts';
import { nextProgramCounter, writeNextProgramCounter, writeRunControl } from '../../spe/run.ts';
import type { Spe } from '../../spe/spe.ts';
import { localStoreFrame } from '../../mmu/physical.ts';
import type { Kernel } from '../kernel.ts';
import { FRAME_BYTES } from '../mm/frames.ts';
import { unmapFileRange } from '../mm/unmapFile.ts';
import { SPU_FILE, type SpuFileName } from './fileTable.ts';
import { displaced } from './scheduler/affinity.ts';
import { waitGoesOn, waitIsOver } from './scheduler/waiting.ts';
import { contextChanged } from '../../timeline/record.ts';
import type { SpuContext } from './state.ts';
import { accountTime } from './statistics.ts';
import { logSwitch } from './switchLog.ts';

/** The SPE that a context is on, or its saved state seen as one: registers and mailboxes work alike on both. */
export function speOf(k: Kernel, context: SpuContext): Spe {
  const spe = context.spe === undefined ? undefined : k.spes[context.spe];
  if (spe) return spe;
  if (!context.saved) throw new Error(`The context ${context.path} is on no SPE and has no saved state.`);
  return savedSpe(context.saved);
}

/**
 * Puts a context on an idle SPE. It is SAVED, or it has got another SPE meanwhile and 2.6.18 did not look: then the first one
 * keeps what it has and runs on, and this one begins with what the save area still holds (facts 4.1, 8.11).
 */
export function bindContext(k: Kernel, context: SpuContext, number: number, priority: number): void {
  const slot = k.state.spufs.slots[number];
  const spe = k.spes[number];
  const saved = context.saved ?? context.lastSaved;
  if (!slot || !spe || !saved) throw new Error(`SPE ${String(number)} cannot take the context ${context.path}.`);
  if (context.spe !== undefined) tellDoubleBinding(k, context, context.spe, number);
  unmapMappings(k, context);
  k.charge(k.profile.cost.contextSwitch);
  copyLocalStore(k, context.imageFrame, localStoreFrame(number));
  k.mmu.flushMfc(number);
  slot.context = context;
  slot.priority = priority;
  slot.timestamp = k.now();
  slot.marked = false;
  waitIsOver(k, context);
  accountTime(k, context);
  context.spe = number;
  context.saved = undefined;
  if (k.profile.scheduler === 'reaper') context.lastSaved = structuredClone(saved);
  context.state = 'RUNNABLE';
  const { runQueue } = k.state.spufs;
  runQueue.active.push(number);
  runQueue.switches += 1;
  restoreContext(spe, saved, k.now());
  contextChanged(k, context);
  logSwitch(k, context, 'start', 0);
  k.mmu.contextMoved();
}

function tellDoubleBinding(k: Kernel, { path }: SpuContext, first: number, second: number): void {
  k.notice(`The kernel has bound ${path} to SPE ${String(second)} though it is on SPE ${String(first)} already: two threads wanted it, and the second one did not look again after its sleep. `
    + `What the context has done since it was last saved stays on SPE ${String(first)}, which is lost for everybody else.`);
}

/** Takes a context off its SPE and saves it; the SPE is free afterwards. */
export function unbindContext(k: Kernel, context: SpuContext): void {
  const { spe: number } = context;
  const slot = number === undefined ? undefined : k.state.spufs.slots[number];
  const spe = number === undefined ? undefined : k.spes[number];
  if (number === undefined || !slot || !spe) throw new Error(`The context ${context.path} is on no SPE.`);
  unmapMappings(k, context);
  k.charge(k.profile.cost.contextSwitch);
  freezeDecrementer(spe, k.now());
  context.saved = saveContext(spe);
  copyLocalStore(k, localStoreFrame(number), context.imageFrame);
  accountTime(k, context);
  logSwitch(k, context, 'stop', 0);
  context.spe = undefined;
  context.state = 'SAVED';
  slot.context = undefined;
  slot.marked = false;
  const { active } = k.state.spufs.runQueue;
  active.splice(active.indexOf(number), 1);
  displaced(context);
  waitGoesOn(k, context);
  contextChanged(k, context);
  k.mmu.contextMoved();
}

/** Starts the SPU at an address. */
export function startSpu(k: Kernel, context: SpuContext, npc: number): void {
  const spe = speOf(k, context);
  writeNextProgramCounter(spe, npc);
  writeRunControl(spe, 1);
}

export function stopSpu(k: Kernel, context: SpuContext): void {
  writeRunControl(speOf(k, context), 0);
}

export function readStatus(k: Kernel, context: SpuContext): number {
  return speOf(k, context).state.run.status;
}

export function readNpc(k: Kernel, context: SpuContext): number {
  return nextProgramCounter(speOf(k, context));
}

/** spu_unmap_mappings: removes the PTEs of the context's mapped files, of those that this kernel keeps track of (facts 3.6). */
function unmapMappings(k: Kernel, context: SpuContext): void {
  const { unmappedAtSwitch } = k.profile;
  for (const inode of context.mapped) {
    const { content } = inode;
    if (content.kind === 'spuFile' && unmappedAtSwitch.includes(content.file)) unmapFileRange(k, inode, 0, mappedBytes(k, content.file));
  }
}

/** What lies beyond the end of `mem`, where the kernel lets it be mapped, stays mapped. */
function mappedBytes(k: Kernel, file: SpuFileName): number {
  return SPU_FILE[file].maps === 'local-store' ? LOCAL_STORE_BYTES : Math.max(SPU_FILE[file].bytes ?? k.profile.psMapLimit, k.configuration.pageBytes);
}

function copyLocalStore(k: Kernel, from: number, to: number): void {
  const source = k.mmu.hostOffset(from);
  const target = k.mmu.hostOffset(to);
  if (source === undefined || target === undefined) throw new Error('A local store or its image lies outside memory.');
  k.memory.copyWithin(target, source, source + LOCAL_STORE_BYTES);
  k.mmu.written(to * FRAME_BYTES, LOCAL_STORE_BYTES);
}
