/** One PPE thread with its engine and a memory of pages that map as a test says. */
import { ACCESS } from '../../src/sim/engine/access.ts';
import { CodeWatch } from '../../src/sim/engine/codeWatch.ts';
import { FormTable } from '../../src/sim/engine/forms.ts';
import { InterpreterModules } from '../../src/sim/engine/interpreterModules.ts';
import { machineLayout, PAGE_BYTES } from '../../src/sim/engine/layout.ts';
import { MmuEngine, type MmuHost } from '../../src/sim/engine/mmuEngine.ts';
import { ppcHelpers } from '../../src/sim/ppe/helpers.ts';
import { PPC } from '../../src/sim/ppe/instructionSet.ts';
import { PPE_STATE, PPE_STATE_BYTES } from '../../src/sim/ppe/layout.ts';
import { PpeRegisters } from '../../src/sim/ppe/registers.ts';

const PAGE_MASK = BigInt(PAGE_BYTES - 1);

export class PpeMachine implements MmuHost {
  readonly layout = machineLayout({ ppeThreads: 1, spes: 0, ramBytes: 1 << 20 });
  readonly registers: PpeRegisters;
  readonly engine: MmuEngine;
  readonly memory: Uint8Array;
  private readonly state: DataView;
  private readonly watch = new CodeWatch(this.layout.totalBytes);
  /** Host offsets of EA pages. */
  private readonly pages = new Map<bigint, number>();
  private pending: { readonly ea: bigint; readonly bytes: number } | undefined;

  constructor() {
    const [layout] = this.layout.ppeThreads;
    if (!layout) throw new Error('The layout has no PPE thread.');
    const wasmPages = this.layout.totalBytes >>> 16;
    const memory = new WebAssembly.Memory({ initial: wasmPages, maximum: wasmPages });
    this.memory = new Uint8Array(memory.buffer);
    this.state = new DataView(memory.buffer, layout.state, PPE_STATE_BYTES);
    this.registers = new PpeRegisters(new Uint8Array(memory.buffer, layout.state, PPE_STATE_BYTES));
    const helpers = ppcHelpers({ memory: memory.buffer, state: layout.state, host: this, watch: this.watch });
    this.engine = new MmuEngine({ modules: new InterpreterModules(new FormTable(PPC)), memory, watch: this.watch, helpers, layout, host: this });
  }

  /** Registers and reservation are 0 again, and nothing is mapped. */
  clear(): void {
    this.registers.bytes.fill(0);
    for (const host of this.pages.values()) this.memory.fill(0, host, host + PAGE_BYTES);
    this.pages.clear();
    this.engine.reset();
  }

  /** Maps the pages of the bytes and sets them. */
  write(ea: bigint, bytes: Uint8Array): void {
    bytes.forEach((byte, i) => { this.memory[this.mapped(ea + BigInt(i))] = byte; });
  }

  writeWords(ea: bigint, words: readonly number[]): void {
    const bytes = new DataView(new ArrayBuffer(words.length * 4));
    words.forEach((word, i) => { bytes.setInt32(i * 4, word); });
    this.write(ea, new Uint8Array(bytes.buffer));
  }

  /** Bytes at an address; pages that are not mapped read as 0. */
  read(ea: bigint, length: number): Uint8Array {
    return Uint8Array.from({ length }, (_, i) => this.memory[this.hostOffset(ea + BigInt(i))] ?? 0);
  }

  /** Everything that is mapped: the first address of each page, and its bytes. */
  mappedPages(): Map<bigint, Uint8Array> {
    return new Map([...this.pages].map(([page, host]) => [page, this.memory.slice(host, host + PAGE_BYTES)]));
  }

  get timeBase(): bigint { return this.state.getBigUint64(PPE_STATE.timeBase, true); }
  set timeBase(value: bigint) { this.state.setBigUint64(PPE_STATE.timeBase, value, true); }
  get dar(): bigint { return this.state.getBigUint64(PPE_STATE.dar, true); }
  get isReserved(): boolean { return this.state.getUint8(PPE_STATE.reservationValid) !== 0; }
  set isReserved(on: boolean) { this.state.setUint8(PPE_STATE.reservationValid, on ? 1 : 0); }

  // --- MmuHost

  fetch(eaHigh: number, eaLow: number): number {
    return this.hostOffset(join(eaHigh, eaLow) & ~PAGE_MASK);
  }

  miss(eaHigh: number, eaLow: number, access: number): number {
    const ea = join(eaHigh, eaLow);
    const bytes = access & ACCESS.bytes;
    const isStore = (access & ACCESS.store) !== 0;
    const last = BigInt.asUintN(64, ea + BigInt(bytes - 1));
    if (this.hostOffset(ea) === 0 || this.hostOffset(last) === 0) return 0;
    if ((ea & ~PAGE_MASK) === (last & ~PAGE_MASK)) {
      if (isStore) this.engine.fillWrite(eaHigh, eaLow, this.hostOffset(ea));
      else this.engine.fillRead(eaHigh, eaLow, this.hostOffset(ea));
      return this.hostOffset(ea);
    }
    if (isStore) this.pending = { ea, bytes };
    else this.memory.set(this.read(ea, bytes), this.layout.scratch);
    return this.layout.scratch;
  }

  commit(): void {
    if (!this.pending) throw new Error('A commit came without a store.');
    const { ea, bytes } = this.pending;
    this.pending = undefined;
    this.write(ea, this.memory.slice(this.layout.scratch, this.layout.scratch + bytes));
  }

  private hostOffset(ea: bigint): number {
    const host = this.pages.get(ea & ~PAGE_MASK);
    return host === undefined ? 0 : host + Number(ea & PAGE_MASK);
  }

  private mapped(ea: bigint): number {
    const page = ea & ~PAGE_MASK;
    if (!this.pages.has(page)) this.pages.set(page, this.layout.ram + this.pages.size * PAGE_BYTES);
    return this.hostOffset(ea);
  }
}

function join(high: number, low: number): bigint {
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}
