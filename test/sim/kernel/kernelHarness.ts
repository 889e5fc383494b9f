/**
 * A kernel with memory, MMUs and tasks but no engines: tests make accesses, and the harness
 * does what a PPE thread would (TLB, miss, page-fault path, the access again). Tasks take
 * turns step by step, on one clock.
 */
import { ACCESS } from '../../../src/sim/engine/access.ts';
import { CodeWatch } from '../../../src/sim/engine/codeWatch.ts';
import { machineLayout, type MachineLayout } from '../../../src/sim/engine/layout.ts';
import { addEvent, takeDueEvent } from '../../../src/sim/kernel/events.ts';
import { pageFaultLocals } from '../../../src/sim/kernel/fault/doPageFault.ts';
import { readFaults } from '../../../src/sim/kernel/fault/log.ts';
import type { FaultRecord } from '../../../src/sim/kernel/fault/state.ts';
import { emptyFile, newInode } from '../../../src/sim/kernel/files/inode.ts';
import { newOpenFile } from '../../../src/sim/kernel/files/references.ts';
import type { DeviceAnswer, OpenFile } from '../../../src/sim/kernel/files/state.ts';
import type { Kernel, MachineConfiguration } from '../../../src/sim/kernel/kernel.ts';
import { frameHost, takePage } from '../../../src/sim/kernel/mm/frames.ts';
import { anonymousMemory, MAP, mapRegion, mappableFile, PROT, type MappingSource } from '../../../src/sim/kernel/mm/mappings.ts';
import { addToCache } from '../../../src/sim/kernel/mm/pageCache.ts';
import { newMm } from '../../../src/sim/kernel/mm/mm.ts';
import type { Mm, ScriptedFailure } from '../../../src/sim/kernel/mm/state.ts';
import { newKernelState } from '../../../src/sim/kernel/newState.ts';
import { newFrame, type PathLocals, type PathName } from '../../../src/sim/kernel/path.ts';
import { profileOf, type ProfileChoice } from '../../../src/sim/kernel/profile/lookup.ts';
import { dequeueSignal, signalPending } from '../../../src/sim/kernel/signal/pending.ts';
import type { SignalInfo } from '../../../src/sim/kernel/signal/state.ts';
import { advance } from '../../../src/sim/kernel/runtime.ts';
import { newGroup, newTask } from '../../../src/sim/kernel/task/create.ts';
import type { Task } from '../../../src/sim/kernel/state.ts';
import { runEvent } from '../../../src/sim/run/eventActions.ts';
import { MemoryManagement } from '../../../src/sim/mmu/memoryManagement.ts';
import type { SoftwareTlb } from '../../../src/sim/mmu/ppeMmu.ts';
import { PpeRegisters } from '../../../src/sim/ppe/registers.ts';
import { TimelineLog } from '../../../src/sim/timeline/log.ts';

export interface HarnessOptions {
  readonly kernel?: ProfileChoice;
  readonly pageBytes?: 4096 | 65536;
  readonly ramBytes?: number;
  readonly threads?: number;
  readonly spes?: number;
  readonly mappingLimits?: ReadonlyMap<string, number>;
  readonly swapBytes?: number;
  readonly uid?: number;
  readonly failures?: readonly ScriptedFailure[];
}

/** How an access ended. */
export type AccessEnd =
  | { readonly kind: 'done'; readonly physical: number }
  | { readonly kind: 'signal'; readonly info: SignalInfo }
  | { readonly kind: 'dead' };

const WORD = 2 ** 32;
const MOST_STEPS = 100_000;

export function high(ea: number): number { return Math.floor(ea / WORD) | 0; }
export function low(ea: number): number { return (ea % WORD) | 0; }

/** What the engine's TLBs do, in Maps that a test can look into. */
export class RecordingTlb implements SoftwareTlb {
  readonly reads = new Map<number, number>();
  readonly writes = new Map<number, number>();

  fillRead(eaHigh: number, eaLow: number, host: number): void { this.reads.set(pageOf(eaHigh, eaLow), host - (host % 4096)); }
  fillWrite(eaHigh: number, eaLow: number, host: number): void { this.writes.set(pageOf(eaHigh, eaLow), host - (host % 4096)); }
  flushTlb(): void { this.reads.clear(); this.writes.clear(); }

  dropTranslation(eaHigh: number, eaLow: number): void {
    this.reads.delete(pageOf(eaHigh, eaLow));
    this.writes.delete(pageOf(eaHigh, eaLow));
  }

  forbidWrites(hostPage: number): void {
    for (const [page, host] of this.writes) if (host === hostPage) this.writes.delete(page);
  }
}

function pageOf(eaHigh: number, eaLow: number): number {
  const ea = (eaHigh >>> 0) * WORD + (eaLow >>> 0);
  return ea - (ea % 4096);
}

