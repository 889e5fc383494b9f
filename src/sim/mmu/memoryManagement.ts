/** The MMUs of a machine put together: one for each PPE thread and each MFC, and what the kernel asks of them. */
import type { CodeWatch } from '../engine/codeWatch.ts';
import type { MachineLayout } from '../engine/layout.ts';
import type { Mm } from '../kernel/mm/state.ts';
import type { Task } from '../kernel/state.ts';
import { HashRefill, READ, WRITE } from './hashPage.ts';
import { HashTable } from './hashtable.ts';
import { MfcMmu } from './mfcMmu.ts';
import type { Mmu } from './mmu.ts';
import type { MmuOwner } from './owner.ts';
import type { PageFault } from './pageFault.ts';
import { PhysicalMap } from './physical.ts';
import { PhysicalAccess, type RegisterPort } from './physicalAccess.ts';
import { PpeMmu } from './ppeMmu.ts';
import { SEGMENT_BYTES, vsidOf } from './slb.ts';
import type { LineReservations } from './reservations.ts';
import { walk, type TranslationUnit, type Walk } from './walk.ts';
import { Watches, type Watch, type WatchHit } from './watches.ts';

const WORD = 2 ** 32;
const FRAME_BYTES = 4096;

export interface MemoryManagementParts {
  readonly owner: MmuOwner;
  readonly layout: MachineLayout;
  readonly memory: ArrayBufferLike;
  /** The kernel's page size. */
  readonly pageBytes: number;
  /** Problem-state registers of the SPEs. */
  readonly registers: RegisterPort;
  /** The one that the machine's engines share. */
  readonly watch: CodeWatch;
  /** Of the SPEs. */
  readonly lines: LineReservations;
  /** Whether the hypervisor refuses a page's entry in the hash table. */
  readonly refusesEntry: (mm: Mm, ea: number) => boolean;
}

export class MemoryManagement implements Mmu {
  readonly ram: number;
  /** By PPE thread. Each is its engine's `host`, and is to be given its engine by `attach`. */
  readonly ppe: readonly PpeMmu[];
  /** By SPE. */
  readonly mfc: readonly MfcMmu[];
  readonly table: HashTable;
  private readonly map: PhysicalMap;
  private readonly access: PhysicalAccess;
  private readonly refill: HashRefill;
  readonly watches: Watches;

  constructor(private readonly parts: MemoryManagementParts) {
    const { owner, layout, memory, pageBytes, registers, lines } = parts;
    this.ram = layout.ram;
    this.map = new PhysicalMap(layout);
    this.access = new PhysicalAccess(this.map, memory, layout.scratch, registers, (host, bytes) => { this.memoryWritten(host, bytes); });
    this.table = new HashTable(memory, layout.htab, layout.htabBytes, Math.log2(pageBytes), owner);
    this.refill = new HashRefill(this.table, pageBytes, () => { this.flushTlbs(); }, parts.refusesEntry);
    this.watches = new Watches(owner, this.map, new Uint8Array(memory));
    const { refill, watches } = this;
    this.ppe = layout.ppeThreads.map((thread, cpu) =>
      new PpeMmu({ cpu, owner, layout: thread, memory, pageBytes, refill, physical: this.access, watches, lines }));
    this.mfc = layout.spes.map((_, spe) => new MfcMmu({ spe, owner, map: this.map, refill, pageBytes }));
  }

  hostOffset(frame: number): number | undefined {
    const host = this.map.hostOf(frame * FRAME_BYTES);
    return host < 0 ? undefined : host;
  }

  flushPage(mm: Mm, ea: number): void {
    const entry = this.table.find(vsidAt(mm, ea), ea % SEGMENT_BYTES);
    if (entry >= 0) this.table.invalidate(entry);
    for (const ppe of this.ppe) ppe.dropPage(mm, ea);
  }

  flushMm(mm: Mm): void {
    for (const ppe of this.ppe) ppe.dropMm(mm);
  }

  preload(mm: Mm, ea: number): void {
    this.refill.preload(mm, vsidAt(mm, ea), ea);
  }

  switchTo(cpu: number, { mm }: Task): void {
    this.threadOf(cpu).switchTo(mm);
  }

