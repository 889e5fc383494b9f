/** What names mean in a frame, and at a fault. */
import type { FaultRecord } from '../../sim/kernel/fault/state.ts';
import type { Task } from '../../sim/kernel/state.ts';
import { ppeRegister } from '../../sim/ppe/registerNames.ts';
import type { Runner } from '../../sim/run/stop.ts';
import type { CodeUnit } from '../code/codeUnit.ts';
import { localStore } from '../memory/access.ts';
import type { Debuggee } from '../session/debuggee.ts';
import type { Frame, SpuFrame, UserFrame } from '../stack/frame.ts';
import { userFrames } from '../stack/userFrames.ts';
import { registerValue } from '../c/registers.ts';
import { namesIn, objectNamed, typeInFrame } from '../c/names.ts';
import { typeNamed } from '../c/typeNames.ts';
import { objectPlace, type Place, type Scope } from './evaluate.ts';
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
    ? withVariables(taskScope(debuggee, thread.task, (name) => ppePlace(debuggee.machine.registers(thread.task), name, true), fault), () => topFrame(debuggee, thread.task))
    : contextScope(debuggee, thread.context, (name) => spuPlace(debuggee.machine.spe(thread.context), name, true), fault);
}

export function frameScope(debuggee: Debuggee, frame: Frame, fault?: FaultNames): Scope {
  switch (frame.kind) {
    case 'kernel':
    case 'returned':
      return threadScope(debuggee, { kind: 'task', task: frame.task }, fault);
    case 'user': return withVariables(taskScope(debuggee, frame.task, (name) => userRegister(frame, name), fault), () => frame);
    case 'spu': return contextScope(debuggee, frame.context, (name) => spuRegister(debuggee, frame, name), fault);
  }
}

function taskScope({ machine, code }: Debuggee, task: Task, register: (name: string) => Place | undefined, fault: FaultNames | undefined): Scope {
  return {
    wordBytes: 8,
    type: (name) => typeNamed(name, code.ppe.debug, undefined),
    place: (name) => faultPlace(name, fault) ?? register(name) ?? symbolPlace(code.ppe, name),
    read: (address, bytes) => machine.peek(task, address, bytes),
    write: (address, bytes) => machine.poke(task, address, bytes),
    descriptorOf: (address) => code.ppe.symbols.descriptorOf(address),
  };
}

function contextScope(debuggee: Debuggee, context: SpuFrame['context'], register: (name: string) => Place | undefined, fault: FaultNames | undefined): Scope {
  const memory = localStore(debuggee.machine, context);
  return {
    wordBytes: 4,
    type: (name) => typeNamed(name, undefined, undefined),
    place: (name) => faultPlace(name, fault) ?? register(name) ?? symbolPlace(debuggee.images.imageOf(context), name),
    read: (address, bytes) => memory.read(address, bytes),
    write: (address, bytes) => memory.write(address, bytes),
  };
}

/** Variables of C stand before symbols, and before registers of the same name that are written without $. */
function withVariables(scope: Scope, frameOf: () => UserFrame | undefined): Scope {
  let found: UserFrame | undefined;
  const frame = (): UserFrame | undefined => found ??= frameOf();
  return {
    ...scope,
    place: (name) => {
      if (name.startsWith('$')) return scope.place(name);
      const { code, activation } = frame() ?? {};
      const object = code && code.activations.length > 0 ? objectNamed(code, activation ?? 0, name) : undefined;
      return object ? objectPlace(object) : scope.place(name);
    },
    hasTypes: () => (frame()?.code?.activations.length ?? 0) > 0,
    variables: () => {
      const { code, activation } = frame() ?? {};
      return code && code.activations.length > 0 ? namesIn(code, activation ?? 0) : undefined;
    },
    type: (name) => {
      const { code, activation } = frame() ?? {};
      return code && code.activations.length > 0 ? typeInFrame(code, activation ?? 0, name) : scope.type(name);
    },
  };
}

function topFrame({ machine, code }: Debuggee, task: Task): UserFrame | undefined {
  return code.ppe.debug ? userFrames(machine, code.ppe, task, 1)[0] : undefined;
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
function callerRegister(frame: UserFrame | SpuFrame, name: string, exists: boolean): Place | undefined {
  const { pc, stackPointer } = frame;
  switch (name.replace(/^\$/, '').toLowerCase()) {
    case 'pc': return { get: () => integer(BigInt(pc)) };
    case 'r1':
    case '1':
    case 'sp':
      return { get: () => integer(BigInt(stackPointer)) };
    default: break;
  }
  if (!exists) return undefined;
  const saved = frame.kind === 'user' ? savedRegister(frame, name) : undefined;
  if (saved !== undefined) return { get: () => integer(saved) };
  return { get: () => { throw new ExpressionError(`${name} is not known in this frame; functions further in have not saved it.`); } };
}

/** A general register that a function further in has saved, or has not touched. */
function savedRegister({ code }: UserFrame, name: string): bigint | undefined {
  const [, digits] = /^\$?r(\d+)$/i.exec(name) ?? [];
  return code && digits !== undefined && Number(digits) < 32 ? registerValue(Number(digits), code.registers, code.memory) : undefined;
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
