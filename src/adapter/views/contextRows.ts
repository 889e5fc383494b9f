/** SPE contexts as rows, for `refault/contexts`, the variables of a context, and the console. */
import { completedTags } from '../../sim/spe/tags.ts';
import { mfcCommandName } from '../../sim/kernel/fault/mfcCommandName.ts';
import { longestWait, waitedCycles } from '../../sim/kernel/spufs/scheduler/waiting.ts';
import type { EndedContext, SpuContext } from '../../sim/kernel/spufs/state.ts';
import type { KernelState } from '../../sim/kernel/state.ts';
import type { Machine } from '../../sim/machine.ts';
import { isAlive } from '../../sim/kernel/signal/send.ts';
import { SPU_STATUS } from '../../sim/spe/spe.ts';
import { type MfcCommand as QueuedCommand, type MfcQueue, newSpeState, type SpeState } from '../../sim/spe/state.ts';
import { currentPart } from '../../sim/spe/mfcQueue.ts';
import { symbolAt } from '../code/codeUnit.ts';
import type { ContextRow, MfcCommand, Waiter } from '../protocol.ts';
import type { Debuggee } from '../session/debuggee.ts';
import { fileSource } from '../sources/fileSource.ts';
import { spuPc } from '../stack/spuFrames.ts';
import { taskName, threadIdOfContext } from '../threads/threads.ts';

const ALL_TAGS = 0xffff_ffff;
const STOP_CODE_SHIFT = 16;
const LIST_ELEMENT_BYTES = 8;

export function contextRow(debuggee: Debuggee, context: SpuContext): ContextRow {
  const { machine } = debuggee;
  const { state } = machine.spe(context);
  const npc = spuPc(machine, context);
  const unit = debuggee.images.imageOf(context);
  const symbol = unit && symbolAt(unit, npc);
  const place = unit?.lines.placeOf(npc);
  const queuePlace = placeInQueue(machine.state, context);
  return {
    name: context.name,
    threadId: threadIdOfContext(context),
    state: context.state,
    ...(context.spe === undefined ? {} : { spe: context.spe }),
    ...(queuePlace === undefined ? {} : { queuePlace }),
    ...waitOf(machine, context),
    npc,
    ...(symbol === undefined ? {} : { symbol }),
    ...(place ? { source: fileSource(place.file), line: place.line } : {}),
    ...hardwareOf(state),
    waiters: waitersOf(machine, context),
    faults: seenFaults(context.faults),
  };
}

/** Time without the SPE that somebody wanted it to have. */
function waitOf({ cycle }: Machine, context: SpuContext): Pick<ContextRow, 'waited' | 'longestWait'> {
  const waited = waitedCycles(context, cycle);
  return waited === 0 ? {} : { waited, longestWait: longestWait(context, cycle) };
}

/** A context that is gone: the machine keeps its name and its faults. */
export function endedRow({ name, faults, waited }: EndedContext): ContextRow {
  return { name, state: 'DESTROYED', npc: 0, ...(waited === 0 ? {} : { waited }), ...hardwareOf(newSpeState()), statusText: 'destroyed', waiters: [], faults: seenFaults(faults) };
}

function seenFaults(faults: SpuContext['faults']): ContextRow['faults'] {
  return Object.fromEntries(Object.entries(faults).filter(([, count]) => count > 0));
}

function hardwareOf({ run, mailboxes, signals, mfc }: SpeState): Pick<ContextRow, 'status' | 'statusText' | 'mailboxes' | 'signals' | 'tagGroups' | 'mfcQueue' | 'proxyQueue'> {
  return {
    status: run.status >>> 0,
    statusText: statusText(run.status),
    mailboxes: { inbound: [...mailboxes.inbound], outbound: [...mailboxes.outbound], outboundInterrupt: [...mailboxes.outboundInterrupt] },
    signals: signals.map((signal, index) => ({
      name: index === 0 ? 'signal1' : 'signal2',
      ...(signal.pending ? { value: signal.value } : {}),
      mode: signal.orMode ? 'or' : 'overwrite',
    })),
    tagGroups: {
      queryMask: mfc.tags.mask >>> 0,
      outstanding: (ALL_TAGS ^ completedTags(mfc.queues.spu)) >>> 0,
      ...(mfc.tags.request === undefined ? {} : { update: mfc.tags.request }),
    },
    mfcQueue: [...queueRows(mfc.queues.spu, mfc.faulted), ...queueRows(mfc.queues.atomic, mfc.faulted)],
    proxyQueue: queueRows(mfc.queues.proxy, mfc.faulted),
  };
}

