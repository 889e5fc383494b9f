/** The paths of tasks, for the table of all paths. */
import { doFork, retFromFork } from './clone.ts';
import { doExecve } from './execve.ts';
import { doExit } from './exit.ts';
import { futexRequeuePath, futexWait, futexWakeOp } from './futex.ts';
import { sysFutex } from './futexCall.ts';
import { sysPrctl } from './prctl.ts';
import { exitRobustList } from './robust.ts';
import { hrtimerNanosleep } from './sleep.ts';
import { doWait } from './waitChild.ts';
import { specialMappingFault, vdsoVmaNopage } from './vdso.ts';

export const TASK_PATHS = {
  do_fork: doFork,
  ret_from_fork: retFromFork,
  do_execve: doExecve,
  do_exit: doExit,
  exit_robust_list: exitRobustList,
  do_wait: doWait,
  sys_futex: sysFutex,
  futex_wait: futexWait,
  futex_requeue: futexRequeuePath,
  futex_wake_op: futexWakeOp,
  hrtimer_nanosleep: hrtimerNanosleep,
  sys_prctl: sysPrctl,
  vdso_vma_nopage: vdsoVmaNopage,
  special_mapping_fault: specialMappingFault,
} as const;
