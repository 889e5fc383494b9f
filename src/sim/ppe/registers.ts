/** Typed access to the registers of a PPE thread, in the machine's memory or in a task's copy of them. */
import { PPE_STATE, PPE_USER_BYTES } from './layout.ts';

/** XER: SO, OV and CA of the word, and the string byte count. */
const XER_BITS = [[PPE_STATE.so, 31], [PPE_STATE.ov, 30], [PPE_STATE.ca, 29]] as const;
const STRING_COUNT = 0x7f;
const CR_BITS = 32;

/**
 * Register numbers are taken modulo 32 (CR fields modulo 8), values modulo the register's
 * width. 128-bit values have byte 0 of the register as their highest.
 */
export class PpeRegisters {
  private readonly view: DataView;

  /** @param bytes The state or at least its user registers: a view of the machine's memory, or an array of its own. */
  constructor(readonly bytes: Uint8Array) {
    if (bytes.length < PPE_USER_BYTES) {
      throw new RangeError(`The registers of a task have ${String(PPE_USER_BYTES)} bytes; these have ${String(bytes.length)}.`);
    }
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  gpr(register: number): bigint { return this.doubleword(gprAt(register)); }
  setGpr(register: number, value: bigint): void { this.setDoubleword(gprAt(register), value); }

  /** The 64 bits of a floating-point register. */
  fpr(register: number): bigint { return this.doubleword(fprAt(register)); }
  setFpr(register: number, bits: bigint): void { this.setDoubleword(fprAt(register), bits); }

  vr(register: number): bigint {
    const at = vrAt(register);
    return (this.doubleword(at + 8) << 64n) | this.doubleword(at);
  }

  setVr(register: number, value: bigint): void {
    const at = vrAt(register);
    this.setDoubleword(at + 8, value >> 64n);
    this.setDoubleword(at, value);
  }

  /** Address of the current instruction. */
  get pc(): bigint { return this.doubleword(PPE_STATE.pc); }
  set pc(address: bigint) { this.setDoubleword(PPE_STATE.pc, address); }
  get lr(): bigint { return this.doubleword(PPE_STATE.lr); }
  set lr(value: bigint) { this.setDoubleword(PPE_STATE.lr, value); }
  get ctr(): bigint { return this.doubleword(PPE_STATE.ctr); }
  set ctr(value: bigint) { this.setDoubleword(PPE_STATE.ctr, value); }
  get fpscr(): number { return this.view.getUint32(PPE_STATE.fpscr, true); }
  set fpscr(value: number) { this.view.setUint32(PPE_STATE.fpscr, value, true); }
  /** MSR[FE0] and MSR[FE1] as a number of two bits. */
  get floatInterruptMode(): number { return this.view.getUint8(PPE_STATE.floatInterruptMode); }
  set floatInterruptMode(mode: number) { this.view.setUint8(PPE_STATE.floatInterruptMode, mode); }
  get vscr(): number { return this.view.getUint32(PPE_STATE.vscr, true); }
  set vscr(value: number) { this.view.setUint32(PPE_STATE.vscr, value, true); }
  get vrsave(): number { return this.view.getUint32(PPE_STATE.vrsave, true); }
  set vrsave(value: number) { this.view.setUint32(PPE_STATE.vrsave, value, true); }

  /** The condition register, unsigned. */
  get cr(): number {
    let value = 0;
    for (let bit = 0; bit < CR_BITS; bit += 1) value = (value << 1) | this.view.getUint8(PPE_STATE.cr + bit);
    return value >>> 0;
  }

  set cr(value: number) {
    for (let bit = 0; bit < CR_BITS; bit += 1) this.view.setUint8(PPE_STATE.cr + bit, (value >>> (31 - bit)) & 1);
  }

  /** A CR field as four bits: LT, GT, EQ, SO. */
  crField(field: number): number {
    return (this.cr >>> (28 - 4 * (field & 7))) & 0xf;
  }

  setCrField(field: number, value: number): void {
    const shift = 28 - 4 * (field & 7);
    this.cr = (this.cr & ~(0xf << shift)) | ((value & 0xf) << shift);
  }

  /** CR0[SO], with which a system call says that it failed. */
  setSummaryOverflow(on: boolean): void {
    this.view.setUint8(PPE_STATE.cr + 3, on ? 1 : 0);
  }

  get xer(): number {
    const flags = XER_BITS.reduce((value, [at, bit]) => value | (this.view.getUint8(at) << bit), 0);
    return (flags | this.view.getUint8(PPE_STATE.stringCount)) >>> 0;
  }

  set xer(value: number) {
    for (const [at, bit] of XER_BITS) this.view.setUint8(at, (value >>> bit) & 1);
    this.view.setUint8(PPE_STATE.stringCount, value & STRING_COUNT);
  }

  private doubleword(at: number): bigint { return this.view.getBigUint64(at, true); }
  private setDoubleword(at: number, value: bigint): void { this.view.setBigUint64(at, BigInt.asUintN(64, value), true); }
}

function gprAt(register: number): number { return PPE_STATE.gpr + (register & 31) * 8; }
function fprAt(register: number): number { return PPE_STATE.fpr + (register & 31) * 8; }
function vrAt(register: number): number { return PPE_STATE.vr + (register & 31) * 16; }
