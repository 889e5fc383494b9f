/** The paths of spufs, for the table of all paths. */
import { spuAcquire, spuAcquireRunnable, spuAcquireSaved, spuReleaseSaved } from './acquire.ts';
import { spuProcessCallback } from './callback.ts';
import { spufsMfcWrite } from './dmaFile.ts';
import { spufsMemFault, spufsMemNopage, spufsMemNopfn } from './memoryHandler.ts';
import { spuProcessEvents } from './processEvents.ts';
import { spufsPsFault, spufsPsNopage, spufsPsNopfn } from './registersHandler.ts';
import { spufsRunSpu } from './run.ts';
import { spufsReadSaved, spufsWriteSaved } from './savedFiles.ts';
import { spuActivate } from './scheduler/activate.ts';
import { getIdleSpu } from './scheduler/reaper.ts';
import { spuYield } from './scheduler/yield.ts';
import { sysSpuRun } from './systemCalls.ts';

export const SPUFS_PATHS = {
  spu_acquire: spuAcquire,
  spu_acquire_runnable: spuAcquireRunnable,
  spu_acquire_saved: spuAcquireSaved,
  spu_release_saved: spuReleaseSaved,
  spu_activate: spuActivate,
  get_idle_spu: getIdleSpu,
  spu_yield: spuYield,
  spufs_ps_nopage: spufsPsNopage,
  spufs_ps_nopfn: spufsPsNopfn,
  spufs_ps_fault: spufsPsFault,
  spufs_mem_nopage: spufsMemNopage,
  spufs_mem_nopfn: spufsMemNopfn,
  spufs_mem_fault: spufsMemFault,
  spufs_run_spu: spufsRunSpu,
  spu_process_events: spuProcessEvents,
  spu_process_callback: spuProcessCallback,
  spufs_read_saved: spufsReadSaved,
  spufs_write_saved: spufsWriteSaved,
  spufs_mfc_write: spufsMfcWrite,
  sys_spu_run: sysSpuRun,
} as const;
