/** The paths of memory management, for the table of all paths. */
import { allocPages, pageCacheAlloc, tryToFreePages } from './allocPages.ts';
import { doAnonymousPage } from './doAnonymousPage.ts';
import { deviceFault, deviceNopage } from './deviceHandler.ts';
import { dupMmap } from './dupMmap.ts';
import { filemapFault, filemapNopage } from './filemapHandler.ts';
import { futexHandleFault } from './futexFault.ts';
import { getUserPages } from './getUserPages.ts';
import { handleMmFault, handleMmFaultInner, handlePteFault } from './handleMmFault.ts';
import { doBrk, doMadvise, doMlock, doMmap, doMprotect, doMremap, doMsync, doMunlock, doMunmap, doRemapFilePages } from './mappingPaths.ts';
import { doFilePage, filemapPopulate } from './doFilePage.ts';
import { doFault, doLinearFault, doNonlinearFault } from './doFault.ts';
import { doNoPage } from './doNoPage.ts';
import { doNoPfn } from './doNoPfn.ts';
import { copyFromUser, copyToUser, strncpyFromUser } from './userCopy.ts';
import { doSwapPage } from './doSwapPage.ts';
import { doWpPage } from './doWpPage.ts';
import { doFsync, sysSync } from './writeback.ts';

export const MEMORY_PATHS = {
  handle_mm_fault: handleMmFault,
  __handle_mm_fault: handleMmFaultInner,
  handle_pte_fault: handlePteFault,
  do_anonymous_page: doAnonymousPage,
  do_no_page: doNoPage,
  do_no_pfn: doNoPfn,
  do_linear_fault: doLinearFault,
  __do_fault: doFault,
  do_wp_page: doWpPage,
  do_swap_page: doSwapPage,
  do_nonlinear_fault: doNonlinearFault,
  do_file_page: doFilePage,
  filemap_populate: filemapPopulate,
  __alloc_pages: allocPages,
  try_to_free_pages: tryToFreePages,
  page_cache_alloc: pageCacheAlloc,
  do_fsync: doFsync,
  sys_sync: sysSync,
  sys_remap_file_pages: doRemapFilePages,
  filemap_nopage: filemapNopage,
  filemap_fault: filemapFault,
  device_nopage: deviceNopage,
  device_fault: deviceFault,
  get_user_pages: getUserPages,
  copy_from_user: copyFromUser,
  copy_to_user: copyToUser,
  strncpy_from_user: strncpyFromUser,
  futex_handle_fault: futexHandleFault,
  do_mmap: doMmap,
  do_munmap: doMunmap,
  do_mprotect: doMprotect,
  do_mremap: doMremap,
  do_brk: doBrk,
  do_madvise: doMadvise,
  do_msync: doMsync,
  do_mlock: doMlock,
  do_munlock: doMunlock,
  dup_mmap: dupMmap,
} as const;