  translateForKernel(cpu: number, _mm: Mm, ea: number, write: boolean): number {
    return this.threadOf(cpu).translate(Math.floor(ea / WORD), (ea % WORD) | 0, write ? WRITE : READ);
  }

  takeKernelFault(cpu: number): PageFault {
    return this.threadOf(cpu).takeFault();
  }

  hashPage(mm: Mm, ea: number, write: boolean): boolean {
    const served = this.refill.refill(mm, vsidAt(mm, ea), ea, write ? WRITE : READ) === 'entered';
    if (served) this.parts.owner.state.counters.mfcHashRefill += 1;
    return served;
  }

  /** How an address of an address space is translated. */
  walk(unit: TranslationUnit | undefined, mm: Mm, ea: number): Walk {
    const { owner: { state: { mmu } }, layout, memory, pageBytes } = this.parts;
    const { table } = this;
    if (unit?.kind !== 'ppe') return walk({ table, pageBytes, slb: unit && mmu.mfcSlb[unit.spe], tlbs: undefined }, mm, ea);
    const isCurrent = mmu.ppeContext[unit.cpu] === mm.contextId;
    const thread = layout.ppeThreads[unit.cpu];
    return walk({ table, pageBytes, slb: isCurrent ? mmu.ppeSlb[unit.cpu] : undefined, tlbs: isCurrent && thread ? { layout: thread, memory } : undefined }, mm, ea);
  }

  flushMfc(spe: number): void {
    this.mfc[spe]?.flush();
  }

  contextMoved(): void {
    if (this.watches.any && this.watches.moved()) this.flushTlbs();
  }

  kernelAccess(cpu: number, { contextId }: Mm, ea: number, physical: number, bytes: number, store: boolean): void {
    if (this.watches.any) this.watches.accessed({ by: { kind: 'kernel', cpu }, mm: contextId, ea, host: this.map.hostOf(physical), bytes, store });
  }

  loadMfcSegment(spe: number, dar: bigint): boolean {
    return this.mfc[spe]?.loadSegment(Number(dar)) ?? false;
  }

  readPhysical(physical: number, into: Uint8Array): void {
    this.access.read(physical, into);
  }

  writePhysical(physical: number, bytes: Uint8Array): void {
    this.access.write(physical, bytes);
  }

  written(physical: number, bytes: number): void {
    const host = this.map.hostOf(physical);
    if (host >= 0) this.memoryWritten(host, bytes);
  }

  /** Bytes of memory at a host offset were written by something else than a PPE's plain store. */
  memoryWritten(hostOffset: number, bytes: number): void {
    this.parts.watch.written(hostOffset, bytes);
    for (const ppe of this.ppe) ppe.otherWrote(hostOffset, bytes);
    this.parts.lines.take(hostOffset, bytes);
  }

  /** An SPE has reserved the line at a host offset. */
  watchLine(hostOffset: number): void {
    for (const ppe of this.ppe) ppe.watchBlock(hostOffset);
  }

  /** Replaces the data watchpoints. */
  setWatches(watches: readonly Watch[], onHit: (hit: WatchHit) => void): void {
    this.watches.set(watches, onHit);
    this.flushTlbs();
  }

  /** Bytes of memory were replaced by those of another time. */
  replaced(hostOffset: number, bytes: number): void {
    this.parts.watch.written(hostOffset, bytes);
  }

  /** The state tree was replaced by that of another time, and memory where `replaced` said so. */
  restored(tasks: readonly Pick<Task, 'mm'>[]): void {
    for (const ppe of this.ppe) ppe.restored(tasks);
    this.watches.moved();
    this.flushTlbs();
  }

  /** The TLBs fill anew. */
  flushTlbs(): void {
    for (const ppe of this.ppe) ppe.dropTlb();
  }

  private threadOf(cpu: number): PpeMmu {
    const ppe = this.ppe[cpu];
    if (!ppe) throw new Error(`The machine has no PPE thread ${String(cpu)}.`);
    return ppe;
  }
}

function vsidAt(mm: Mm, ea: number): number {
  return vsidOf(mm.contextId, Math.floor(ea / SEGMENT_BYTES));
}
