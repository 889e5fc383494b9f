/** The paths of system calls and of the files that they work on, for the table of all paths. */
import { genericFileDirectIo } from '../files/directTransfer.ts';
import { pageCacheRead } from '../files/pageRead.ts';
import { doPoll } from '../files/poll.ts';
import { vfsRead, vfsWrite } from '../files/transfer.ts';
import { sysExitGroup } from './calls/process.ts';
import { sysSchedYield } from './calls/scheduling.ts';
import { doSystemCall, systemCallEntry } from './dispatch.ts';

export const SYSTEM_CALL_PATHS = {
  system_call: systemCallEntry,
  do_system_call: doSystemCall,
  vfs_read: vfsRead,
  vfs_write: vfsWrite,
  page_cache_read: pageCacheRead,
  generic_file_direct_IO: genericFileDirectIo,
  do_poll: doPoll,
  sys_exit_group: sysExitGroup,
  sys_sched_yield: sysSchedYield,
} as const;
