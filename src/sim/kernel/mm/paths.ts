/** The paths of memory management, for the table of all paths. */
import { doAnonymousPage } from './doAnonymousPage.ts';
import { deviceNopage } from './deviceNopage.ts';
import { dupMmap } from './dupMmap.ts';
import { filemapNopage } from './filemapNopage.ts';
import { futexHandleFault } from './futexFault.ts';
import { getUserPages } from './getUserPages.ts';
import { handleMmFault, handleMmFaultInner, handlePteFault } from './handleMmFault.ts';
import { doBrk, doMadvise, doMlock, doMmap, doMprotect, doMremap, doMsync, doMunlock, doMunmap } from './mappingPaths.ts';
import { doNoPage } from './doNoPage.ts';
import { copyFromUser, copyToUser, strncpyFromUser } from './userCopy.ts';
import { doWpPage } from './doWpPage.ts';

export const MEMORY_PATHS = {
  handle_mm_fault: handleMmFault,
  __handle_mm_fault: handleMmFaultInner,
  handle_pte_fault: handlePteFault,
  do_anonymous_page: doAnonymousPage,
  do_no_page: doNoPage,
  do_wp_page: doWpPage,
  filemap_nopage: filemapNopage,
  device_nopage: deviceNopage,
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
