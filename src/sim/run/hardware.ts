/** The hardware of a machine: one memory, the processors' engines, the MMUs, the SPEs. */
import { CodeWatch } from '../engine/codeWatch.ts';
import { machineLayout, type MachineLayout, type SpeLayout } from '../engine/layout.ts';
import { LocalStoreEngine } from '../engine/localStoreEngine.ts';
import { MmuEngine } from '../engine/mmuEngine.ts';
import { toAddress } from '../engine/tlb.ts';
import type { EventAction } from '../kernel/event.ts';
import type { Kernel, MachineConfiguration } from '../kernel/kernel.ts';
import { refusesEntry } from '../kernel/mm/hypervisor.ts';
import { speInterrupt } from '../kernel/spufs/interrupts.ts';
import { MemoryManagement } from '../mmu/memoryManagement.ts';
import type { MfcMmu } from '../mmu/mfcMmu.ts';
import type { MmuOwner } from '../mmu/owner.ts';
import type { RegisterPort } from '../mmu/physicalAccess.ts';
import type { PpeMmu } from '../mmu/ppeMmu.ts';
import type { Accessor } from '../mmu/watches.ts';
import { ppcHelpers } from '../ppe/helpers.ts';
import { controlOf, PPE_STATE, PPE_STATE_BYTES } from '../ppe/layout.ts';
import { PpeRegisters } from '../ppe/registers.ts';
import { reservesOnPage, takeReservations } from '../spe/atomic.ts';
import { spuHelpers } from '../spe/helpers.ts';
import { SPU_STATE_BYTES } from '../spe/layout.ts';
import { readProblemState, writeProblemState } from '../spe/problemState.ts';
import { SpuRegisters } from '../spe/registers.ts';
import type { MovingBlock, SpePorts } from '../spe/ports.ts';
import type { Spe } from '../spe/spe.ts';
import { newSpeState } from '../spe/state.ts';
import { commandDone, speChanged } from '../timeline/record.ts';
import type { Interpreters } from './interpreters.ts';
import { LocalWatches } from './localWatches.ts';
import type { OrderState } from './order.ts';
import { PpeThread, setTimeBase, type PpeHardware } from './ppeThread.ts';
import { SpeThread, type SpeClock } from './speThread.ts';
import type { DebugControl } from './stop.ts';

/** What the hardware asks of the machine that it is in. */
export interface HardwareOwner {
  now(): number;
  schedule(cycle: number, action: EventAction): void;
  speWoken(spe: number): void;
  kernel(): Kernel;
  /** A processor executes an instruction for the first time since its word was last written. */
  firstExecuted(by: Accessor, address: number): void;
  readonly takesMail?: SpePorts['takesMail'];
}

const WASM_PAGE_BYTES = 65536;

export class Hardware {
  readonly layout: MachineLayout;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mmu: MemoryManagement;
  readonly spes: readonly Spe[];
  /** By SPE. */
  readonly clocks: readonly SpeClock[];
  private readonly ppeEngines: readonly MmuEngine[];
  private readonly speEngines: readonly LocalStoreEngine[];
  private readonly localWatches: readonly LocalWatches[];
  private readonly ppeRegisters: readonly PpeRegisters[];

  constructor(configuration: MachineConfiguration, mmuOwner: MmuOwner, interpreters: Interpreters, private readonly owner: HardwareOwner) {
    this.layout = machineLayout(configuration);
    const { layout } = this;
    const pages = layout.totalBytes / WASM_PAGE_BYTES;
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    this.bytes = new Uint8Array(memory.buffer);
    const watch = new CodeWatch(layout.totalBytes);
    this.mmu = new MemoryManagement({
      owner: mmuOwner, layout, memory: memory.buffer, pageBytes: configuration.pageBytes, registers: this.registerPort(), watch,
      refusesEntry: (mm, ea) => refusesEntry(owner.kernel(), mm, ea),
      lines: {
        take: (hostOffset, bytes) => { takeReservations(this.spes, hostOffset, bytes); },
        isOnPage: (hostOffset) => reservesOnPage(this.spes, hostOffset),
      },
    });
    this.clocks = layout.spes.map(() => ({ cycle: 0 }));
    this.spes = layout.spes.map((place, number) => this.newSpe(place, number));
    layout.ppeThreads.forEach(({ state }, cpu) => { new DataView(memory.buffer).setUint32(state + PPE_STATE.control, controlOf(cpu), true); });
    this.ppeRegisters = layout.ppeThreads.map(({ state }) => new PpeRegisters(this.bytes.subarray(state, state + PPE_STATE_BYTES)));
    this.ppeEngines = layout.ppeThreads.map((place, cpu) => {
      const host = this.mmuOf(cpu);
      return new MmuEngine({
        modules: interpreters.ppc, memory, watch, layout: place, host,
        firstExecuted: (address) => { owner.firstExecuted({ kind: 'ppe', cpu }, address); },
        helpers: ppcHelpers({ memory: memory.buffer, state: place.state, host, watch }),
      });
    });
    this.ppeEngines.forEach((engine, cpu) => { this.mmuOf(cpu).attach(engine, this.mmu.ppe.filter((_, other) => other !== cpu)); });
    this.localWatches = layout.spes.map(({ localStore }, spe) => new LocalWatches(spe, localStore, this.bytes, this.mmu.watches));
    this.speEngines = layout.spes.map((place, number) => new LocalStoreEngine({
      modules: interpreters.spu, memory, watch, layout: place, helpers: spuHelpers(this.speOf(number)),
      firstExecuted: (address) => { owner.firstExecuted({ kind: 'spu', spe: number }, address); },
      watched: (address, store) => { this.localWatches[number]?.accessed(address, store); },
    }));
  }

