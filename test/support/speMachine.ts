/** One SPE with its engine, a page-grained memory and a clock, for tests of the SPE alone. */
import { CodeWatch } from '../../src/sim/engine/codeWatch.ts';
import { EXIT } from '../../src/sim/engine/exits.ts';
import { FormTable } from '../../src/sim/engine/forms.ts';
import { InterpreterModules } from '../../src/sim/engine/interpreterModules.ts';
import { machineLayout } from '../../src/sim/engine/layout.ts';
import { LocalStoreEngine } from '../../src/sim/engine/localStoreEngine.ts';
import { takeReservations } from '../../src/sim/spe/atomic.ts';
import { spuHelpers } from '../../src/sim/spe/helpers.ts';
import { SPU } from '../../src/sim/spe/instructionSet.ts';
import { SPU_STATE_BYTES } from '../../src/sim/spe/layout.ts';
import type { SpePorts, Translation } from '../../src/sim/spe/ports.ts';
import { SpuRegisters } from '../../src/sim/spe/registers.ts';
import { canExecute, spuLeft, takeInterrupt, writeNextProgramCounter, writeRunControl } from '../../src/sim/spe/run.ts';
import { SPU_STATUS, type Spe } from '../../src/sim/spe/spe.ts';
import { newSpeState } from '../../src/sim/spe/state.ts';
import { speEvent } from '../../src/sim/spe/timing.ts';

const PAGE = 4096;
/** Cycles after which a waiting SPU is given up. */
const PATIENCE = 1_000_000;

export class SpeMachine implements SpePorts {
  readonly layout = machineLayout({ ppeThreads: 0, spes: 1, ramBytes: 1 << 20 });
  readonly memory: Uint8Array;
  readonly localStore: number;
  readonly spe: Spe;
  readonly engine: LocalStoreEngine;
  /** Pages that are registers of an SPE: their physical addresses, which are places in `registerBytes`. */
  readonly registerPages = new Map<number, number>();
  readonly registerBytes = new Uint8Array(PAGE);
  /** EA page number to RAM page number; absent pages are storage misses. */
  readonly pages = new Map<number, number>();
  readonly readOnly = new Set<number>();
  /** EAs in these segments (256 MiB) are segment misses. */
  readonly missingSegments = new Set<number>();
  readonly interrupts: string[] = [];
  /** Offsets of lines whose stores were asked for, in order. */
  readonly watchedLines: number[] = [];
  wakes = 0;
  cycle = 0;
  private readonly due = new Set<number>();
  private isRunning = false;

  constructor() {
    const [layout] = this.layout.spes;
    if (!layout) throw new Error('The layout has no SPE.');
    const memory = new WebAssembly.Memory({ initial: this.layout.totalBytes >>> 16, maximum: this.layout.totalBytes >>> 16 });
    this.memory = new Uint8Array(memory.buffer);
    this.localStore = layout.localStore;
    const registers = new SpuRegisters(new Uint8Array(memory.buffer, layout.state, SPU_STATE_BYTES));
    this.spe = { state: newSpeState(), registers, ports: this };
    const watch = new CodeWatch(this.layout.totalBytes);
    this.engine = new LocalStoreEngine({ modules: new InterpreterModules(new FormTable(SPU)), memory, watch, layout, helpers: spuHelpers(this.spe) });
  }

  get registers(): SpuRegisters { return this.spe.registers; }

  // --- SpePorts

  now(): number { return this.cycle + (this.isRunning ? this.engine.elapsed : 0); }
  schedule(cycle: number): void {
    this.due.add(cycle);
    this.engine.requestStop();
  }
  translate(eaHigh: number, eaLow: number, store: boolean): Translation {
    const page = Math.floor((eaHigh * 2 ** 32 + eaLow) / PAGE);
    if (this.missingSegments.has(Math.floor(page / 0x10000))) return { kind: 'segmentMiss' };
    const registers = this.registerPages.get(page);
    if (registers !== undefined) return { kind: 'registers', physical: registers + (eaLow % PAGE) };
    const frame = this.pages.get(page);
    if (frame === undefined) return { kind: 'storageMiss', denied: false };
    if (store && this.readOnly.has(page)) return { kind: 'storageMiss', denied: true };
    return { kind: 'memory', offset: this.layout.ram + frame * PAGE + (eaLow % PAGE) };
  }
  readRegisters(physical: number, into: Uint8Array): void { into.set(this.registerBytes.subarray(physical, physical + into.length)); }
  writeRegisters(physical: number, from: Uint8Array): void { this.registerBytes.set(from, physical); }
  raiseInterrupt(interruptClass: 0 | 1 | 2, bits: number): void {
    this.interrupts.push(`class ${String(interruptClass)}: 0x${bits.toString(16)}`);
  }
  wake(): void { this.wakes += 1; }
  stopped(): void { /* No kernel hears of it. */ }
  commandDone(): void { /* Nor of this. */ }
  endRun(): void { this.engine.requestStop(); }
  watchLine(offset: number): void { this.watchedLines.push(offset); }
  memoryWritten(offset: number, bytes: number): void {
    this.engine.invalidateCode(offset, bytes);
    takeReservations([this.spe], offset, bytes);
  }

  // --- What tests do

  /** Puts words into the local store. */
  load(address: number, words: readonly number[]): void {
    words.forEach((word, i) => { new DataView(this.memory.buffer).setUint32(this.localStore + address + 4 * i, word >>> 0); });
    this.memoryWritten(this.localStore + address, 4 * words.length);
  }

  localBytes(address: number, length: number): Uint8Array {
    return this.memory.subarray(this.localStore + address, this.localStore + address + length);
  }

  ramBytes(frame: number): Uint8Array {
    const at = this.layout.ram + frame * PAGE;
    return this.memory.subarray(at, at + PAGE);
  }

  start(address: number): void {
    writeNextProgramCounter(this.spe, address);
    writeRunControl(this.spe, 1);
  }

  /** Lets the SPU run for up to `budget` instructions, with events at their cycles; gives the instructions done. */
  run(budget = 1000): number {
    let done = 0;
    while (done < budget) {
      this.doDueEvents();
      if (!canExecute(this.spe.state)) {
        const next = Math.min(...this.due);
        const isStopped = (this.spe.state.run.status & SPU_STATUS.running) === 0;
        if (isStopped || next > this.cycle + PATIENCE) break;
        this.cycle = next;
        continue;
      }
      const next = Math.min(...this.due, this.cycle + budget - done);
      takeInterrupt(this.spe);
      this.isRunning = true;
      const code = this.engine.run(Math.max(next - this.cycle, 1));
      this.isRunning = false;
      this.cycle += this.engine.executed;
      done += this.engine.executed;
      if (code !== EXIT.budget && code !== EXIT.stopRequested) spuLeft(this.spe, code);
    }
    return done;
  }

  /** Lets time pass without the SPU. */
  passUntil(cycle: number): void {
    for (let next = Math.min(...this.due); next <= cycle; next = Math.min(...this.due)) {
      this.cycle = Math.max(this.cycle, next);
      this.doDueEvents();
    }
    this.cycle = cycle;
  }

  private doDueEvents(): void {
    for (const cycle of [...this.due].sort((a, b) => a - b)) {
      if (cycle > this.cycle) break;
      this.due.delete(cycle);
      speEvent(this.spe, this.cycle);
    }
  }
}

