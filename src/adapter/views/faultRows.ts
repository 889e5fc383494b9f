/** Fault records as rows for people. */
import { isLivelock } from '../../sim/kernel/fault/attempts.ts';
import { coreAnswerText } from '../../sim/kernel/fault/coreAnswer.ts';
import type { FaultGroup, FaultGrouping } from '../../sim/kernel/fault/groups.ts';
import { type FaultQuery, idsFrom, newestIds } from '../../sim/kernel/fault/query.ts';
import { faultJson } from '../../sim/kernel/fault/json.ts';
import { type KnownTrails, readFault } from '../../sim/kernel/fault/log.ts';
import type { FaultLog, FaultRecord } from '../../sim/kernel/fault/state.ts';
import { BUS_CODE, SEGV_CODE, SIGNAL, signalName } from '../../sim/kernel/signal/numbers.ts';
import type { KernelState } from '../../sim/kernel/state.ts';
import type { CodeUnit } from '../code/codeUnit.ts';
import { placeIn } from '../comparison/programRun.ts';
import type { FaultFilter, FaultGroupRow, FaultGroupsResponse, FaultRecordsResponse, FaultRow } from '../protocol.ts';
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
export function unitOfFault(debuggee: Debuggee, { origin, context }: Pick<FaultRecord, 'origin' | 'context'>): CodeUnit | undefined {
  if (origin !== 'mfc') return debuggee.code.ppe;
  const living = context === undefined ? undefined : debuggee.machine.state.spufs.contexts.get(context);
  if (living) return debuggee.images.imageOf(living);
  return context === undefined ? undefined : debuggee.images.latestOf(context);
}

/** Faults that suit a query, newest first, from a place in that order on. `total` counts all that suit. */
export function newestFaults(log: FaultLog, start: number, count: number, query: FaultQuery = {}): { readonly total: number; readonly records: readonly FaultRecord[] } {
  const { total, ids } = newestIds(log, query, start, count);
  const trails: KnownTrails = new Map();
  return { total, records: ids.flatMap((id) => readFault(log, id, trails) ?? []) };
}

/** Faults that suit a query as `refault run --json` writes them, oldest first, from an id on. */
export function faultRecords(debuggee: Debuggee, from: number, count: number, query: FaultQuery): FaultRecordsResponse {
  const log = debuggee.machine.state.faults;
  const ids = idsFrom(log, query, from, count);
  const last = ids.at(-1);
  const trails: KnownTrails = new Map();
  return {
    records: ids.flatMap((id) => {
      const record = readFault(log, id, trails);
      return record ? [faultJson(record, placeIn(unitOfFault(debuggee, record), record.pc))] : [];
    }),
    ...(last !== undefined && ids.length === count ? { next: last + 1 } : {}),
  };
}

/** A page of the groups, the one with the newest fault first. */
export function faultGroupRows(debuggee: Debuggee, by: FaultGrouping, start: number, count: number, query: FaultQuery): FaultGroupsResponse {
  const groups = debuggee.groups.of(debuggee.machine.state.faults, query, by).all();
  return { total: groups.length, groups: groups.slice(start, start + count).flatMap((group) => groupRow(debuggee, by, group) ?? []) };
}

function groupRow(debuggee: Debuggee, by: FaultGrouping, { newest, outcomes }: FaultGroup): FaultGroupRow | undefined {
  const record = readFault(debuggee.machine.state.faults, newest);
  if (!record) return undefined;
  const faults = Object.values(outcomes).reduce((sum, some) => sum + some, 0);
  return { newest: faultRow(debuggee, record), faults, outcomes, filter: groupFilter(by, record) };
}

function groupFilter(by: FaultGrouping, { pc, origin, context, mapping, task }: FaultRecord): FaultFilter {
  switch (by) {
    case 'instruction': return { instruction: { pc: hex(pc), ...(origin === 'mfc' && context !== undefined ? { context } : {}) } };
    case 'mapping': return { mappings: [mapping] };
    case 'task': return { tasks: [task] };
  }
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
