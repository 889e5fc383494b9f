/**
 * What a step into may enter on the line where a thread stands: the functions that its calls call, and the kernel,
 * from the instruction that is on its way into it, from system calls and from accesses whose page is not there.
 */
import { isPresent, PTE_RW, pteFlags } from '../../sim/kernel/mm/pte.ts';
import type { Task } from '../../sim/kernel/state.ts';
import type { Machine } from '../../sim/machine.ts';
import type { Runner } from '../../sim/run/stop.ts';
import { isSamePlace, symbolAt } from '../code/codeUnit.ts';
import { isSystemCall, ppcAccess, ppcCallTarget } from '../code/ppcCode.ts';
import { spuCallTarget } from '../code/spuCode.ts';
import type { Debuggee } from '../session/debuggee.ts';
import { errors } from '../session/errors.ts';
import { hex } from '../variables/format.ts';
import type { StepInTarget } from './plan.ts';
import { contextProbe, type Probe, taskProbe } from './probe.ts';

export interface NamedTarget extends StepInTarget {
  readonly id: number;
  readonly label: string;
  /** Counted from 1; 0 where the code has no lines. */
  readonly line: number;
}

const INSTRUCTION = 4;
/** Longer lines are looked at no further. */
const MOST_INSTRUCTIONS = 256;

export function stepInTargets(debuggee: Debuggee, thread: Runner): NamedTarget[] {
  const probe = probeOf(debuggee, thread);
  const { pc } = probe.standing();
  const unit = probe.unit();
  const line = unit?.lines.placeOf(pc);
  const found: NamedTarget[] = [];
  for (let i = 0, address = pc; i < MOST_INSTRUCTIONS; i += 1, address += INSTRUCTION) {
    // Without lines, what counts is the instruction.
    if (i > 0 && !(line && isSamePlace(line, unit?.lines.placeOf(address)))) break;
    const word = wordAt(debuggee, thread, address);
    if (word === undefined) break;
    const add = (isKernel: boolean, label: string): void => {
      found.push({ id: numberOf({ address, isKernel }), address, isKernel, label, line: line?.line ?? 0 });
    };
    if (probe.isCall(word)) {
      const target = callTarget(debuggee, thread, word, address, address === pc);
      const name = target === undefined ? undefined : (unit && symbolAt(unit, target)) ?? hex(target);
      add(false, name ?? `the function that ${debuggee.instructions.of(thread.kind === 'task' ? 'ppc' : 'spu', word, address, unit)} calls`);
    }
    const way = thread.kind === 'task' ? wayIntoKernel(debuggee, thread, word, address === pc) : undefined;
    if (way !== undefined) add(true, `kernel: ${way}`);
  }
  return found;
}

/** @throws RequestError where the thread has no such target now. */
export function targetNumbered(debuggee: Debuggee, thread: Runner, id: number): StepInTarget {
  const target = stepInTargets(debuggee, thread).find((known) => known.id === id);
  if (!target) throw errors.noStepInTarget();
  return target;
}

function numberOf({ address, isKernel }: StepInTarget): number {
  return address * 2 + (isKernel ? 1 : 0);
}

function probeOf(debuggee: Debuggee, thread: Runner): Probe {
  return thread.kind === 'task' ? taskProbe(debuggee, thread.task) : contextProbe(debuggee, thread.context);
}

function wordAt({ machine }: Debuggee, thread: Runner, address: number): number | undefined {
  const bytes = thread.kind === 'task' ? machine.peek(thread.task, address, INSTRUCTION) : machine.readLocalStore(thread.context, address, INSTRUCTION);
  return bytes.length < INSTRUCTION ? undefined : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
}

/** Registers are known only for the instruction that is next. */
function callTarget({ machine }: Debuggee, thread: Runner, word: number, address: number, isNext: boolean): number | undefined {
  if (thread.kind === 'context') {
    const target = spuCallTarget(word, address);
    if (typeof target === 'number') return target;
    return isNext ? machine.spe(thread.context).registers.word(target.register, 0) & ~3 : undefined;
  }
  const target = ppcCallTarget(word, address);
  if (typeof target === 'number') return target;
  if (!isNext) return undefined;
  const { ctr, lr } = machine.registers(thread.task);
  return Number(BigInt.asUintN(44, target.register === 'ctr' ? ctr : lr)) & ~3;
}

/** How an instruction may get into the kernel; undefined where it does not, as far as can be seen now. */
function wayIntoKernel({ machine }: Debuggee, { task }: Extract<Runner, { kind: 'task' }>, word: number, isNext: boolean): string | undefined {
  if (isSystemCall(word)) return 'system call';
  const [innermost] = task.kernelStack;
  if (isNext && innermost) return innermost.path;
  const access = isNext ? ppcAccess(word) : undefined;
  if (!access) return undefined;
  const registers = machine.registers(task);
  const of = (register: number): bigint => (register === 0 ? 0n : registers.gpr(register));
  const address = BigInt.asUintN(64, of(access.base) + (access.index === undefined ? BigInt(access.displacement) : registers.gpr(access.index)));
  return canAccess(machine, task, Number(address), access.isStore) ? undefined : `page fault at ${hex(address)}`;
}

function canAccess({ configuration: { pageBytes } }: Machine, { mm: { pages } }: Task, address: number, isStore: boolean): boolean {
  const pte = pages.get(Math.floor(address / pageBytes));
  return pte !== undefined && isPresent(pte) && !(isStore && (pteFlags(pte) & PTE_RW) === 0);
}
