/**
 * The signal frame of 64-bit PowerPC: struct rt_sigframe with the ucontext, siginfo (arch/powerpc/kernel/signal_64.c, asm-powerpc/{sigcontext,ucontext}.h).
 */
import type { PpeRegisters } from '../../ppe/registers.ts';
import { viewOf } from '../syscall/layouts.ts';
import type { Task } from '../state.ts';
import { SIGNAL } from './numbers.ts';
import type { SignalInfo } from './state.ts';

/** __SIGNAL_FRAMESIZE: the stack frame that the handler is called from, below the signal frame. */
export const CALLER_FRAME_BYTES = 128;
/** The program may use this much below r1 without moving r1 (64-bit PowerPC ELF ABI, section 3.2.2). */
const ABI_GAP_BYTES = 288;

/** Offsets in struct rt_sigframe; it begins with the ucontext. */
const FRAME = { siginfoPointer: 1480, ucontextPointer: 1488, siginfo: 1496, bytes: 1624 } as const;
const FRAME_BYTES_WITH_GAP = Math.ceil((FRAME.bytes + ABI_GAP_BYTES) / 16) * 16;

export const UCONTEXT = { stack: 16, mask: 40, mcontext: 168, bytes: 1440 } as const;
/** Offsets in struct sigcontext. */
export const MCONTEXT = { signal: 32, handler: 40, oldMask: 48, regs: 56, gpRegs: 64, fpRegs: 448, vRegs: 712, vmxReserve: 720 } as const;
/** struct pt_regs in doublewords; the general registers come first. */
const PT = { nip: 32, msr: 33, origGpr3: 34, ctr: 35, link: 36, xer: 37, ccr: 38, softe: 39, trap: 40, dar: 41, dsisr: 42, result: 43 } as const;
/** 32 vector registers, VSCR in the last word of the next quadword, VRSAVE in the first of the one after. */
export const VECTOR_AREA_BYTES = 34 * 16;
const VSCR_AT = 32 * 16 + 12;
const VRSAVE_AT = 33 * 16;

/** SF, VEC, EE, PR, FP, ME, IR, DR, RI: the MSR of a 64-bit program, besides FE0 and FE1. */
const USER_MSR = 0x8000_0000_0200_f032n;
const MSR_FE = [0x100n, 0x800n] as const;
/** Vectors that programs see in `trap`: system call, and decrementer for signals from outside. */
const TRAP_SYSTEM_CALL = 0xc00;
const TRAP_DECREMENTER = 0x900;
const SS_ONSTACK = 1;
const SS_DISABLE = 2;

/** A signal frame as it goes to the stack, with the addresses that the handler is given. */
export interface SignalFrame {
  /** Address of `bytes`: the handler's r1. */
  readonly stackPointer: number;
  readonly bytes: Uint8Array;
  readonly ucontext: number;
  readonly mcontext: number;
  readonly siginfo: number;
}

/** Builds the frame for a handler. `mask` is the one that sigreturn will restore. */
export function buildFrame(
  task: Task, registers: PpeRegisters, info: SignalInfo, handler: bigint, mask: bigint, onAlternateStack: boolean,
): SignalFrame {
  const stackPointer = Number(registers.gpr(1));
  const { base, size } = task.alternateStack;
  const top = onAlternateStack && stackFlags(task, stackPointer) === 0 ? base + size : stackPointer;
  const ucontext = Math.floor((top - FRAME_BYTES_WITH_GAP) / 16) * 16;
  const bytes = new Uint8Array(CALLER_FRAME_BYTES + FRAME.bytes);
  viewOf(bytes).setBigUint64(0, registers.gpr(1));
  const frame = bytes.subarray(CALLER_FRAME_BYTES);
  const view = viewOf(frame);
  encodeStack(task, stackPointer, frame.subarray(UCONTEXT.stack));
  view.setBigUint64(UCONTEXT.mask, mask);
  const mcontext = frame.subarray(UCONTEXT.mcontext, UCONTEXT.bytes);
  saveRegisters(task, registers, info, mcontext, ucontext + UCONTEXT.mcontext);
  const machine = viewOf(mcontext);
  machine.setInt32(MCONTEXT.signal, info.number);
  machine.setBigUint64(MCONTEXT.handler, BigInt.asUintN(64, handler));
  view.setBigUint64(FRAME.siginfoPointer, BigInt(ucontext + FRAME.siginfo));
  view.setBigUint64(FRAME.ucontextPointer, BigInt(ucontext));
  frame.set(encodeSiginfo(info), FRAME.siginfo);
  return {
    stackPointer: ucontext - CALLER_FRAME_BYTES, bytes, ucontext, mcontext: ucontext + UCONTEXT.mcontext,
    siginfo: ucontext + FRAME.siginfo,
  };
}

/** struct siginfo, 128 bytes: signo 0, errno 4, code 8, then what the kind of signal needs from 16 on. */
export function encodeSiginfo(info: SignalInfo): Uint8Array {
  const bytes = new Uint8Array(128);
  const view = viewOf(bytes);
  view.setInt32(0, info.number);
  view.setInt32(8, info.code);
  if (isFault(info)) {
    view.setBigUint64(16, BigInt.asUintN(64, info.address));
    return bytes;
  }
  view.setInt32(16, info.sender);
  if (info.number === SIGNAL.SIGCHLD) view.setInt32(24, Number(BigInt.asIntN(32, info.value)));
  else view.setBigInt64(24, BigInt.asIntN(64, info.value));
  return bytes;
}

