/** The scopes of a frame. Costly ones are marked, and no scope is worked out before it is unfolded. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { FaultRecord } from '../../sim/kernel/fault/state.ts';
import type { SpuContext } from '../../sim/kernel/spufs/state.ts';
import { PPE_REGISTER_GROUPS } from '../../sim/ppe/registerNames.ts';
import type { PpeRegisters } from '../../sim/ppe/registers.ts';
import { SPU_REGISTER_GROUPS } from '../../sim/spe/registerNames.ts';
import type { Task } from '../../sim/kernel/state.ts';
import { registerValue } from '../c/registers.ts';
import { variableScopes } from '../c/scopes.ts';
import type { Debuggee } from '../session/debuggee.ts';
import type { Frame, KernelFrame, ReturnedFrame, SpuFrame, UserFrame } from '../stack/frame.ts';
import { unitOfFrame } from '../stack/places.ts';
import { type Container, namedRows } from './container.ts';
import { channelContainer, contextContainer, mfcContainer } from './contextRows.ts';
import { faultContainer } from './faultRows.ts';
import { formatInteger } from './format.ts';
import { dataContainer } from './plainData.ts';
import { ppeGroup, spuGroup } from './registers.ts';

export interface FrameScope {
  readonly name: string;
  readonly hint?: DebugProtocol.Scope['presentationHint'];
  readonly expensive: boolean;
  readonly container: Container;
}

/** General registers that a function gives back as it found them. */
const PRESERVED = Array.from({ length: 18 }, (_, i) => 14 + i);
const EXPENSIVE_GROUPS: ReadonlySet<string> = new Set(['Floating point', 'Vector']);

/** @param fault The fault that the frame's thread is stopped on. */
export function scopesOf(debuggee: Debuggee, frame: Frame, fault: FaultRecord | undefined): readonly FrameScope[] {
  const faultScope: FrameScope[] = fault ? [{ name: 'Fault', expensive: false, container: faultContainer(fault) }] : [];
  switch (frame.kind) {
    case 'kernel': return [...kernelScopes(frame), ...faultScope, ...registerScopes(debuggee, frame, debuggee.machine.registers(frame.task), true)];
    case 'returned': return [...faultScope, ...registerScopes(debuggee, frame, debuggee.machine.registers(frame.task), true)];
    case 'user': return [...codeScopes(debuggee, frame), ...(frame.registers ? registerScopes(debuggee, frame, frame.registers, frame.isCurrent) : [callerScope(frame)]), ...faultScope];
    case 'spu': return frame.isCurrent ? [...spuScopes(debuggee, frame), ...contextScopes(debuggee, frame.context)] : [callerScope(frame)];
  }
}

function codeScopes(debuggee: Debuggee, frame: UserFrame): FrameScope[] {
  const found = variableScopes(debuggee, frame);
  if (!found) return [];
  return [
    { name: 'Locals', hint: 'locals', expensive: false, container: found.locals },
    { name: 'Globals', expensive: true, container: found.globals },
  ];
}

function kernelScopes({ task, depth }: KernelFrame): FrameScope[] {
  const locals = task.kernelStack[depth]?.locals;
  return [
    { name: 'Locals', hint: 'locals', expensive: false, container: locals ? dataContainer(locals) : namedRows(() => []) },
    { name: 'Task', expensive: false, container: taskContainer(task) },
  ];
}

function registerScopes(debuggee: Debuggee, frame: KernelFrame | ReturnedFrame | UserFrame, registers: PpeRegisters, canSet: boolean): FrameScope[] {
  const meaning = { unit: debuggee.code.ppe, space: { kind: 'ea', tid: frame.task.tid } } as const;
  return PPE_REGISTER_GROUPS.map((group) => ({
    name: group.name, hint: 'registers', expensive: EXPENSIVE_GROUPS.has(group.name), container: ppeGroup(registers, group, canSet, meaning),
  }));
}

function spuScopes(debuggee: Debuggee, frame: SpuFrame): FrameScope[] {
  const spe = debuggee.machine.spe(frame.context);
  const meaning = { unit: unitOfFrame(debuggee, frame), space: { kind: 'ls', context: frame.context.name } } as const;
  return SPU_REGISTER_GROUPS.map((group) => ({ name: group.name, hint: 'registers', expensive: false, container: spuGroup(spe, group, true, meaning) }));
}

function contextScopes(debuggee: Debuggee, context: SpuContext): FrameScope[] {
  return [
    { name: 'Context', expensive: false, container: contextContainer(debuggee, context) },
    { name: 'MFC', expensive: false, container: mfcContainer(debuggee, context) },
    { name: 'Channels', expensive: true, container: channelContainer(debuggee.machine, context) },
  ];
}

/** Of a caller, the debugger knows where it goes on, its stack pointer, and the registers that functions further in have saved. */
function callerScope(frame: UserFrame | SpuFrame): FrameScope {
  const { pc, stackPointer } = frame;
  return {
    name: 'Special', hint: 'registers', expensive: false,
    container: namedRows((format) => [
      { name: 'pc', value: formatInteger(BigInt(pc), format), readOnly: true },
      { name: 'r1', value: formatInteger(BigInt(stackPointer), format), readOnly: true },
      ...(frame.kind === 'user' ? savedRegisters(frame).map(({ name, value }) => ({ name, value: formatInteger(value, format), readOnly: true })) : []),
    ]),
  };
}

function savedRegisters({ code }: UserFrame): { readonly name: string; readonly value: bigint }[] {
  if (!code) return [];
  return PRESERVED.flatMap((number) => {
    const value = registerValue(number, code.registers, code.memory);
    return value === undefined ? [] : [{ name: `r${String(number)}`, value }];
  });
}

function taskContainer(task: Task): Container {
  return namedRows(() => [
    { name: 'tid', value: String(task.tid), readOnly: true },
    { name: 'state', value: task.state, readOnly: true },
    { name: 'waits for', value: task.waitingOn?.name ?? 'nothing', readOnly: true },
    { name: 'minor faults', value: String(task.minFlt), readOnly: true },
    { name: 'major faults', value: String(task.majFlt), readOnly: true },
    { name: 'user cycles', value: String(task.userCycles), readOnly: true },
    { name: 'system cycles', value: String(task.systemCycles), readOnly: true },
  ]);
}
