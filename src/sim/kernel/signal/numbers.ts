/** Signal numbers, names and default actions of ppc64 Linux; flags and codes that programs see. */

export const SIGNAL = {
  SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGILL: 4, SIGTRAP: 5, SIGABRT: 6, SIGBUS: 7, SIGFPE: 8, SIGKILL: 9,
  SIGUSR1: 10, SIGSEGV: 11, SIGUSR2: 12, SIGPIPE: 13, SIGALRM: 14, SIGTERM: 15, SIGSTKFLT: 16, SIGCHLD: 17,
  SIGCONT: 18, SIGSTOP: 19, SIGTSTP: 20, SIGTTIN: 21, SIGTTOU: 22, SIGURG: 23, SIGXCPU: 24, SIGXFSZ: 25,
  SIGVTALRM: 26, SIGPROF: 27, SIGWINCH: 28, SIGIO: 29, SIGPWR: 30, SIGSYS: 31,
} as const;

/** Highest signal number (_NSIG), and the first real-time one. */
export const LAST_SIGNAL = 64;
export const FIRST_REALTIME = 32;

export const SIG_DFL = 0n;
export const SIG_IGN = 1n;

/** sigaction flags. */
export const SA = {
  NOCLDSTOP: 0x1, NOCLDWAIT: 0x2, SIGINFO: 0x4, ONSTACK: 0x0800_0000, RESTART: 0x1000_0000,
  NODEFER: 0x4000_0000, RESETHAND: 0x8000_0000,
} as const;

/** si_code of signals that no fault raised. */
export const SI = { USER: 0, KERNEL: 0x80, QUEUE: -1, TIMER: -2, TKILL: -6 } as const;

/** si_code of signals that instructions raise. */
export const ILL_CODE = { ILLOPC: 1, ILLOPN: 2, ILLADR: 3, ILLTRP: 4, PRVOPC: 5, PRVREG: 6 } as const;
export const FPE_CODE = { INTDIV: 1, INTOVF: 2, FLTDIV: 3, FLTOVF: 4, FLTUND: 5, FLTRES: 6, FLTINV: 7, FLTSUB: 8 } as const;
export const SEGV_CODE = { MAPERR: 1, ACCERR: 2 } as const;
export const BUS_CODE = { ADRALN: 1, ADRERR: 2, OBJERR: 3 } as const;
export const TRAP_CODE = { BRKPT: 1, TRACE: 2, HWBKPT: 4 } as const;

export type DefaultAction = 'terminate' | 'core' | 'ignore' | 'stop' | 'continue';

const CORE: ReadonlySet<number> = new Set([
  SIGNAL.SIGQUIT, SIGNAL.SIGILL, SIGNAL.SIGTRAP, SIGNAL.SIGABRT, SIGNAL.SIGBUS, SIGNAL.SIGFPE, SIGNAL.SIGSEGV,
  SIGNAL.SIGXCPU, SIGNAL.SIGXFSZ, SIGNAL.SIGSYS,
]);
const IGNORED: ReadonlySet<number> = new Set([SIGNAL.SIGCHLD, SIGNAL.SIGURG, SIGNAL.SIGWINCH]);
const STOPPING: ReadonlySet<number> = new Set([SIGNAL.SIGSTOP, SIGNAL.SIGTSTP, SIGNAL.SIGTTIN, SIGNAL.SIGTTOU]);
const NAMES: ReadonlyMap<number, string> = new Map(Object.entries(SIGNAL).map(([name, number]) => [number, name]));

export function defaultAction(signal: number): DefaultAction {
  if (CORE.has(signal)) return 'core';
  if (IGNORED.has(signal)) return 'ignore';
  if (STOPPING.has(signal)) return 'stop';
  return signal === SIGNAL.SIGCONT ? 'continue' : 'terminate';
}

/** `SIGBUS` for 7, `SIGRTMIN+2` for 34. */
export function signalName(signal: number): string {
  const known = NAMES.get(signal);
  if (known !== undefined) return known;
  if (signal === FIRST_REALTIME) return 'SIGRTMIN';
  return signal > FIRST_REALTIME && signal <= LAST_SIGNAL
    ? `SIGRTMIN+${String(signal - FIRST_REALTIME)}`
    : `signal ${String(signal)}`;
}

/** The bit of a signal in a signal set. */
export function signalBit(signal: number): bigint {
  return 1n << BigInt(signal - 1);
}

/** SIGKILL and SIGSTOP, which nobody can block, ignore or handle. */
export const UNBLOCKABLE = signalBit(SIGNAL.SIGKILL) | signalBit(SIGNAL.SIGSTOP);