export class Harness {
  readonly k: Kernel;
  readonly mmu: MemoryManagement;
  readonly tlbs: RecordingTlb[];
  readonly notices: string[] = [];
  /** Records as they were told to the debugger, with whether a signal was pending by then. */
  readonly decided: { readonly record: FaultRecord; readonly pending: boolean }[] = [];
  readonly registerWrites: string[] = [];
  readonly hostFiles = new Map<string, Uint8Array>();
  cycle = 0;
  private readonly layout: MachineLayout;

  constructor(options: HarnessOptions = {}) {
    const { kernel, pageBytes = 4096, ramBytes = 4 << 20, threads = 2, spes = 1, mappingLimits, swapBytes = 0, failures = [], uid = 1000 } = options;
    const layout = machineLayout({ ppeThreads: threads, spes, ramBytes });
    this.layout = layout;
    const memory = new WebAssembly.Memory({ initial: layout.totalBytes / 65536, maximum: layout.totalBytes / 65536 });
    const configuration: MachineConfiguration = {
      ramBytes, pageBytes, spes, ppeThreads: threads, cyclesPerSecond: 79_800_000, uid, devices: [], swapBytes, failures, ...(mappingLimits ? { mappingLimits } : {}),
    };
    const owner = { state: newKernelState(configuration, false) };
    this.mmu = new MemoryManagement({
      owner, layout, memory: memory.buffer, pageBytes, refusesEntry: () => false, watch: new CodeWatch(layout.totalBytes),
      lines: { take: () => undefined, isOnPage: () => false },
      registers: {
        read: (spe, offset) => 0x1234_0000 + spe * 0x100_0000 + offset,
        write: (spe, offset, value) => { this.registerWrites.push(`${String(spe)}:${offset.toString(16)}=${value.toString(16)}`); },
      },
    });
    this.tlbs = this.mmu.ppe.map(() => new RecordingTlb());
    this.mmu.ppe.forEach((ppe, cpu) => {
      const tlb = this.tlbs[cpu];
      if (tlb) ppe.attach(tlb, this.mmu.ppe.filter((other) => other !== ppe));
    });
    this.k = {
      state: owner.state, profile: profileOf(kernel), configuration, memory: new Uint8Array(memory.buffer), mmu: this.mmu, spes: [],
      hostFiles: { list: () => undefined, read: (path) => this.hostFiles.get(path) },
      timeline: new TimelineLog(),
      now: () => this.cycle,
      charge: (cycles) => { this.cycle += cycles; },
      registers: (task) => new PpeRegisters(task.registers),
      schedule: (cycle, action) => { addEvent(owner.state, cycle, action); },
      output: () => undefined,
      illegalInstruction: () => undefined,
      notice: (text) => { this.notices.push(text); },
      faultDecided: (record) => {
        const task = owner.state.tasks.get(record.task);
        this.decided.push({ record: structuredClone(record), pending: task !== undefined && signalPending(task) });
      },
    };
  }

  /** A task of a new address space, or a further thread of `sibling`'s. Each is on a CPU of its own while there are enough. */
  task(sibling?: Task): Task {
    const group = sibling?.group ?? newGroup(this.k, {
      parent: undefined, processGroup: 0, session: 0, limits: new Map(), exitSignal: 0, executable: '/bin/test', arguments: [], cwd: '/', umask: 0,
      handlers: { actions: new Map() }, files: new Map(), closeOnExec: new Set(),
    });
    const mm: Mm = sibling?.mm ?? newMm(this.k);
    if (sibling) mm.users += 1;
    const task = newTask(this.k, group, mm, 'test');
    task.state = 'running';
    task.cpu = (this.k.state.tasks.size - 1) % this.tlbs.length;
    const cpu = this.k.state.cpus[task.cpu];
    if (cpu) cpu.current = task;
    this.mmu.switchTo(task.cpu, task);
    return task;
  }

  /** State of the hardware thread that a task is on. */
  stateOf(task: Task): DataView {
    return new DataView(this.k.memory.buffer, this.layout.ppeThreads[task.cpu ?? 0]?.state);
  }

  registers(task: Task): PpeRegisters {
    return new PpeRegisters(task.registers);
  }

  map(task: Task, bytes: number, settings: { at?: number; prot?: number; shared?: boolean; source?: MappingSource; offset?: number; flags?: number } = {}): number {
    const { at, prot = PROT.READ | PROT.WRITE, shared = false, source = anonymousMemory(), offset = 0, flags = 0 } = settings;
    const kind = (shared ? MAP.SHARED : MAP.PRIVATE) | (at === undefined ? 0 : MAP.FIXED) | flags;
    return mapRegion(this.k, task.mm, { address: at ?? 0, length: bytes, protection: prot, flags: kind, offset, source });
  }