/** SPU_Status in words (facts 6.1). */
function statusText(status: number): string {
  if ((status & SPU_STATUS.waitingForChannel) !== 0) return 'running, waits for a channel';
  if ((status & SPU_STATUS.running) !== 0) return 'running';
  if ((status & SPU_STATUS.invalidInstruction) !== 0) return 'stopped by an instruction that is none';
  if ((status & SPU_STATUS.invalidChannel) !== 0) return 'stopped by a channel that is none';
  if ((status & SPU_STATUS.stoppedByHalt) !== 0) return 'stopped by halt';
  if ((status & SPU_STATUS.stoppedByStop) !== 0) return `stopped by stop and signal 0x${((status >>> STOP_CODE_SHIFT) & 0x3fff).toString(16)}`;
  return 'stopped';
}

function queueRows({ commands, stopped }: MfcQueue, faulted: number | undefined): MfcCommand[] {
  return commands.map((command): MfcCommand => {
    const stalled = whyStalled(command, stopped, faulted);
    const { list } = command;
    const { lsa, eaLow, size } = currentPart(command) ?? { lsa: list?.lsa ?? 0, eaLow: 0, size: 0 };
    return {
      command: mfcCommandName(command.opcode),
      tag: command.tag,
      localStore: lsa,
      ea: `0x${effectiveAddress({ eaHigh: command.eaHigh, eaLow }).toString(16)}`,
      size,
      moved: command.transferred,
      ...(list ? { list: { address: list.address, elements: list.bytes / LIST_ELEMENT_BYTES } } : {}),
      ...(stalled === undefined ? {} : { stalled }),
    };
  });
}

export function effectiveAddress({ eaHigh, eaLow }: Pick<QueuedCommand, 'eaHigh' | 'eaLow'>): bigint {
  return (BigInt(eaHigh >>> 0) << 32n) | BigInt(eaLow >>> 0);
}

function whyStalled({ id, error, list }: QueuedCommand, stopped: boolean, faulted: number | undefined): string | undefined {
  if (error !== undefined) return error === 'alignment' ? 'bad alignment' : 'invalid command';
  if (list?.stalled === true) return 'stall and notify';
  if (!stopped) return undefined;
  return faulted === id ? 'page fault' : 'behind a command that is stopped';
}

/** Place among those who wait for an SPE, from 1: better priorities first, then who came first. */
function placeInQueue({ spufs }: KernelState, context: SpuContext): number | undefined {
  const queued = spufs.runQueue.contexts.indexOf(context);
  if (queued >= 0) return queued + 1;
  const priorities = [...spufs.runQueue.waiting.keys()].sort((a, b) => a - b);
  const waiting = priorities.flatMap((priority) => spufs.runQueue.waiting.get(priority)?.waiters ?? []);
  const place = waiting.findIndex(({ task }) => task.kernelStack.some(({ locals }) => 'context' in locals && locals.context === context));
  return place < 0 ? undefined : place + 1;
}

/** Tasks that sleep in a path that works for the context. */
function waitersOf({ state }: Machine, context: SpuContext): Waiter[] {
  const waiters: Waiter[] = [];
  for (const task of state.tasks.values()) {
    if (!isAlive(task) || !task.waitingOn) continue;
    const isFor = task.waitingOn.name.endsWith(context.path) || task.kernelStack.some(({ locals }) => 'context' in locals && locals.context === context);
    if (isFor) waiters.push({ task: task.tid, name: taskName(task), reason: task.waitingOn.name });
  }
  return waiters;
}
