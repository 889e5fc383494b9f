/** One SPE as a processor: runs the SPU of the context that is bound to it. */
import { EXIT } from '../engine/exits.ts';
import type { LocalStoreEngine } from '../engine/localStoreEngine.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { SpuContext } from '../kernel/spufs/state.ts';
import { SPU_EXIT } from '../spe/exits.ts';
import { contextChanged } from '../timeline/record.ts';
import { canExecute, spuLeft, takeInterrupt } from '../spe/run.ts';
import type { Spe } from '../spe/spe.ts';
import type { LocalWatches } from './localWatches.ts';
import { type OrderState, placeOf } from './order.ts';
import type { Processor, Slice } from './slice.ts';
import { type DebugControl, isSteppingContext, type Stop, takePending } from './stop.ts';

/** Its simulated time: plain data, part of the machine's state. */
export interface SpeClock {
  cycle: number;
}

export class SpeThread implements Processor {
  private inEngine = false;
  private breakpoints: ReadonlySet<number> | undefined;
  private reported: { readonly context: SpuContext; readonly address: number } | undefined;

  constructor(
    private readonly k: Kernel,
    readonly number: number,
    readonly spe: Spe,
    readonly engine: LocalStoreEngine,
    private readonly clock: SpeClock,
    private readonly control: DebugControl,
    private readonly watches: LocalWatches,
    private readonly order: OrderState,
  ) {}

  get cycle(): number {
    return this.clock.cycle;
  }

  get runnable(): boolean {
    return canExecute(this.spe.state) && this.mayRun();
  }

  get now(): number {
    return this.clock.cycle + (this.inEngine ? this.engine.elapsed : 0);
  }

  charge(cycles: number): void {
    this.clock.cycle += cycles;
  }

  /** A piece of what its engine has to do before it first runs; true while there is more. */
  prepare(): boolean {
    return this.engine.prepare();
  }

  interruptEngine(): void {
    if (this.inEngine) this.engine.requestStop();
  }

  /** The SPU has something to do from a cycle on; its clock stood still until then. */
  wakeAt(cycle: number): void {
    if (!this.inEngine) this.clock.cycle = Math.max(this.clock.cycle, cycle);
  }

  run(slice: Slice, limit: number): Stop | undefined {
    while (this.runnable && this.clock.cycle < Math.min(slice.end, limit)) {
      const context = this.k.state.spufs.slots[this.number]?.context;
      if (!context) return undefined;
      const left = this.control.until - placeOf(this.k.state, this.order);
      if (left <= 0) return undefined;
      const stop = this.turn(context, Math.min(slice.end, limit, this.clock.cycle + left));
      if (stop) return stop;
    }
    return undefined;
  }

  private mayRun(): boolean {
    const { only } = this.control;
    return only === undefined || (only.kind === 'context' && this.k.state.spufs.slots[this.number]?.context === only.context);
  }

  private turn(context: SpuContext, end: number): Stop | undefined {
    const { engine, clock } = this;
    if (takeInterrupt(this.spe)) {
      this.order.actions += 1;
      return undefined;
    }
    this.useBreakpoints(this.control.spuBreakpoints(context));
    this.watches.use(engine);
    const isSingle = isSteppingContext(this.control, context);
    const passes = this.reported?.context === context && this.reported.address === engine.pc;
    this.reported = undefined;
    this.inEngine = true;
    const code = engine.run(isSingle ? 1 : end - clock.cycle, passes);
    this.inEngine = false;
    clock.cycle += engine.executed;
    context.executed += engine.executed;
    this.k.state.instructions.spu += engine.executed;
    if (code === EXIT.breakpoint) {
      this.reported = { context, address: engine.pc };
      return { kind: 'breakpoint', runner: { kind: 'context', context }, address: engine.pc };
    }
    if (code >= SPU_EXIT.stop) {
      this.order.actions += 1;
      spuLeft(this.spe, code);
      contextChanged(this.k, context);
    }
    const pending = takePending(this.control);
    if (pending) return pending;
    return isSingle && engine.executed > 0 ? { kind: 'step', runner: { kind: 'context', context } } : undefined;
  }

  /** Breakpoints belong to contexts: another context on this SPE brings others. */
  private useBreakpoints(addresses: ReadonlySet<number>): void {
    if (addresses === this.breakpoints) return;
    this.breakpoints = addresses;
    this.engine.setBreakpoints(addresses);
  }
}
