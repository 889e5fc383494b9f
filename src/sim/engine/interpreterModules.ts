/** The compiled interpreters of an instruction set: made when a processor first runs, and kept for the next machine. */
import type { Forms } from './forms.ts';
import { generateInterpreter } from './interpreter.ts';
import type { ProcessorPlace } from './interpreterParts.ts';

/** Enough for a machine or two; the one that was made first makes room. */
const MOST_KEPT = 24;

export class InterpreterModules {
  /** By all that is built into one. */
  private readonly kept = new Map<string, WebAssembly.Module>();

  constructor(readonly forms: Forms) {}

  /** Does a piece of what `of` would have to do: some milliseconds of work. True while there is more. */
  prepare(processor: ProcessorPlace, memoryPages: number): boolean {
    if (this.kept.has(keyOf(processor, memoryPages))) return false;
    if (!this.forms.prepare()) this.of(processor, memoryPages);
    return true;
  }

  of(processor: ProcessorPlace, memoryPages: number): WebAssembly.Module {
    const key = keyOf(processor, memoryPages);
    const known = this.kept.get(key);
    if (known) return known;
    const [oldest] = this.kept.keys();
    if (oldest !== undefined && this.kept.size === MOST_KEPT) this.kept.delete(oldest);
    const module = this.compile(processor, memoryPages);
    this.kept.set(key, module);
    return module;
  }

  private compile(processor: ProcessorPlace, memoryPages: number): WebAssembly.Module {
    const { forms, isa: { pcOffset, illegal, helpers } } = this.forms;
    return new WebAssembly.Module(generateInterpreter({ forms, pcOffset, illegal, helpers, memoryPages, processor }));
  }
}

function keyOf(processor: ProcessorPlace, memoryPages: number): string {
  return JSON.stringify([processor, memoryPages]);
}
