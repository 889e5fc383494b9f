/** System calls on clocks, sleeping and alarms. */
import type { Kernel } from '../../kernel.ts';
import { newFrame } from '../../path.ts';
import type { Task } from '../../state.ts';
import {
  CLOCK, CLOCK_TICKS, cycleOfTime, cyclesOf, NANOSECONDS, realtimeOf, timeOf, type TimeSpec,
} from '../../task/clock.ts';
import { newNanosleep } from '../../task/sleep.ts';
import { realTimerLeft, setRealTimer } from '../../task/timers.ts';
import { usageOfGroup, usageOfTask } from '../../task/usage.ts';
import { address, flags, input, int, optionalInput, optionalOutput, type OutBuffer, output } from '../arguments.ts';
import { ERRNO } from '../errno.ts';
import { decodeTimespec, decodeTimeval, encodeTimespec, encodeTimeval, longs, words } from '../layouts.ts';
import { type Answer, systemCall, type SystemCall } from '../systemCall.ts';

const TIMER_ABSTIME = 1;
const ITIMER_REAL = 0;
const ITIMER_PROF = 2;
const TIMESPEC_BYTES = 16;
const ITIMERVAL_BYTES = 32;

export const TIME_CALLS: readonly SystemCall[] = [
  systemCall(0, 'restart_syscall', [], (_k, task) => {
    const block = task.restartBlock;
    task.restartBlock = undefined;
    return block ? newFrame('hrtimer_nanosleep', newNanosleep(block.clock, block.due, false, block.remainder)) : -ERRNO.EINTR;
  }),
  systemCall(13, 'time', [optionalOutput('tloc')], (k, _task, into) => {
    const { seconds } = realtimeOf(k, k.now());
    into.bytes = longs(seconds);
    return seconds;
  }),
  systemCall(78, 'gettimeofday', [optionalOutput('tv'), optionalOutput('tz')], (k, _task, time, zone) => {
    time.bytes = encodeTimeval(realtimeOf(k, k.now()));
    zone.bytes = words(0, 0);
    return 0;
  }),
  systemCall(246, 'clock_gettime', [int('clock', 'clock'), output('tp')], (k, task, clock, into) => {
    const time = readClock(k, task, clock);
    if (!time) return -ERRNO.EINVAL;
    into.bytes = encodeTimespec(time);
    return 0;
  }),
  systemCall(247, 'clock_getres', [int('clock', 'clock'), optionalOutput('res')], (k, task, clock, into) => {
    if (!readClock(k, task, clock)) return -ERRNO.EINVAL;
    into.bytes = encodeTimespec({ seconds: 0, nanoseconds: Math.max(1, Math.round(NANOSECONDS / k.configuration.cyclesPerSecond)) });
    return 0;
  }),
  systemCall(162, 'nanosleep', [input('req', TIMESPEC_BYTES), address('rem')], (k, _task, time, remainder) =>
    sleep(k, CLOCK.MONOTONIC, 0, time, remainder)),
  systemCall(248, 'clock_nanosleep', [int('clock', 'clock'), flags('flags'), input('req', TIMESPEC_BYTES), address('rem')],
    (k, task, clock, how, time, remainder) => {
      if (clock === CLOCK.THREAD_CPUTIME || !readClock(k, task, clock)) return -ERRNO.EINVAL;
      return sleep(k, clock, how, time, remainder);
    }),
  systemCall(43, 'times', [optionalOutput('buf')], (k, task, into) => {
    const { user, system } = usageOfGroup(task.group);
    const { childrenUsage } = task.group;
    into.bytes = longs(ticks(k, user), ticks(k, system), ticks(k, childrenUsage.user), ticks(k, childrenUsage.system));
    return ticks(k, k.now());
  }),
  systemCall(27, 'alarm', [int('seconds')], (k, task, seconds) => {
    const { left } = realTimerLeft(k, task.group);
    setRealTimer(k, task.group, cyclesOf(k, { seconds: seconds >>> 0, nanoseconds: 0 }), 0);
    return wholeSeconds(k, left);
  }),
  systemCall(104, 'setitimer', [int('which'), optionalInput('new', ITIMERVAL_BYTES), optionalOutput('old')], setTimer),
  systemCall(105, 'getitimer', [int('which'), output('value')], (k, task, which, into) => {
    if (which < ITIMER_REAL || which > ITIMER_PROF) return -ERRNO.EINVAL;
    into.bytes = which === ITIMER_REAL ? timerValue(k, task) : new Uint8Array(ITIMERVAL_BYTES);
    return 0;
  }),
];

function readClock(k: Kernel, task: Task, clock: number): TimeSpec | undefined {
  switch (clock) {
    case CLOCK.REALTIME:
    case CLOCK.REALTIME_COARSE:
      return realtimeOf(k, k.now());
    case CLOCK.MONOTONIC:
    case CLOCK.MONOTONIC_RAW:
    case CLOCK.MONOTONIC_COARSE:
    case CLOCK.BOOTTIME:
      return timeOf(k, k.now());
    case CLOCK.PROCESS_CPUTIME: {
      const { user, system } = usageOfGroup(task.group);
      return timeOf(k, user + system);
    }
    case CLOCK.THREAD_CPUTIME: {
      const { user, system } = usageOfTask(task);
      return timeOf(k, user + system);
    }
    default:
      return undefined;
  }
}

function sleep(k: Kernel, clock: number, how: number, bytes: Uint8Array, remainder: number): Answer {
  const time = decodeTimespec(bytes);
  if (!time) return -ERRNO.EINVAL;
  const absolute = (how & TIMER_ABSTIME) !== 0;
  const due = absolute ? cycleOfTime(k, clock, time) : k.now() + cyclesOf(k, time);
  return due <= k.now() ? 0 : newFrame('hrtimer_nanosleep', newNanosleep(clock, due, absolute, remainder));
}

function setTimer(k: Kernel, task: Task, which: number, bytes: Uint8Array | undefined, old: OutBuffer): number {
  if (which < ITIMER_REAL || which > ITIMER_PROF) return -ERRNO.EINVAL;
  const interval = bytes ? decodeTimeval(bytes, 0) : { seconds: 0, nanoseconds: 0 };
  const value = bytes ? decodeTimeval(bytes, 16) : { seconds: 0, nanoseconds: 0 };
  if (!interval || !value) return -ERRNO.EINVAL;
  const delay = cyclesOf(k, value);
  if (which !== ITIMER_REAL) {
    if (delay === 0) return 0;
    k.notice('The program set a timer that counts CPU time (ITIMER_VIRTUAL or ITIMER_PROF), which is not modelled; it got EINVAL.');
    return -ERRNO.EINVAL;
  }
  old.bytes = timerValue(k, task);
  setRealTimer(k, task.group, delay, cyclesOf(k, interval));
  return 0;
}

function timerValue(k: Kernel, task: Task): Uint8Array {
  const { left, interval } = realTimerLeft(k, task.group);
  const bytes = new Uint8Array(ITIMERVAL_BYTES);
  bytes.set(encodeTimeval(timeOf(k, interval)), 0);
  bytes.set(encodeTimeval(timeOf(k, left)), 16);
  return bytes;
}

function ticks(k: Kernel, cycles: number): number {
  return Math.floor((cycles * CLOCK_TICKS) / k.configuration.cyclesPerSecond);
}

/** alarm rounds to whole seconds, and never answers 0 for an alarm that is still to come. */
function wholeSeconds(k: Kernel, cycles: number): number {
  return cycles === 0 ? 0 : Math.max(1, Math.round(cycles / k.configuration.cyclesPerSecond));
}
