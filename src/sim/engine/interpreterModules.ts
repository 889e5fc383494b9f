/** The compiled interpreters of an instruction set: made when a processor first runs, and kept for the next machine. */
import type { Forms } from './forms.ts';
import { generateInterpreter } from './interpreter.ts';
import type { ProcessorPlace } from './interpreterParts.ts';

/** Enough for a machine or two; the one that was made first makes room. */
const MOST_KEPT = 24;

export class InterpreterModules {
  /** By all that is built into one. */
  private readonly kept = new Map<string, WebAssembly.Module>();
  /** Those that are being made, by the same. */
  private readonly begun = new Map<string, Generator<undefined, WebAssembly.Module>>();

  constructor(readonly forms: Forms) {}

  /** Does a piece of what `of` would have to do: some milliseconds of work. True while there is more. */
  prepare(processor: ProcessorPlace, memoryPages: number): boolean {
    if (this.kept.has(keyOf(processor, memoryPages))) return false;
    if (!this.forms.prepare()) this.advance(processor, memoryPages);
    return true;
  }

  of(processor: ProcessorPlace, memoryPages: number): WebAssembly.Module {
    const key = keyOf(processor, memoryPages);
    for (let module = this.kept.get(key); ; module = this.advance(processor, memoryPages)) if (module) return module;
  }

  private advance(processor: ProcessorPlace, memoryPages: number): WebAssembly.Module | undefined {
    const key = keyOf(processor, memoryPages);
    const work = this.begun.get(key) ?? this.compile(processor, memoryPages);
    this.begun.set(key, work);
    const { done, value } = work.next();
    if (done !== true) return undefined;
    this.begun.delete(key);
    const [oldest] = this.kept.keys();
    if (oldest !== undefined && this.kept.size === MOST_KEPT) this.kept.delete(oldest);
    this.kept.set(key, value);
    return value;
  }

  private* compile(processor: ProcessorPlace, memoryPages: number): Generator<undefined, WebAssembly.Module> {
    const { forms, isa: { pcOffset, illegal, helpers } } = this.forms;
    return new WebAssembly.Module(yield* generateInterpreter({ forms, pcOffset, illegal, helpers, memoryPages, processor }));
  }
}

function keyOf(processor: ProcessorPlace, memoryPages: number): string {
  return JSON.stringify([processor, memoryPages]);
}