  /** An open file in memory. `cached` says whether its pages are in the page cache, else they have to come from the disk. */
  file(path: string, bytes: Uint8Array, cached: boolean): OpenFile {
    const { k } = this;
    if (!cached) this.hostFiles.set(path, bytes);
    const content = cached ? emptyFile(bytes.length) : { kind: 'host', path, size: bytes.length } as const;
    const inode = newInode(k.state.files, path, 0o100666, content);
    for (let at = 0; cached && at < bytes.length; at += k.configuration.pageBytes) {
      const frame = takePage(k, false);
      if (frame === undefined) throw new Error('no frame');
      k.memory.set(bytes.subarray(at, at + k.configuration.pageBytes), frameHost(k, frame));
      addToCache(k, inode, at / k.configuration.pageBytes, frame);
    }
    return newOpenFile(inode, 2);
  }

  source(file: OpenFile): MappingSource {
    const source = mappableFile(file);
    if (typeof source === 'number') throw new Error(`cannot map: ${String(source)}`);
    return source;
  }

  device(name: string, answers: readonly Partial<DeviceAnswer>[], size = 0x10000): MappingSource {
    const script = { name, size, answers: answers.map((answer): DeviceAnswer => ({ answer: 'page', count: 1, cycles: 0, interruptible: false, ...answer })) };
    const device = { script, position: 0, given: 0, queue: { name: `/dev/${name}`, waiters: [] } };
    return this.source(newOpenFile(newInode(this.k.state.files, `/dev/${name}`, 0o020666, { kind: 'device', device }), 2));
  }

  /** Makes an access until it succeeds or a signal or death comes of it; other tasks' paths go on meanwhile. */
  access(task: Task, ea: number, kind: 'read' | 'write' | 'execute' = 'read', bytes = 4): AccessEnd {
    for (let tries = 0; tries < 100; tries += 1) {
      const physical = this.tryAccess(task, ea, kind, bytes);
      if (physical !== undefined) return { kind: 'done', physical };
      this.enterFault(task);
      this.run();
      if (task.state === 'dead' || task.state === 'zombie') return { kind: 'dead' };
      const info = dequeueSignal(task);
      if (info) return { kind: 'signal', info };
    }
    throw new Error('The access was made 100 times without an end.');
  }

  /** One try, as the engine makes it: through the TLB, else by a miss. */
  tryAccess(task: Task, ea: number, kind: 'read' | 'write' | 'execute', bytes = 4): number | undefined {
    const cpu = task.cpu ?? 0;
    const tlb = this.tlbs[cpu];
    const page = ea - (ea % 4096);
    const within = (ea % 4096) + bytes <= 4096;
    const hit = within ? (kind === 'write' ? tlb?.writes : kind === 'read' ? tlb?.reads : undefined)?.get(page) : undefined;
    if (hit !== undefined) return hit + (ea % 4096);
    const ppe = this.mmu.ppe[cpu];
    const host = kind === 'execute'
      ? ppe?.fetch(high(ea), low(ea))
      : ppe?.miss(high(ea), low(ea), bytes | (kind === 'write' ? ACCESS.store : 0));
    return host === 0 ? undefined : host;
  }

  /** Starts do_page_fault for the fault that the task's thread has just had. */
  enterFault(task: Task): void {
    const fault = this.mmu.ppe[task.cpu ?? 0]?.takeFault();
    if (fault) task.kernelStack.push(newFrame('do_page_fault', pageFaultLocals(this.k, task, fault, 'ppe')));
  }

  /** Runs a path on a task to its end; answers what it returned, which the frame below it gets. */
  call<K extends PathName>(task: Task, name: K, locals: PathLocals[K]): number {
    const caller = newFrame('do_brk', { brk: 0 });
    task.kernelStack.push(caller, newFrame(name, locals));
    this.run(task, 1);
    task.kernelStack.pop();
    return caller.returned;
  }

  /**
   * Runs kernel paths, one step each in turn, until none can go on, or until `until` has only
   * `depth` frames left. Idle time is skipped.
   */
  run(until?: Task, depth = 0): void {
    for (let steps = 0; steps < MOST_STEPS; steps += 1) {
      if (until?.kernelStack.length === depth) return;
      const busy = [...this.k.state.tasks.values()].filter((t) => t.kernelStack.length > 0);
      const ready = busy.filter((t) => t.state === 'running' || t.state === 'ready');
      if (busy.length === 0 || (ready.length === 0 && !this.nextEvent())) return;
      for (const task of ready) this.step(task);
    }
    throw new Error('The kernel did not come to rest.');
  }

  step(task: Task): void {
    this.cycle += this.k.profile.cost.step;
    advance(this.k, task);
  }

  /** Time goes on to the next event; false when there is none. */
  nextEvent(): boolean {
    const event = this.k.state.events[0];
    if (!event) return false;
    this.cycle = Math.max(this.cycle, event.cycle);
    const due = takeDueEvent(this.k.state, this.cycle);
    if (due) runEvent(this.k, due.action);
    return true;
  }

  faults(): FaultRecord[] {
    return readFaults(this.k.state.faults, 0, this.k.state.faults.count);
  }
}
