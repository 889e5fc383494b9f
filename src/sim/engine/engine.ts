/**
 * Runs the instructions of one processor. The interpreter is generated and compiled at the
 * first run. V8 does not replace a running function by its optimised version, so the first
 * runs should be short (some thousand instructions).
 */
import type { CodeWatch, CodeWatcher } from './codeWatch.ts';
import { EXIT } from './exits.ts';
import { helperImport } from './gates.ts';
import type { InterpreterModules } from './interpreterModules.ts';
import type { ProcessorPlace } from './interpreterParts.ts';
import { CELL, STATE_BYTES } from './layout.ts';
import { FORM, type MemoryViews, viewsOf } from './record.ts';
import { toAddress } from './tlb.ts';
import { IMPORT_MEMORY, IMPORT_MODULE } from './wasm.ts';

export type Helpers = Readonly<Record<string, (...args: number[]) => number>>;

export interface EngineParts {
  /** Other processors and other machines may have them too. */
  readonly modules: InterpreterModules;
  /** A new memory: nothing but zeros where records will be. */
  readonly memory: WebAssembly.Memory;
  /** One for all engines of a memory. */
  readonly watch: CodeWatch;
  /** The helpers that the instruction set declares. */
  readonly helpers: Helpers;
  /** The instruction at an address is executed for the first time since its word was last written. */
  readonly firstExecuted?: (address: number) => void;
}

/** The decoded code of a processor. */
interface DecodedCode {
  /** Host offset of a record's instruction, whose page counts as code from now on. */
  claim(record: number): number;
  nearTarget(record: number, displacement: number): number | undefined;
  isGuarded(record: number): boolean;
  setBreakpoints(addresses: Iterable<number>): void;
  reset(): void;
}

const LARGEST_BUDGET = 0x7fff_ffff;

type Run = (left: number) => number;

export abstract class Engine implements CodeWatcher {
  protected readonly views: MemoryViews;
  protected abstract readonly code: DecodedCode;
  private readonly pcAt: number;
  private compiled: Run | undefined;
  private breakpoints: ReadonlySet<number> = new Set();
  private stopping = false;
  /** A breakpoint on the first instruction of the run is passed. */
  private passes = false;
  /** The instruction at a breakpoint while it is executed, and the budget for what follows. */
  private lifted: { readonly record: number; readonly rest: number } | undefined;
  /** The host is called between two instructions, not within one. */
  protected isFetching = false;

  protected constructor(protected readonly parts: EngineParts, private place: ProcessorPlace) {
    const { isa } = parts.modules.forms;
    if (isa.stateBytes > STATE_BYTES) {
      throw new RangeError(`The state of ${isa.name} takes ${String(isa.stateBytes)} bytes; the layout has ${String(STATE_BYTES)}.`);
    }
    this.views = viewsOf(parts.memory.buffer);
    this.pcAt = (place.layout.state + isa.pcOffset) >>> 2;
    this.setCell(CELL.left, 0);
    this.setCell(CELL.bias, -1);
  }

  abstract dropRecords(hostOffset: number, length: number): void;
  abstract forbidWrites(hostPage: number): void;
  /** What the interpreter imports besides `decode` and the helpers. */
  protected abstract imports(): Readonly<Record<string, (...args: number[]) => number>>;

  /**
   * Executes up to `budget` instructions (never more than 2^31 - 1) from the program counter
   * in the state, and returns why it stopped: `EXIT` or a code of the instruction set. `passBreakpoint`:
   * a breakpoint on the first instruction does not stop it.
   */
  run(budget: number, passBreakpoint = false): number {
    this.compiled ??= this.compile();
    this.stopping = false;
    this.passes = passBreakpoint;
    const left = Math.min(budget, LARGEST_BUDGET);
    this.setCell(CELL.bias, left - 1);
    let code = this.compiled(left);
    for (let rest = this.guardAgain(); rest > 0 && code === EXIT.budget; rest = this.guardAgain()) {
      this.setCell(CELL.bias, this.cell(CELL.bias) + rest);
      code = this.compiled(rest);
    }
    return this.outcome(code);
  }

  /** Does a piece of what the first run would have to do before it can begin: some milliseconds of work. True while there is more. */
  prepare(): boolean {
    if (this.compiled) return false;
    if (this.parts.modules.prepare(this.place, this.memoryPages)) return true;
    this.compiled = this.compile();
    return false;
  }

