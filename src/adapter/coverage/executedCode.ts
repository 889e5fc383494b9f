/**
 * Which instructions have run: told by the engine when it decodes them, which it does when they are first
 * executed. So it is exact, and costs nothing while they run again; how often they ran is not known.
 */
import type { CodeUnit } from '../code/codeUnit.ts';

const NOTHING: ReadonlySet<number> = new Set();

export class ExecutedCode {
  private readonly addresses = new Map<CodeUnit, Set<number>>();

  /** Code that is no part of the program has no lines to show it on. */
  mark(unit: CodeUnit | undefined, address: number): void {
    if (!unit) return;
    const known = this.addresses.get(unit);
    if (known) known.add(address);
    else this.addresses.set(unit, new Set([address]));
  }

  /** Addresses of a unit's instructions that were begun; one that faulted and never got further is among them. */
  of(unit: CodeUnit): ReadonlySet<number> {
    return this.addresses.get(unit) ?? NOTHING;
  }
}
