/** `.if` and its kin: which statements count. */
import type { ProgramError, SourcePlace } from '../program.ts';
import { StatementError } from './error.ts';

interface Branch {
  /** The statements of this branch are read. */
  active: boolean;
  /** Some branch was read, or none may be: the `.if` stands in a branch that is not. */
  settled: boolean;
  inElse: boolean;
  readonly place: SourcePlace;
}

export class Conditionals {
  private readonly open: Branch[] = [];

  get active(): boolean {
    return this.open.at(-1)?.active ?? true;
  }

  get depth(): number {
    return this.open.length;
  }

  if(condition: () => boolean, place: SourcePlace): void {
    const outer = this.active;
    const branch = { active: false, settled: !outer, inElse: false, place };
    this.open.push(branch);
    if (!outer) return;
    branch.active = condition();
    branch.settled = branch.active;
  }

  elseIf(condition: () => boolean): void {
    const branch = this.innermost('.elseif');
    branch.active = false;
    if (branch.settled) return;
    branch.active = condition();
    branch.settled = branch.active;
  }

  else(): void {
    const branch = this.innermost('.else');
    branch.active = !branch.settled;
    branch.settled = true;
    branch.inElse = true;
  }

  endIf(): void {
    if (!this.open.pop()) throw new StatementError('There is no .if for this .endif.');
  }

  /** Forgets the innermost ones, as `.exitm` does. */
  closeTo(depth: number): void {
    this.open.length = Math.min(this.open.length, depth);
  }

  /** Errors for the conditionals that are open at the end of the program. */
  unclosed(): ProgramError[] {
    return this.open.map(({ place }) => ({ ...place, message: 'This conditional is not closed: write .endif where it ends.', mistake: { code: 'not-closed', end: '.endif' } }));
  }

  private innermost(directive: string): Branch {
    const branch = this.open.at(-1);
    if (!branch) throw new StatementError(`There is no .if for this ${directive}.`);
    if (branch.inElse) throw new StatementError(`${directive} cannot follow .else: write .endif first.`);
    return branch;
  }
}
