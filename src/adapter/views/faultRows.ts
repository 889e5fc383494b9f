/** Fault records as rows for people. */
import { isLivelock } from '../../sim/kernel/fault/attempts.ts';
import { coreAnswerText } from '../../sim/kernel/fault/coreAnswer.ts';
import { type FaultOwner, newestFaultsOf, readFault, readFaults } from '../../sim/kernel/fault/log.ts';
import type { FaultLog, FaultRecord } from '../../sim/kernel/fault/state.ts';
import { BUS_CODE, SEGV_CODE, SIGNAL, signalName } from '../../sim/kernel/signal/numbers.ts';
import type { KernelState } from '../../sim/kernel/state.ts';
import type { CodeUnit } from '../code/codeUnit.ts';
import type { FaultRow } from '../protocol.ts';
import type { Debuggee } from '../session/debuggee.ts';
import { fileSource } from '../sources/fileSource.ts';
import { describeAddress } from '../stack/places.ts';

export function faultRow(debuggee: Debuggee, record: FaultRecord): FaultRow {
  const { effect, coreAnswer, interruptedBy } = record;
  const { symbol, place } = describeAddress(unitOfFault(debuggee, record), record.pc);
  return {
    id: record.id,
    cycle: record.cycle,
    outcome: record.outcome,
    attempt: record.attempt,
    ...(record.retryOf === undefined ? {} : { retryOf: record.retryOf }),
    ...(isLivelock(record) ? { livelock: true } : {}),
    origin: record.origin,
    task: taskText(debuggee.machine.state, record.task),
    ...(record.context === undefined ? {} : { context: record.context }),
    ...(record.spe === undefined ? {} : { spe: record.spe }),
    pc: hex(record.pc),
    ...(symbol === undefined ? {} : { symbol }),
    ...(place ? { source: fileSource(place.file), line: place.line } : {}),
    ...(record.command === undefined ? {} : { command: record.command }),
    ea: hex(record.ea),
    access: record.access,
    mapping: record.mapping,
    handler: record.handler,
    handlerAnswer: record.handlerAnswer,
    ...(coreAnswer ? { coreAnswer: coreAnswerText(coreAnswer) } : {}),
    waited: record.waited,
    ...(interruptedBy === undefined ? {} : { interruptedBy: signalName(interruptedBy) }),
    pte: effect.pte,
    ...(effect.signal ? { signal: signalText(effect.signal) } : {}),
    ...(effect.killed ? { killed: effect.killed } : {}),
  };
}

/** The code that a fault's pc is in: an SPU program where the SPE's DMA faulted. */
export function unitOfFault(debuggee: Debuggee, { origin, context }: FaultRecord): CodeUnit | undefined {
  if (origin !== 'mfc') return debuggee.code.ppe;
  const living = context === undefined ? undefined : debuggee.machine.state.spufs.contexts.get(context);
  if (living) return debuggee.images.imageOf(living);
  return context === undefined ? undefined : debuggee.images.latestOf(context);
}

/** Faults, newest first, from a place in that order on: of all, or of one owner. `total` counts all that there are. */
export function newestFaults(log: FaultLog, start: number, count: number, owner?: FaultOwner): { readonly total: number; readonly records: readonly FaultRecord[] } {
  if (owner) {
    const { total, ids } = newestFaultsOf(log, owner, start, count);
    return { total, records: ids.flatMap((id) => readFault(log, id) ?? []) };
  }
  return { total: log.count, records: readFaults(log, log.count - start - count, count).reverse() };
}

function taskText({ tasks }: KernelState, tid: number): string {
  const task = tasks.get(tid);
  return task ? `${String(tid)} ${task.name}` : String(tid);
}

function signalText({ number, code }: { readonly number: number; readonly code: number }): string {
  const codes = number === SIGNAL.SIGBUS ? BUS_CODE : number === SIGNAL.SIGSEGV ? SEGV_CODE : {};
  const prefix = number === SIGNAL.SIGBUS ? 'BUS_' : 'SEGV_';
  const name = Object.entries(codes).find(([, value]) => value === code)?.[0];
  return `${signalName(number)} (${name === undefined ? `si_code ${String(code)}` : `${prefix}${name}`})`;
}

function hex(value: number | bigint): string {
  return `0x${value.toString(16)}`;
}
