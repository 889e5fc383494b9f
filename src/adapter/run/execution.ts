/** Runs the program in slices, stops it, and tells the client. */
import { signalName, SIGNAL } from '../../sim/kernel/signal/numbers.ts';
import type { Machine } from '../../sim/machine.ts';
import type { ProgramExit, Runner, Stop } from '../../sim/run/stop.ts';
import type { CodeUnit } from '../code/codeUnit.ts';
import { hit, reachedBreakpoints, reachedDataBreakpoints, reachedKernelBreakpoints } from '../breakpoints/hits.ts';
import type { Breakpoint } from '../breakpoints/breakpoint.ts';
import { accessText, viewerOf } from '../breakpoints/watched.ts';
import { installBreakpoints } from '../breakpoints/installed.ts';
import type { Debuggee } from '../session/debuggee.ts';
import type { Session } from '../session/session.ts';
import { pathName } from '../sources/kernelListings.ts';
import type { StepPlan } from '../step/plan.ts';
import { spuPc } from '../stack/spuFrames.ts';
import { ThreadEvents } from '../threads/threadEvents.ts';
import { livingThreads, threadIdOf, threadName, threadNamed } from '../threads/threads.ts';
import { Changes } from '../views/changes.ts';
import { unitOfFault } from '../views/faultRows.ts';
import type { Journey, Traveller } from '../history/journey.ts';
import { PastSign } from '../history/pastSign.ts';
import { keyOf } from '../../sim/history/checkpoint.ts';
import type { Input } from '../../sim/history/input.ts';
import { errors } from '../session/errors.ts';
import { exitCode } from './exitCode.ts';
import { prepareSoon } from './preparing.ts';
import { Seen } from './seen.ts';
import { Slices } from './slices.ts';
import { type StopCause, type Stopped, stoppedEvent } from './stopped.ts';

export type Phase = 'idle' | 'running' | 'stopped' | 'ended';

type Parts = Pick<Session, 'host' | 'outbound' | 'output' | 'progress' | 'readRanges' | 'handles' | 'breakpoints' | 'filters'>;

export class Execution {
  phase: Phase = 'idle';
  stopped: Stopped | undefined;
  debuggee: Debuggee | undefined;
  private plan: StepPlan | undefined;
  private journey: Journey | undefined;
  /** A standalone SPU program whose first instruction is still to come, and where the user wants to stop. */
  private entry: CodeUnit | undefined;
  private isTerminating = false;
  private withoutDebugging = false;
  private deadlockShown: number | undefined;
  private readonly slices: Slices;
  private readonly seen = new Seen();
  private readonly threads: ThreadEvents;
  private readonly changes: Changes;
  private readonly past: PastSign;