  /** Instructions that the last run completed. */
  get executed(): number {
    return this.cell(CELL.bias) + 1 - this.cell(CELL.left);
  }

  /** During a call of the host: instructions that this run has completed so far. */
  get elapsed(): number {
    return this.isFetching ? this.executed : this.executed - 1;
  }

  /** The program counter, exact between runs and during calls of the host. */
  get pc(): number {
    return toAddress(this.views.i32[this.pcAt + 1] ?? 0, this.views.i32[this.pcAt] ?? 0);
  }

  set pc(address: number) {
    this.views.i32[this.pcAt] = address | 0;
    this.views.i32[this.pcAt + 1] = Math.floor(address / 0x1_0000_0000) | 0;
  }

  /** From within a call of the host: ends the run after the current instruction. */
  requestStop(): void {
    this.stopping = true;
    this.takeRest();
  }

  /** Replaces the breakpoints; addresses as the program counter has them. */
  setBreakpoints(addresses: Iterable<number>): void {
    this.breakpoints = new Set(addresses);
    this.code.setBreakpoints(this.breakpoints);
  }

  /** Bytes of memory were changed by something else than this machine's processors. */
  invalidateCode(hostOffset: number, length: number): void {
    this.parts.watch.written(hostOffset, length);
  }

  /** The next run is one of another interpreter of the same processor. */
  protected useInterpreter(place: ProcessorPlace): void {
    this.place = place;
    this.compiled = undefined;
  }

  /** Forgets all that was derived from memory, for when memory was replaced. */
  reset(): void {
    this.code.reset();
  }

  private outcome(code: number): number {
    return code === EXIT.budget && this.stopping ? EXIT.stopRequested : code;
  }

  /** Puts a lifted record back; returns the budget that is left after its instruction. */
  private guardAgain(): number {
    const { lifted } = this;
    if (!lifted) return 0;
    this.lifted = undefined;
    this.views.u16[lifted.record >>> 1] = FORM.undecoded;
    return this.stopping ? 0 : lifted.rest;
  }

  /** Leaves no budget after the current instruction, and returns what there was. */
  private takeRest(): number {
    const rest = this.cell(CELL.left);
    this.setCell(CELL.left, 0);
    this.setCell(CELL.bias, this.cell(CELL.bias) - rest);
    return rest;
  }

  private get memoryPages(): number {
    return this.parts.memory.buffer.byteLength >>> 16;
  }

  private cell(offset: number): number {
    return this.views.i32[(this.place.layout.cells + offset) >>> 2] ?? 0;
  }

  private setCell(offset: number, value: number): void {
    this.views.i32[(this.place.layout.cells + offset) >>> 2] = value;
  }

  private compile(): Run {
    const { modules, memory, helpers } = this.parts;
    const { isa } = modules.forms;
    const module = modules.of(this.place, this.memoryPages);
    const imported: Record<string, unknown> = { ...this.imports(), decode: () => this.decode(this.cell(CELL.record) >>> 0), [IMPORT_MEMORY]: memory };
    for (const name of Object.keys(isa.helpers)) {
      const helper = helpers[name];
      if (!helper) throw new Error(`The instruction set ${isa.name} needs a helper "${name}", and the engine was given none.`);
      imported[helperImport(name)] = helper;
    }
    const { exports } = new WebAssembly.Instance(module, { [IMPORT_MODULE]: imported });
    return exports['run'] as Run;
  }

  /** Fills a record; 0 stops at a breakpoint. */
  private decode(record: number): number {
    const isGuarded = this.code.isGuarded(record);
    if (isGuarded && !(this.passes && this.elapsed === 0) && this.breakpoints.has(this.pc)) return 0;
    const word = this.views.data.getInt32(this.code.claim(record));
    const form = this.parts.modules.forms.decode(this.views, record, word, (displacement) => this.code.nearTarget(record, displacement));
    this.views.u16[record >>> 1] = form;
    this.parts.firstExecuted?.(this.pc);
    // A run of its own for this instruction, after which the record is guarded again.
    if (isGuarded) this.lifted = { record, rest: this.takeRest() };
    return 1;
  }
}