  /** The processors as the run loop takes them; they work for one kernel and one debugger. */
  processors(k: Kernel, control: DebugControl, order: OrderState): { readonly ppeThreads: readonly PpeThread[]; readonly speThreads: readonly SpeThread[] } {
    return {
      ppeThreads: k.state.cpus.map((cpu) => new PpeThread(k, cpu, this.ppeHardware(cpu.id), control, order)),
      speThreads: this.spes.map((spe, number) => {
        const engine = this.speEngines[number];
        const clock = this.clocks[number];
        const watches = this.localWatches[number];
        if (!engine || !clock || !watches) throw new Error(`SPE ${String(number)} has no engine.`);
        return new SpeThread(k, number, spe, engine, clock, control, watches, order);
      }),
    };
  }

  /** Does a piece of what the engines have to do before they first run; true while there is more. One SPE stands for all: those that follow take less. */
  prepare(isForSpu: boolean): boolean {
    return this.ppeEngines.some((engine) => engine.prepare()) || (isForSpu && this.speEngines[0]?.prepare() === true);
  }

  /** Registers of the task that is on a CPU. */
  registersOf(cpu: number): PpeRegisters | undefined {
    return this.ppeRegisters[cpu];
  }

  /** Effective addresses whose instruction stops the PPE. */
  setBreakpoints(addresses: Iterable<number>): void {
    const list = [...addresses];
    for (const engine of this.ppeEngines) engine.setBreakpoints(list);
  }

  /** The time bases stand where their threads do. */
  setTimeBases(cpus: readonly { readonly cycle: number }[]): void {
    this.ppeEngines.forEach((_, cpu) => {
      const { state } = this.ppeHardware(cpu);
      setTimeBase(new DataView(state.buffer, state.byteOffset, state.byteLength), cpus[cpu]?.cycle ?? 0);
    });
  }

  private ppeHardware(cpu: number): PpeHardware {
    const engine = this.ppeEngines[cpu];
    const registers = this.ppeRegisters[cpu];
    if (!engine || !registers) throw new Error(`PPE thread ${String(cpu)} has no engine.`);
    return { engine, mmu: this.mmuOf(cpu), state: registers.bytes };
  }

  private newSpe(place: SpeLayout, number: number): Spe {
    const { owner, mmu } = this;
    const event: EventAction = { kind: 'spe', spe: number };
    const blockMoves = (block: MovingBlock): void => { this.tellBlock(number, place.localStore, block); };
    return {
      state: newSpeState(),
      registers: new SpuRegisters(this.bytes.subarray(place.state, place.state + SPU_STATE_BYTES)),
      ports: {
        memory: this.bytes,
        localStore: place.localStore,
        now: () => owner.now(),
        schedule: (cycle) => { owner.schedule(cycle, event); },
        translate: (eaHigh, eaLow, store) => this.mfcOf(number).translate(eaHigh, eaLow, store),
        readRegisters: (physical, into) => { this.mmu.readPhysical(physical, into); },
        writeRegisters: (physical, from) => { this.mmu.writePhysical(physical, from); },
        raiseInterrupt: (interruptClass, bits) => { speInterrupt(owner.kernel(), number, interruptClass, bits); },
        wake: () => {
          owner.speWoken(number);
          speChanged(owner.kernel(), number);
        },
        stopped: () => { speChanged(owner.kernel(), number); },
        commandDone: (command) => { commandDone(owner.kernel(), number, command); },
        ...(owner.takesMail && { takesMail: owner.takesMail }),
        endRun: () => { this.speEngines[number]?.requestStop(); },
        watchLine: (offset) => { this.mmu.watchLine(offset); },
        get blockMoves() { return mmu.watches.any ? blockMoves : undefined; },
        memoryWritten: (offset, bytes) => { this.mmu.memoryWritten(offset, bytes); },
      },
    };
  }

  /** Both ends of a block that an MFC moves. */
  private tellBlock(spe: number, localStore: number, { eaHigh, eaLow, offset, lsa, bytes, store }: MovingBlock): void {
    const { watches } = this.mmu;
    const by = { kind: 'mfc', spe } as const;
    const mm = this.owner.kernel().state.spufs.slots[spe]?.context?.owner?.contextId;
    watches.accessed({ by, mm, ea: toAddress(eaHigh, eaLow), host: offset, bytes, store });
    watches.accessed({ by, mm: undefined, ea: undefined, host: localStore + lsa, bytes, store: !store });
  }

  private registerPort(): RegisterPort {
    return {
      read: (spe, offset) => readProblemState(this.speOf(spe), offset),
      write: (spe, offset, value) => { writeProblemState(this.speOf(spe), offset, value, this.owner.now()); },
    };
  }

  private speOf(number: number): Spe {
    const spe = this.spes[number];
    if (!spe) throw new Error(`The machine has no SPE ${String(number)}.`);
    return spe;
  }

  private mmuOf(cpu: number): PpeMmu {
    const mmu = this.mmu.ppe[cpu];
    if (!mmu) throw new Error(`PPE thread ${String(cpu)} has no MMU.`);
    return mmu;
  }

  private mfcOf(spe: number): MfcMmu {
    const mfc = this.mmu.mfc[spe];
    if (!mfc) throw new Error(`SPE ${String(spe)} has no MMU.`);
    return mfc;
  }
}