/** Puts the registers of a ucontext back; the vector registers come from their own area. */
export function restoreRegisters(registers: PpeRegisters, ucontext: Uint8Array, vectors: Uint8Array | undefined): void {
  const view = viewOf(ucontext.subarray(UCONTEXT.mcontext));
  const doubleword = (index: number): bigint => view.getBigUint64(MCONTEXT.gpRegs + index * 8);
  for (let n = 0; n < 32; n += 1) {
    registers.setGpr(n, doubleword(n));
    registers.setFpr(n, view.getBigUint64(MCONTEXT.fpRegs + n * 8));
  }
  registers.fpscr = Number(view.getBigUint64(MCONTEXT.fpRegs + 32 * 8) & 0xffff_ffffn);
  registers.pc = doubleword(PT.nip) & ~3n;
  registers.ctr = doubleword(PT.ctr);
  registers.lr = doubleword(PT.link);
  registers.xer = Number(doubleword(PT.xer) & 0xffff_ffffn);
  registers.cr = Number(doubleword(PT.ccr) & 0xffff_ffffn);
  if (vectors) restoreVectors(registers, vectors);
}

/** Where a ucontext keeps its vector registers: `v_regs`; 0 for nowhere. */
export function vectorArea(ucontext: Uint8Array): number {
  return Number(viewOf(ucontext).getBigUint64(UCONTEXT.mcontext + MCONTEXT.vRegs));
}

export function maskOf(ucontext: Uint8Array): bigint {
  return viewOf(ucontext).getBigUint64(UCONTEXT.mask);
}

/** struct sigaltstack: base, flags, size. */
export function encodeStack(task: Task, stackPointer: number, into: Uint8Array = new Uint8Array(24)): Uint8Array {
  const { base, size } = task.alternateStack;
  const view = viewOf(into);
  view.setBigUint64(0, BigInt(base));
  view.setInt32(8, stackFlags(task, stackPointer));
  view.setBigUint64(16, BigInt(size));
  return into;
}

export function isOnStack({ alternateStack: { base, size } }: Task, stackPointer: number): boolean {
  return stackPointer >= base && stackPointer < base + size;
}

function stackFlags(task: Task, stackPointer: number): number {
  if (task.alternateStack.size === 0) return SS_DISABLE;
  return isOnStack(task, stackPointer) ? SS_ONSTACK : 0;
}

function saveRegisters(task: Task, registers: PpeRegisters, info: SignalInfo, mcontext: Uint8Array, address: number): void {
  const view = viewOf(mcontext);
  const set = (index: number, value: bigint): void => { view.setBigUint64(MCONTEXT.gpRegs + index * 8, value); };
  for (let n = 0; n < 32; n += 1) {
    set(n, registers.gpr(n));
    view.setBigUint64(MCONTEXT.fpRegs + n * 8, registers.fpr(n));
  }
  view.setBigUint64(MCONTEXT.fpRegs + 32 * 8, BigInt(registers.fpscr));
  set(PT.nip, registers.pc);
  set(PT.msr, MSR_FE.reduce((msr, bit, i) => ((registers.floatInterruptMode >> i) & 1 ? msr | bit : msr), USER_MSR));
  set(PT.origGpr3, task.syscall?.args[0] ?? registers.gpr(3));
  set(PT.ctr, registers.ctr);
  set(PT.link, registers.lr);
  set(PT.xer, BigInt(registers.xer));
  set(PT.ccr, BigInt(registers.cr));
  set(PT.softe, 1n);
  set(PT.trap, BigInt(info.trap === 0 ? trapOf(task) : info.trap));
  set(PT.dar, isFault(info) ? BigInt.asUintN(64, info.address) : 0n);
  set(PT.dsisr, BigInt(info.dsisr >>> 0));
  const vectors = Math.ceil((address + MCONTEXT.vmxReserve) / 16) * 16;
  view.setBigUint64(MCONTEXT.vRegs, BigInt(vectors));
  view.setBigUint64(MCONTEXT.regs, BigInt(address + MCONTEXT.gpRegs));
  saveVectors(registers, mcontext.subarray(vectors - address));
}

function trapOf(task: Task): number {
  return task.syscall ? TRAP_SYSTEM_CALL : TRAP_DECREMENTER;
}

function saveVectors(registers: PpeRegisters, area: Uint8Array): void {
  const view = viewOf(area);
  for (let n = 0; n < 32; n += 1) {
    const value = registers.vr(n);
    view.setBigUint64(n * 16, value >> 64n);
    view.setBigUint64(n * 16 + 8, BigInt.asUintN(64, value));
  }
  view.setUint32(VSCR_AT, registers.vscr);
  view.setUint32(VRSAVE_AT, registers.vrsave);
}

function restoreVectors(registers: PpeRegisters, area: Uint8Array): void {
  const view = viewOf(area);
  for (let n = 0; n < 32; n += 1) registers.setVr(n, (view.getBigUint64(n * 16) << 64n) | view.getBigUint64(n * 16 + 8));
  registers.vscr = view.getUint32(VSCR_AT);
  registers.vrsave = view.getUint32(VRSAVE_AT);
}

/** Signals that an instruction raised carry an address where others carry their sender. */
function isFault({ number, code }: SignalInfo): boolean {
  const raised = number === SIGNAL.SIGSEGV || number === SIGNAL.SIGBUS || number === SIGNAL.SIGILL
    || number === SIGNAL.SIGFPE || number === SIGNAL.SIGTRAP;
  return raised && code > 0 && code < 0x80;
}
