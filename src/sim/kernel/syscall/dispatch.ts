/**
 * The way of a system call: `system_call` from the `sc` instruction and back to the registers,
 * `do_system_call` from a number and arguments to a result (an SPE's callbacks come in there).
 */
import type { Kernel } from '../kernel.ts';
import { call, done, goTo, labelled, next, path, step, type Verdict } from '../path.ts';
import type { Task } from '../state.ts';
import type { ArgumentValue } from './arguments.ts';
import { asksRestart, ERRNO, isError } from './errno.ts';
import { systemCallName } from './names.ts';
import type { SystemCall } from './systemCall.ts';
import { findSystemCall } from './table.ts';
import { copyFromUser, copyToUser } from './userCopy.ts';

declare module '../path.ts' {
  interface PathLocals {
    system_call: SystemCallEntry;
    do_system_call: SystemCallInProgress;
  }
}

export interface SystemCallEntry {
  number: number;
}

export interface SystemCallInProgress {
  readonly number: number;
  readonly values: ArgumentValue[];
  /** The argument that is being copied. */
  cursor: number;
  result: number;
  /** Bytes of a string so far. */
  text: Uint8Array;
}

const MAX_ARGUMENTS = 6;
const PATH_MAX = 4096;
const RT_SIGRETURN = 172;
/** System calls that today's C libraries try first and do without; their absence is no news. */
const SILENTLY_ABSENT: ReadonlySet<number> = new Set([383, 387, 435]);

/** Locals that start a call with the arguments as they are in registers. */
export function newSystemCall(number: number, args: readonly bigint[]): SystemCallInProgress {
  const values = Array.from({ length: MAX_ARGUMENTS }, (_, i): ArgumentValue => {
    const raw = args[i] ?? 0n;
    return { raw, input: undefined, text: '', output: { address: Number(raw), bytes: undefined } };
  });
  return { number, values, cursor: 0, result: 0, text: new Uint8Array(0) };
}

export const systemCallEntry = path('system_call', 'arch/powerpc/kernel/entry_64.S', [
  step('number from r0, arguments from r3 to r8', (k, task, f) => {
    const registers = k.registers(task);
    f.number = Number(BigInt.asIntN(32, registers.gpr(0)));
    const args = [3, 4, 5, 6, 7, 8].map((n) => registers.gpr(n));
    task.syscall = { number: f.number, args, restart: 0 };
    task.interrupted = false;
    return call('do_system_call', newSystemCall(f.number, args));
  }),
  step('result to r3, error to CR0.SO', (k, task, f, { returned }) => {
    // sigreturn has set every register itself, and a new program has its own.
    if (f.number === RT_SIGRETURN) task.syscall = undefined;
    else setResult(k, task, returned);
    return done(0);
  }),
]);

export const doSystemCall = path('do_system_call', 'arch/powerpc/kernel/entry_64.S', [
  step('find the call in the table', (k, _task, f) => {
    if (findSystemCall(f.number)) return next;
    sayUnknown(k, f.number);
    return done(-ERRNO.ENOSYS);
  }),
  labelled('in', 'copy what the arguments point at', (_k, _task, f) => copyIn(f)),
  step('a bad pointer ends the call', (_k, _task, f, { returned }) => takeCopy(f, returned)),
  labelled('run', 'do it', (k, task, f) => {
    const answer = findSystemCall(f.number)?.run(k, task, f.values) ?? -ERRNO.ENOSYS;
    if (typeof answer !== 'number') return { kind: 'call', frame: answer };
    f.result = answer;
    return goTo('results');
  }),
  step('take the result of its path', (_k, _task, f, { returned }) => {
    f.result = returned;
    return next;
  }),
  labelled('results', 'copy results to the program', (_k, _task, f) => {
    f.cursor = 0;
    return isError(f.result) ? done(f.result) : next;
  }),
  labelled('out', 'copy the next result buffer', (_k, _task, f) => copyOut(f)),
  step('a bad pointer is EFAULT', (_k, _task, f, { returned }) => {
    f.cursor += 1;
    return returned > 0 ? done(-ERRNO.EFAULT) : goTo('out');
  }),
]);

function copyIn(f: SystemCallInProgress): Verdict {
  const args = entryOf(f).arguments;
  for (; f.cursor < args.length; f.cursor += 1) {
    const copy = args[f.cursor]?.copy;
    const value = f.values[f.cursor];
    if (!copy || !value || copy.kind === 'out' || (value.raw === 0n && copy.optional)) continue;
    if (copy.kind === 'text') {
      f.text = new Uint8Array(PATH_MAX);
      return call('strncpy_from_user', { address: value.output.address, bytes: f.text });
    }
    value.input = new Uint8Array(typeof copy.bytes === 'number' ? copy.bytes : copy.bytes(f.values.map(({ raw }) => raw)));
    return copyFromUser(value.output.address, value.input);
  }
  return goTo('run');
}

function takeCopy(f: SystemCallInProgress, returned: number): Verdict {
  const value = f.values[f.cursor];
  if (entryOf(f).arguments[f.cursor]?.copy?.kind === 'text') {
    if (returned < 0) return done(returned);
    if (returned >= PATH_MAX) return done(-ERRNO.ENAMETOOLONG);
    if (value) value.text = new TextDecoder().decode(f.text.subarray(0, returned));
  } else if (returned > 0) return done(-ERRNO.EFAULT);
  f.cursor += 1;
  return goTo('in');
}

function copyOut(f: SystemCallInProgress): Verdict {
  const args = entryOf(f).arguments;
  for (; f.cursor < args.length; f.cursor += 1) {
    const copy = args[f.cursor]?.copy;
    const output = f.values[f.cursor]?.output;
    if ((copy?.kind !== 'out' && copy?.kind !== 'inOut') || !output?.bytes || output.bytes.length === 0) continue;
    if (output.address === 0 && copy.optional) continue;
    return copyToUser(output.address, output.bytes);
  }
  return done(f.result);
}

/** The error flag is CR0.SO; the error itself is positive in r3 (arch/powerpc/kernel/entry_64.S). */
function setResult(k: Kernel, task: Task, result: number): void {
  const registers = k.registers(task);
  const error = isError(result);
  registers.setGpr(3, BigInt(error ? -result : result));
  registers.setSummaryOverflow(error);
  if (task.syscall && asksRestart(result)) task.syscall.restart = -result;
  else task.syscall = undefined;
}

function entryOf(f: SystemCallInProgress): SystemCall {
  const entry = findSystemCall(f.number);
  if (!entry) throw new Error(`The system call ${String(f.number)} is not in the table.`);
  return entry;
}

/** A program that tries every number is told of these, so that neither the list nor the output grows without end. */
const MOST_UNKNOWN = 1000;

function sayUnknown(k: Kernel, number: number): void {
  const { unknownSyscalls } = k.state;
  if (unknownSyscalls.has(number) || unknownSyscalls.size >= MOST_UNKNOWN) return;
  unknownSyscalls.add(number);
  if (SILENTLY_ABSENT.has(number)) return;
  k.notice(`The program made the system call ${systemCallName(number)} (${String(number)}), which is not modelled; it got ENOSYS.`);
}
