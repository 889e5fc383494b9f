/** What names mean in a frame, and at a fault. */
import type { FaultRecord } from '../../sim/kernel/fault/state.ts';
import type { Task } from '../../sim/kernel/state.ts';
import { ppeRegister } from '../../sim/ppe/registerNames.ts';
import type { Runner } from '../../sim/run/stop.ts';
import type { CodeUnit } from '../code/codeUnit.ts';
import { localStore } from '../memory/access.ts';
import type { Debuggee } from '../session/debuggee.ts';
import type { Frame, SpuFrame, UserFrame } from '../stack/frame.ts';
import type { Place, Scope } from './evaluate.ts';
import { ExpressionError } from './expression.ts';
import { faultField } from './faultFields.ts';
import { ppePlace, spuPlace } from './registerPlaces.ts';
import { integer } from './value.ts';

/** The fault that `fault.NAME` speaks of; `bare` says that its fields need no prefix. */
export interface FaultNames {
  readonly record: FaultRecord;
  readonly bare: boolean;
}

/** Where a thread stands now. */
export function threadScope(debuggee: Debuggee, thread: Runner, fault?: FaultNames): Scope {
  return thread.kind === 'task'
    ? taskScope(debuggee, thread.task, (name) => ppePlace(debuggee.machine.registers(thread.task), name, true), fault)
    : contextScope(debuggee, thread.context, (name) => spuPlace(debuggee.machine.spe(thread.context), name, true), fault);
}

export function frameScope(debuggee: Debuggee, frame: Frame, fault?: FaultNames): Scope {
  switch (frame.kind) {
    case 'kernel':
    case 'returned':
      return threadScope(debuggee, { kind: 'task', task: frame.task }, fault);
    case 'user': return taskScope(debuggee, frame.task, (name) => userRegister(frame, name), fault);
    case 'spu': return contextScope(debuggee, frame.context, (name) => spuRegister(debuggee, frame, name), fault);
  }
}

function taskScope({ machine, code }: Debuggee, task: Task, register: (name: string) => Place | undefined, fault: FaultNames | undefined): Scope {
  return {
    wordBytes: 8,
    place: (name) => faultPlace(name, fault) ?? register(name) ?? symbolPlace(code.ppe, name),
    read: (address, bytes) => machine.peek(task, address, bytes),
    write: (address, bytes) => machine.poke(task, address, bytes),
  };
}

function contextScope(debuggee: Debuggee, context: SpuFrame['context'], register: (name: string) => Place | undefined, fault: FaultNames | undefined): Scope {
  const memory = localStore(debuggee.machine, context);
  return {
    wordBytes: 4,
    place: (name) => faultPlace(name, fault) ?? register(name) ?? symbolPlace(debuggee.images.imageOf(context), name),
    read: (address, bytes) => memory.read(address, bytes),
    write: (address, bytes) => memory.write(address, bytes),
  };
}

function userRegister(frame: UserFrame, name: string): Place | undefined {
  if (frame.registers) return ppePlace(frame.registers, name, frame.isCurrent);
  return callerRegister(frame, name, ppeRegister(name) !== undefined);
}

function spuRegister({ machine }: Debuggee, frame: SpuFrame, name: string): Place | undefined {
  const place = spuPlace(machine.spe(frame.context), name, true);
  return frame.isCurrent ? place : callerRegister(frame, name, place !== undefined);
}

/** Of a caller, the debugger knows the program counter and the stack pointer. */
function callerRegister({ pc, stackPointer }: UserFrame | SpuFrame, name: string, exists: boolean): Place | undefined {
  switch (name.replace(/^\$/, '').toLowerCase()) {
    case 'pc': return { get: () => integer(BigInt(pc)) };
    case 'r1':
    case '1':
    case 'sp':
      return { get: () => integer(BigInt(stackPointer)) };
    default: break;
  }
  if (!exists) return undefined;
  return { get: () => { throw new ExpressionError(`${name} is not known in this frame; registers are those of the innermost frame.`); } };
}

function faultPlace(name: string, fault: FaultNames | undefined): Place | undefined {
  if (!fault) return undefined;
  const plain = name.startsWith('fault.') ? name.slice('fault.'.length) : fault.bare ? name : '';
  const value = faultField(fault.record, plain);
  return value && { get: () => value };
}

function symbolPlace(unit: CodeUnit | undefined, name: string): Place | undefined {
  const symbol = unit?.symbols.named(name);
  return symbol && { get: () => integer(BigInt(symbol.address)) };
}
