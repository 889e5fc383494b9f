/** The paths of signals, for the table of all paths. */
import { doSignal, setupRtFrame } from './deliver.ts';
import { sysRtSigreturn } from './return.ts';
import { rtSigtimedwait, sigsuspend } from './wait.ts';

export const SIGNAL_PATHS = {
  do_signal: doSignal,
  setup_rt_frame: setupRtFrame,
  sys_rt_sigreturn: sysRtSigreturn,
  sigsuspend,
  rt_sigtimedwait: rtSigtimedwait,
} as const;
