/** Decides, from the latest moment of a thread to earlier ones, at which of them a step back ends. */
import { type CodeUnit, isSamePlace } from '../code/codeUnit.ts';
import type { Granularity } from '../step/plan.ts';
import type { Probe } from '../step/probe.ts';
import type { Moment } from './trace.ts';

const INSTRUCTION = 4;

export interface StepBackWish {
  readonly granularity: Granularity;
  /** The user is in the kernel's listings: a step of a path is a step. */
  readonly isInKernel: boolean;
}

type Code = Pick<Probe, 'isCall' | 'isReturn' | 'isReturnFromSignal'>;

export class WayBack {
  /** The earliest moment so far of the line that the step goes back to. */
  candidate: Moment | undefined;
  private later: Moment;
  private readonly hasLines: boolean;
  /** Functions that were called and have returned: they are stepped over. */
  private depth = 0;
  /** What a signal handler interrupted, on the way back to there. */
  private interrupted: Moment | undefined;

  constructor(start: Moment, private readonly wish: StepBackWish, private readonly code: Code, private readonly unit: CodeUnit | undefined) {
    this.later = start;
    this.hasLines = unit?.lines.placeOf(start.pc) !== undefined;
  }

  /** The moment before those that were seen. The answer is where the step ends, once that is known. */
  see(moment: Moment): Moment | undefined {
    if (this.wish.isInKernel) return moment;
    if (moment.isInKernel || moment.completed === this.later.completed) return undefined;
    const { later } = this;
    this.later = moment;
    if (this.wish.granularity === 'instruction') return moment;
    if (this.isElsewhere(moment, later)) return undefined;
    return this.onLine(moment, later);
  }

  /** In a function that the step goes over, or in a signal handler. */
  private isElsewhere(moment: Moment, later: Moment): boolean {
    const { interrupted, code } = this;
    const { pc, word } = moment;
    if (interrupted) {
      const isBack = moment.stackPointer === interrupted.stackPointer && (pc === interrupted.pc || pc + INSTRUCTION === interrupted.pc);
      if (isBack) this.interrupted = undefined;
      return !isBack;
    }
    if (code.isReturnFromSignal(moment)) {
      this.interrupted = later;
      return true;
    }
    const isAside = word !== undefined && later.pc !== pc + INSTRUCTION;
    if (isAside && code.isReturn(word)) {
      this.depth += 1;
      return true;
    }
    if (this.depth === 0) return false;
    if (isAside && code.isCall(word)) this.depth -= 1;
    return this.depth > 0;
  }

  private onLine(moment: Moment, later: Moment): Moment | undefined {
    const { candidate, unit } = this;
    const place = unit?.lines.placeOf(moment.pc);
    if (!candidate) {
      // Code without lines is gone over, as a step forward does; where nothing has lines an instruction is a step.
      if (!place) return this.hasLines ? undefined : moment;
      this.candidate = moment;
      return undefined;
    }
    const isJump = later === candidate && later.pc <= moment.pc;
    const isEntered = moment.word !== undefined && later === candidate && this.code.isCall(moment.word) && later.pc !== moment.pc + INSTRUCTION;
    if (!isSamePlace(place, unit?.lines.placeOf(candidate.pc)) || isJump || isEntered) return candidate;
    this.candidate = moment;
    return undefined;
  }
}
