/** A step that begins in user code or in an SPU program. */
import type { Runner } from '../../sim/run/stop.ts';
import { isSamePlace } from '../code/codeUnit.ts';
import { errors } from '../session/errors.ts';
import type { Granularity, StepInTarget, StepKind, StepPlan } from './plan.ts';
import type { Probe, Standing } from './probe.ts';

const INSTRUCTION = 4;
/** Instructions that a line may take one at a time; a loop in one line then runs freely up to the next line. */
const MOST_ON_LINE = 500;

/** Where the program runs to freely: a return address, or the place that a signal interrupted. */
interface Target {
  readonly addresses: readonly number[];
  readonly stackPointer: number;
  /** The stack pointer is to be the same; otherwise the callee's frame has to be gone. */
  readonly exact: boolean;
  readonly what: 'return' | 'out' | 'resumed' | 'line';
  /** The one of them that is in the caller. */
  readonly returnsTo?: number | undefined;
}

export class CodeStep implements StepPlan {
  private readonly start: Standing;
  private previous: Standing;
  private target: Target | undefined;
  private wasInKernel = false;
  private onLine = 0;
  /** The function in which the step began, and whether it was inlined in another. */
  private readonly own: object | undefined;
  private readonly isInlined: boolean;

  /** @throws RequestError for a step out of the outermost frame. */
  constructor(readonly thread: Runner, private readonly kind: StepKind, private readonly granularity: Granularity, private readonly probe: Probe, private readonly chosen?: StepInTarget, private readonly entersKernel = false) {
    this.start = probe.standing();
    this.previous = this.start;
    [this.own, this.isInlined] = this.ownFunction();
    if (kind !== 'out' || this.isInlined) return;
    const caller = probe.caller();
    if (!caller) throw errors.outermostFrame();
    this.target = { addresses: [caller.pc], stackPointer: caller.stackPointer, exact: caller.isInterrupted, what: 'out' };
  }

  get until(): readonly number[] | undefined {
    return this.target?.addresses;
  }

  isThere(): boolean {
    const { target } = this;
    const { stackPointer } = this.probe.standing();
    return target !== undefined && (target.exact ? stackPointer === target.stackPointer : stackPointer >= target.stackPointer);
  }

  takesUpAgain(address: number): boolean {
    return this.target?.what === 'resumed' && address === this.previous.pc;
  }

  arrived(): boolean {
    if (this.isInKernel) {
      this.wasInKernel = true;
      return this.chosen ? this.chosen.isKernel && this.chosen.address === this.previous.pc : this.entersKernel;
    }
    const now = this.probe.standing();
    const { target } = this;
    this.target = undefined;
    if (target) return this.reached(target, now);
    if (now.pc === this.previous.pc && now.completed === this.previous.completed && now.completed !== undefined) return false;
    const { previous } = this;
    this.target = this.detour(previous, now);
    this.wasInKernel = false;
    if (this.target) return false;
    this.previous = now;
    const hasReturned = previous.word !== undefined && this.probe.isReturn(previous.word) && now.pc !== previous.pc + INSTRUCTION;
    return this.isDone(now, hasReturned);
  }

  private reached({ what, returnsTo }: Target, now: Standing): boolean {
    const isAgain = what === 'resumed' && now.pc === this.previous.pc;
    this.previous = now;
    if (what === 'out') return true;
    return !isAgain && this.isDone(now, now.pc === returnsTo);
  }

  /** What the step runs through without stopping: a call, a function without lines, a signal handler. */
  private detour(before: Standing, now: Standing): Target | undefined {
    const { pc, word, stackPointer } = before;
    const next = pc + INSTRUCTION;
    const isAside = now.pc !== next && now.pc !== pc;
    if (this.wasInKernel && isAside && !this.probe.isReturnFromSignal(before)) {
      return this.kind === 'in' && !this.chosen ? undefined : { addresses: [pc, next], stackPointer, exact: true, what: 'resumed' };
    }
    if (word === undefined || !isAside || this.wasInKernel || !this.probe.isCall(word)) return undefined;
    const enters = this.chosen ? !this.chosen.isKernel && this.chosen.address === pc : this.kind === 'in' && (this.granularity === 'instruction' || this.hasLine(now.pc) || !this.hasLine(pc));
    return enters ? undefined : { addresses: [next], stackPointer, exact: false, what: 'return' };
  }

  private ownFunction(): [object | undefined, boolean] {
    const [own, around] = this.granularity === 'line' || this.kind === 'out' ? this.probe.functionsAt(this.start.pc) : [];
    return [own, around !== undefined];
  }

  private isDone({ pc, stackPointer }: Standing, hasReturned: boolean): boolean {
    // Out of a function that was inlined: its code is behind.
    if (this.kind === 'out') return this.own === undefined || !this.probe.functionsAt(pc).includes(this.own);
    if (this.granularity === 'instruction') return true;
    const lines = this.probe.unit()?.lines;
    const place = lines?.placeOf(pc);
    if (!lines || !place) return this.leaveUnknown(hasReturned);
    if (!lines.startsStatement(pc)) return false;
    if (!isSamePlace(place, lines.placeOf(this.start.pc))) return !this.isInCallOfOwn(pc);
    // A line of one instruction that jumps to itself: each turn is a step.
    if (pc === this.start.pc && !isSamePlace(place, lines.placeOf(pc + INSTRUCTION)) && !isSamePlace(place, lines.placeOf(pc - INSTRUCTION))) return true;
    this.onLine += 1;
    if (this.kind === 'over' && this.onLine > MOST_ON_LINE) this.target = this.otherLines(pc, stackPointer);
    return false;
  }

  /** Step Over runs through what was inlined, as through a call. */
  private isInCallOfOwn(pc: number): boolean {
    return this.kind === 'over' && this.own !== undefined && this.probe.functionsAt(pc).indexOf(this.own) > 0;
  }

  /** The beginnings of the function's other lines, and where it returns to. */
  private otherLines(pc: number, stackPointer: number): Target | undefined {
    const unit = this.probe.unit();
    const own = unit?.symbols.functionAt(pc);
    if (!unit || !own || own.size === 0) return undefined;
    const { lines } = unit;
    const here = lines.placeOf(pc);
    const addresses = lines.table.addresses.filter((address) => (
      address >= own.address && address < own.address + own.size && lines.startsStatement(address) && !isSamePlace(lines.placeOf(address), here)
    ));
    const caller = this.probe.caller();
    return { addresses: caller ? [...addresses, caller.pc] : addresses, stackPointer, exact: false, what: 'line', returnsTo: caller?.pc };
  }

  /** In code without lines: back to code that has them, unless the step began there, returned there, or there is none. */
  private leaveUnknown(hasReturned: boolean): boolean {
    if (!this.hasLine(this.start.pc) || hasReturned) return true;
    const caller = this.probe.caller();
    if (!caller) return true;
    this.target = { addresses: [caller.pc], stackPointer: caller.stackPointer, exact: caller.isInterrupted, what: 'return' };
    return false;
  }

  private hasLine(pc: number): boolean {
    return this.probe.unit()?.lines.placeOf(pc) !== undefined;
  }

  private get isInKernel(): boolean {
    return this.thread.kind === 'task' && this.thread.task.kernelStack.length > 0;
  }
}
