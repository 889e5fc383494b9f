/**
 * Where the user has seen a thread stand. Going on from a place with a breakpoint must not stop
 * there again; coming back to it must.
 */
import type { Machine } from '../../sim/machine.ts';
import type { Runner } from '../../sim/run/stop.ts';
import { spuPc } from '../stack/spuFrames.ts';
import { threadIdOf } from '../threads/threads.ts';

interface Place {
  readonly thread: number;
  /** Path and step, or the address of an instruction. */
  readonly at: string;
  /** Cycles that the thread has used; undefined for an SPE context, whose first report counts. */
  readonly cycles: number | undefined;
}

export class Seen {
  private place: Place | undefined;

  /** The user sees a thread. The machine itself passes a breakpoint that it has just reported. */
  show(machine: Machine, thread: Runner | undefined, isReported: boolean): void {
    this.place = thread && !(isReported && thread.kind === 'context') ? standing(machine, thread) : undefined;
  }

  /** Whether a thread that reports a breakpoint has not moved since it was shown. */
  isStill(machine: Machine, thread: Runner): boolean {
    const { place } = this;
    if (place?.thread !== threadIdOf(thread)) return false;
    this.place = undefined;
    const now = standing(machine, thread);
    return now.at === place.at && now.cycles === place.cycles;
  }

  /** The thread has taken a step. */
  moved(thread: Runner): void {
    if (this.place?.thread === threadIdOf(thread)) this.place = undefined;
  }
}

function standing(machine: Machine, thread: Runner): Place {
  const id = threadIdOf(thread);
  if (thread.kind === 'context') return { thread: id, at: String(spuPc(machine, thread.context)), cycles: undefined };
  const { task } = thread;
  const frame = task.kernelStack.at(-1);
  const at = frame ? `${frame.path}:${String(frame.step)}` : String(machine.registers(task).pc);
  return { thread: id, at, cycles: task.userCycles + task.systemCycles };
}