  constructor(private readonly session: Parts) {
    this.threads = new ThreadEvents(session.outbound);
    this.changes = new Changes(session.outbound, session.host);
    this.past = new PastSign(session.outbound, session.output);
    this.slices = new Slices(session.host, session.output, {
      run: (cycles) => this.runFor(cycles),
      sliceDone: () => { this.sliceDone(); },
      // A mistake of the machine's own ends the session with a sentence, not the process.
      failed: (error) => {
        this.finish(`This is a mistake in Refault itself, please report it: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);
      },
    });
  }

  /** Takes a program, in the place of one that there may be. */
  load(debuggee: Debuggee, withoutDebugging: boolean): void {
    const { session } = this;
    this.slices.stop();
    session.handles.clear();
    session.readRanges.clear();
    session.filters.restarted();
    this.threads.clear();
    this.debuggee = debuggee;
    this.withoutDebugging = withoutDebugging;
    this.isTerminating = false;
    this.deadlockShown = undefined;
    this.plan = undefined;
    this.journey = undefined;
    this.past.begin();
    this.entry = undefined;
    this.stopped = undefined;
    this.phase = 'idle';
    const { control } = debuggee.machine;
    control.stopOnFault = (record) => {
      // Looked at now, the SPU program is known also when its context is gone.
      if (record.origin === 'mfc') unitOfFault(debuggee, record);
      if (this.journey) return this.journey.stopsOn(record);
      return !this.withoutDebugging && !this.isTerminating && session.filters.stopsOn(debuggee, record);
    };
    prepareSoon(session, debuggee.machine, () => this.debuggee === debuggee && (this.phase === 'idle' || this.phase === 'stopped'));
  }

  /** The client has said all that it wants: the program begins. */
  begin(stopOnEntry: boolean): void {
    const { debuggee } = this;
    if (!debuggee || this.phase !== 'idle') return;
    this.threads.update(debuggee.machine);
    this.changes.begin(debuggee.machine);
    const stops = stopOnEntry && !this.withoutDebugging;
    if (stops && debuggee.settings.program.isa === 'spu') this.entry = debuggee.code.images[0];
    if (stops && !this.entry) this.stop({ cause: { kind: 'entry' }, thread: livingThreads(debuggee.machine)[0] }, false);
    else this.run();
  }

  /** Goes on; with a plan, until its step is done; with a thread, that one alone. */
  resume(plan?: StepPlan, only?: Runner): void {
    const { debuggee } = this;
    if (!debuggee || this.phase !== 'stopped') return;
    this.plan = plan;
    if (only || debuggee.machine.history?.isPast !== true) this.letRun(debuggee, only);
    this.run();
  }

  /** Sets out on a way through the history of the program, which is stopped. Throws `RequestError` where there is none. */
  travel(setOut: (traveller: Traveller) => Journey): void {
    const { debuggee, stopped, session: { breakpoints, filters, handles } } = this;
    if (!debuggee || this.phase !== 'stopped') return;
    const { history } = debuggee.machine;
    if (!history) throw errors.noHistory();
    this.journey = setOut({ debuggee, history, breakpoints, filters, threadId: stopped?.thread && threadIdOf(stopped.thread) });
    handles.resumed();
    this.stopped = undefined;
    this.phase = 'running';
    this.slices.start();
  }

  /** The user has changed registers or memory. */
  edited(): void {
    const { machine } = this.debuggee ?? {};
    if (machine?.history?.edited() === true) this.newFuture(machine);
  }

  /** A thread that is stopped stands somewhere else now. */
  moved(thread: Runner, kind: 'goto' | 'restart'): void {
    this.session.handles.resumed();
    this.edited();
    this.stop({ cause: { kind }, thread }, false);
  }

  /** Stops between two slices. The client hears of the thread that it asked for. */
  pause(threadId: number): void {
    const { debuggee } = this;
    if (!debuggee || this.phase !== 'running') return;
    this.stop({ cause: { kind: 'pause' }, thread: threadNamed(debuggee.machine, threadId) ?? livingThreads(debuggee.machine)[0] }, false);
  }

  /** Asks the program to end; asked a second time, kills it. */
  terminate(): void {
    const { debuggee } = this;
    if (!debuggee || this.phase === 'ended') return;
    if (this.isTerminating || this.phase === 'idle') {
      this.finish({ kind: 'signal', signal: SIGNAL.SIGKILL });
      return;
    }
    this.isTerminating = true;
    this.give({ kind: 'signal', signal: SIGNAL.SIGTERM });
    if (this.phase !== 'stopped') return;
    const thread = this.stopped?.thread;
    this.resume();
    this.session.outbound.event('continued', { threadId: thread ? threadIdOf(thread) : 0, allThreadsContinued: true });
  }

  /** Something for the program from outside. */
  give(input: Input): void {
    const { machine } = this.debuggee ?? {};
    if (machine?.input(input) === true) this.newFuture(machine);
  }

  private newFuture({ cycle, place }: Machine): void {
    const { breakpoints, filters } = this.session;
    breakpoints.forgetAfter(place);
    filters.forgetAfter(place);
    this.past.newFuture(cycle);
  }

  /** The debugger goes away and the program runs on. */
  letGo(): void {
    this.withoutDebugging = true;
    this.plan = undefined;
    this.breakpointsChanged();
    this.resume();
  }

  /** Nothing runs any more, and nobody is told. */
  dispose(): void {
    this.slices.stop();
    this.phase = 'ended';
  }

  /** Breakpoints were set while the program runs or is stopped. */
  breakpointsChanged(): void {
    if (this.phase === 'running' && !this.journey) this.install();
  }

  private run(): void {
    const { session } = this;
    session.handles.resumed();
    this.stopped = undefined;
    this.phase = 'running';
    this.journey = undefined;
    this.install();
    this.slices.start();
  }

  private install(): void {
    const { debuggee, plan } = this;
    if (!debuggee) return;
    debuggee.machine.control.stepping = plan && !plan.until ? plan.thread : undefined;
    const step = plan?.until ? { thread: plan.thread, addresses: plan.until } : undefined;
    installBreakpoints(debuggee, this.withoutDebugging ? [] : this.session.breakpoints.all(), step, this.entry?.image);
  }

  private runFor(cycles: number): boolean {
    const { debuggee, journey } = this;
    if (debuggee && journey) return this.goOn(debuggee, journey, cycles);
    const stop = debuggee?.machine.run(cycles);
    if (!debuggee || !stop || stop.kind === 'budget' || stop.kind === 'there') return true;
    if (stop.kind === 'preparing') return false;
    this.handle(debuggee, stop);
    return false;
  }

  private goOn(debuggee: Debuggee, journey: Journey, cycles: number): boolean {
    const arrival = journey.advance(cycles);
    if (arrival === 'on the way') return true;
    const { cause, threadId } = arrival;
    const thread = threadId === undefined ? undefined : threadNamed(debuggee.machine, threadId);
    this.stop({ cause, thread: thread ?? livingThreads(debuggee.machine)[0] }, false);
    return false;
  }

  /** One thread may run alone from here on, or all may. */
  private letRun({ machine: { control } }: Debuggee, only: Runner | undefined): void {
    if ((control.only && threadIdOf(control.only)) !== (only && threadIdOf(only))) this.give({ kind: 'only', thread: only && keyOf(only) });
  }

  private sliceDone(): void {
    const { debuggee } = this;
    if (!debuggee || this.journey) return;
    this.threads.update(debuggee.machine);
    this.changes.update(debuggee.machine);
    this.past.update(debuggee.machine, false);
  }

  private handle(debuggee: Debuggee, stop: Exclude<Stop, { kind: 'budget' | 'preparing' | 'there' }>): void {
    switch (stop.kind) {
      case 'step':
        this.seen.moved(stop.runner);
        this.stepped(debuggee);
        break;
      case 'breakpoint':
        this.atBreakpoint(debuggee, stop.runner, stop.address);
        break;
      case 'kernelBreakpoint':
        this.atKernelBreakpoint(debuggee, stop);
        break;
      case 'fault':
        this.stop({ cause: { kind: 'fault', record: stop.record }, thread: stop.runner }, false);
        break;
      case 'watch':
        this.atWatch(debuggee, stop);
        break;
      case 'blocked':
        this.session.output.console(`${threadName(stop.runner)} waits for others and cannot go on alone; continue all threads.`);
        this.stop({ cause: { kind: 'pause' }, thread: stop.runner }, false);
        break;
      case 'deadlock':
        this.deadlock(debuggee, stop);
        break;
      case 'exit':
        this.finish(stop.exit);
        break;
    }
  }

  private atKernelBreakpoint(debuggee: Debuggee, { runner, path, step }: Extract<Stop, { kind: 'kernelBreakpoint' }>): void {
    const name = pathName(path);
    if (name === undefined || this.seen.isStill(debuggee.machine, runner)) return;
    this.hitAny(debuggee, reachedKernelBreakpoints(this.session.breakpoints, name, step), runner, true);
  }

  private atWatch(debuggee: Debuggee, { runner, access }: Extract<Stop, { kind: 'watch' }>): void {
    if (this.withoutDebugging) return;
    const { stopping, logs, problems } = hit(reachedDataBreakpoints(this.session.breakpoints, access), debuggee, viewerOf(debuggee.machine, runner, access));
    for (const line of [...logs, ...problems]) this.session.output.console(line);
    const words = accessText(debuggee.machine, access, debuggee.unitOf(runner));
    if (stopping.length > 0) this.stop({ cause: { kind: 'breakpoint', target: 'data', ids: stopping, access: words }, thread: runner }, false);
    else if (this.plan && threadIdOf(this.plan.thread) === threadIdOf(runner)) this.stepped(debuggee);
  }

  private atBreakpoint(debuggee: Debuggee, runner: Runner, address: number): void {
    if (this.seen.isStill(debuggee.machine, runner)) return;
    if (runner.kind === 'context' && address === this.entry?.image?.entry) {
      this.stop({ cause: { kind: 'entry' }, thread: runner }, true);
      return;
    }
    const { plan } = this;
    const isStepped = plan?.until?.includes(address) === true && threadIdOf(plan.thread) === threadIdOf(runner) && plan.isThere();
    const isHeard = isStepped && plan.takesUpAgain(address);
    if (!isHeard && this.hitAny(debuggee, reachedBreakpoints(this.session.breakpoints, debuggee, runner, address), runner, true)) return;
    if (isStepped) this.stepped(debuggee);
  }

  /** The stepped thread did one thing, or is where the step was to run to. */
  private stepped(debuggee: Debuggee): void {
    const { plan } = this;
    if (!plan) return;
    const wasFree = runsFreely(plan);
    if (!plan.arrived()) {
      if (wasFree || runsFreely(plan)) this.install();
      return;
    }
    const { thread } = plan;
    const isHeard = plan.takesUpAgain(addressOf(debuggee, thread));
    if (isHeard || !this.hitAny(debuggee, this.breakpointsUnder(debuggee, thread), thread, false)) this.stop({ cause: { kind: 'step' }, thread }, false);
  }

  /** Breakpoints at the place that a step led to. */
  private breakpointsUnder(debuggee: Debuggee, thread: Runner): readonly Breakpoint[] {
    const { breakpoints } = this.session;
    const frame = thread.kind === 'task' ? thread.task.kernelStack.at(-1) : undefined;
    if (frame) return reachedKernelBreakpoints(breakpoints, frame.path, frame.step);
    return reachedBreakpoints(breakpoints, debuggee, thread, addressOf(debuggee, thread));
  }

  /** Stops where one of the breakpoints says so. */
  private hitAny(debuggee: Debuggee, reached: readonly Breakpoint[], thread: Runner, isReported: boolean): boolean {
    if (reached.length === 0 || this.withoutDebugging) return false;
    const { stopping, logs, problems } = hit(reached, debuggee, thread);
    for (const line of [...logs, ...problems]) this.session.output.console(line);
    if (stopping.length === 0) return false;
    const target = reached.find(({ id }) => stopping.includes(id))?.target.kind ?? 'line';
    this.stop({ cause: { kind: 'breakpoint', ids: stopping, target }, thread }, isReported);
    return true;
  }

  private deadlock(debuggee: Debuggee, stop: Extract<Stop, { kind: 'deadlock' }>): void {
    const { report } = stop;
    if (this.isTerminating) {
      this.finish({ kind: 'signal', signal: SIGNAL.SIGKILL });
      return;
    }
    const isShown = this.deadlockShown === debuggee.machine.cycle;
    this.deadlockShown = debuggee.machine.cycle;
    const [first] = report.waits;
    const thread = first && threadNamed(debuggee.machine, first.tid);
    if (!isShown && !this.withoutDebugging && this.session.filters.has('deadlock')) this.stop({ cause: { kind: 'deadlock', report }, thread }, false);
    else this.finish(report.sentence);
  }

  private stop(stopped: { readonly cause: StopCause; readonly thread: Runner | undefined }, isReported: boolean): void {
    const { debuggee, session } = this;
    if (!debuggee) return;
    const { machine } = debuggee;
    this.plan = undefined;
    this.entry = undefined;
    this.journey = undefined;
    machine.control.stepping = undefined;
    machine.history?.refine(Infinity);
    if (machine.history?.isPast !== true) this.letRun(debuggee, undefined);
    this.phase = 'stopped';
    this.stopped = stopped;
    this.slices.stop();
    this.seen.show(machine, stopped.thread, isReported);
    const past = this.past.update(machine, true);
    session.output.flushAll();
    this.threads.update(machine);
    this.changes.update(machine, true);
    session.outbound.event('stopped', stoppedEvent(stopped, machine.profile, past));
    session.readRanges.changed();
  }

  /** The program is over: it ended, was killed, or nothing in it can run (then the sentence says why). */
  private finish(end: ProgramExit | string): void {
    const { debuggee, session } = this;
    if (!debuggee || this.phase === 'ended') return;
    this.slices.stop();
    this.phase = 'ended';
    this.stopped = undefined;
    this.plan = undefined;
    session.handles.clear();
    if (typeof end === 'string') session.output.console(end);
    else session.output.console(end.kind === 'signal' ? `The program was killed by ${signalName(end.signal)}.` : `The program has exited with code ${exitCode(end)}.`);
    session.output.end();
    this.threads.clear();
    this.changes.update(debuggee.machine, true);
    session.outbound.event('exited', { exitCode: exitCode(end) });
    session.outbound.event('terminated', {});
  }
}

function runsFreely({ until }: StepPlan): boolean {
  return until !== undefined;
}

function addressOf({ machine }: Debuggee, thread: Runner): number {
  return thread.kind === 'task' ? Number(machine.registers(thread.task).pc) : spuPc(machine, thread.context);
}
