/** Typed access to the registers of an SPU, in the machine's memory or in a copy of it. */
import { INSTRUCTION_ADDRESS_MASK, REGISTER_COUNT, SPU_STATE, SPU_STATE_BYTES } from './layout.ts';

/** 128-bit values are bigints in guest order: the preferred slot is the high word. */
export class SpuRegisters {
  private readonly view: DataView;

  /** @param bytes The state, `SPU_STATE_BYTES` long: a view of the machine's memory or an array of its own. */
  constructor(readonly bytes: Uint8Array) {
    if (bytes.length !== SPU_STATE_BYTES) {
      throw new RangeError(`The state of an SPU has ${String(SPU_STATE_BYTES)} bytes; this one has ${String(bytes.length)}.`);
    }
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** A general register; the register number is taken modulo 128. */
  get(register: number): bigint {
    return this.quad(offsetOf(register));
  }

  set(register: number, value: bigint): void {
    this.setQuad(offsetOf(register), value);
  }

  /** Word 0 (preferred) to 3 of a register, unsigned. */
  word(register: number, index: 0 | 1 | 2 | 3): number {
    return this.view.getUint32(offsetOf(register) + 12 - 4 * index, true);
  }

  setWord(register: number, index: 0 | 1 | 2 | 3, value: number): void {
    this.view.setUint32(offsetOf(register) + 12 - 4 * index, value, true);
  }

  /** Address of the current instruction, in the local store. */
  get pc(): number {
    return this.view.getUint32(SPU_STATE.pc, true);
  }

  set pc(address: number) {
    this.view.setUint32(SPU_STATE.pc, address & INSTRUCTION_ADDRESS_MASK, true);
    this.view.setUint32(SPU_STATE.pc + 4, 0, true);
  }

  get fpscr(): bigint {
    return this.quad(SPU_STATE.fpscr);
  }

  set fpscr(value: bigint) {
    this.setQuad(SPU_STATE.fpscr, value);
  }

  get srr0(): number {
    return this.view.getUint32(SPU_STATE.srr0, true);
  }

  set srr0(address: number) {
    this.view.setUint32(SPU_STATE.srr0, address, true);
  }

  get interruptsEnabled(): boolean {
    return this.view.getUint32(SPU_STATE.interruptEnable, true) !== 0;
  }

  set interruptsEnabled(enabled: boolean) {
    this.view.setUint32(SPU_STATE.interruptEnable, enabled ? 1 : 0, true);
  }

  /** Type of the last `stop`. */
  get stopCode(): number {
    return this.view.getUint32(SPU_STATE.stopCode, true);
  }

  /** What the last channel read gave. */
  get channelData(): number {
    return this.view.getUint32(SPU_STATE.channelData, true);
  }

  /** Hands the value of a channel read to the `rdch` that asked for it. */
  set channelData(value: number) {
    this.view.setUint32(SPU_STATE.channelData, value, true);
  }

  /** Everything, out of the machine's memory. */
  copy(): Uint8Array {
    return this.bytes.slice();
  }

  /** Everything, from a copy. */
  load(bytes: Uint8Array): void {
    this.bytes.set(bytes);
  }

  private quad(offset: number): bigint {
    return (this.view.getBigUint64(offset + 8, true) << 64n) | this.view.getBigUint64(offset, true);
  }

  private setQuad(offset: number, value: bigint): void {
    this.view.setBigUint64(offset + 8, BigInt.asUintN(64, value >> 64n), true);
    this.view.setBigUint64(offset, BigInt.asUintN(64, value), true);
  }
}

function offsetOf(register: number): number {
  return SPU_STATE.r0 + (register & (REGISTER_COUNT - 1)) * 16;
}
