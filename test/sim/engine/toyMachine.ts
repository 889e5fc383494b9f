/** A machine for tests of the engine: one toy processor whose pages map where the test says. */
import { ACCESS } from '../../../src/sim/engine/access.ts';
import { CodeWatch } from '../../../src/sim/engine/codeWatch.ts';
import type { Helpers } from '../../../src/sim/engine/engine.ts';
import { FormTable } from '../../../src/sim/engine/forms.ts';
import { InterpreterModules } from '../../../src/sim/engine/interpreterModules.ts';
import { machineLayout } from '../../../src/sim/engine/layout.ts';
import { MmuEngine, type MmuHost } from '../../../src/sim/engine/mmuEngine.ts';
import { TOY } from './toyIsa.ts';

export const PAGE = 4096;

export class ToyMachine implements MmuHost {
  readonly layout = machineLayout({ ppeThreads: 1, spes: 0, ramBytes: 4 << 20 });
  readonly memory = new WebAssembly.Memory({ initial: this.layout.totalBytes >>> 16, maximum: this.layout.totalBytes >>> 16 });
  readonly watch = new CodeWatch(this.layout.totalBytes);
  readonly data = new DataView(this.memory.buffer);
  /** RAM page number of an EA page number; data accesses and fetches alike. */
  readonly pages = new Map<bigint, number>();
  /** EA pages whose data accesses are never cached. */
  readonly uncached = new Set<bigint>();
  readonly log: string[] = [];
  readonly engine: MmuEngine;
  /** Addresses of the instructions that were executed for the first time, in order. */
  readonly firstExecuted: number[] = [];
  private pending: { readonly ea: bigint; readonly bytes: number } | undefined;

  constructor(helpers: Helpers = { ask: () => 0 }, isa = TOY) {
    const [layout] = this.layout.ppeThreads;
    if (!layout) throw new Error('The layout has no PPE thread.');
    this.state = layout.state;
    this.engine = new MmuEngine({ modules: new InterpreterModules(new FormTable(isa)), memory: this.memory, watch: this.watch, helpers, layout, host: this, firstExecuted: (address) => { this.firstExecuted.push(address); } });
  }

  readonly state: number;

  map(ea: number, ramPage: number): this {
    this.pages.set(BigInt(ea) >> 12n, ramPage);
    return this;
  }

  load(ea: number, words: readonly number[]): this {
    words.forEach((word, i) => { this.data.setUint32(this.hostOffset(BigInt(ea + i * 4)), word); });
    return this;
  }

  register(n: number): bigint { return this.data.getBigUint64(this.state + n * 8, true); }
  setRegister(n: number, value: bigint): void { this.data.setBigUint64(this.state + n * 8, value, true); }
  get registers(): bigint[] { return Array.from({ length: 16 }, (_, n) => this.register(n)); }

  /** Host offset of an address; 0 where nothing is mapped. */
  hostOffset(ea: bigint): number {
    const page = this.pages.get(ea >> 12n);
    return page === undefined ? 0 : this.layout.ram + page * PAGE + Number(ea & 0xfffn);
  }

  fetch(eaHigh: number, eaLow: number): number {
    const ea = join(eaHigh, eaLow);
    this.log.push(`fetch ${ea.toString(16)} after ${String(this.engine.elapsed)}`);
    return this.hostOffset(ea & ~0xfffn);
  }

  miss(eaHigh: number, eaLow: number, access: number): number {
    const ea = join(eaHigh, eaLow);
    const isStore = (access & ACCESS.store) !== 0;
    const bytes = access & ACCESS.bytes;
    this.log.push(`${isStore ? 'store' : 'load'}${String(bytes)} ${ea.toString(16)} at ${this.engine.pc.toString(16)} after ${String(this.engine.elapsed)}`);
    const last = ea + BigInt(bytes - 1);
    if (this.hostOffset(ea) === 0 || this.hostOffset(last) === 0) return 0;
    const crosses = ea >> 12n !== last >> 12n;
    if (!crosses && !this.uncached.has(ea >> 12n)) {
      if (isStore) this.engine.fillWrite(eaHigh, eaLow, this.hostOffset(ea));
      else this.engine.fillRead(eaHigh, eaLow, this.hostOffset(ea));
      return this.hostOffset(ea);
    }
    if (isStore) this.pending = { ea, bytes };
    else for (let i = 0; i < bytes; i++) this.data.setUint8(this.layout.scratch + i, this.data.getUint8(this.hostOffset(ea + BigInt(i))));
    return this.layout.scratch;
  }

  commit(): void {
    if (!this.pending) throw new Error('A commit came without a store.');
    const { ea, bytes } = this.pending;
    this.pending = undefined;
    this.log.push(`commit${String(bytes)} ${ea.toString(16)}`);
    for (let i = 0; i < bytes; i++) {
      const at = this.hostOffset(ea + BigInt(i));
      this.data.setUint8(at, this.data.getUint8(this.layout.scratch + i));
      this.watch.written(at, 1);
    }
  }
}

function join(high: number, low: number): bigint {
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}
