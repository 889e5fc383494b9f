/** The paths where faults begin, for the table of all paths. */
import { doPageFault } from './doPageFault.ts';
import { spuHandleMmFault } from './speFault.ts';

export const FAULT_PATHS = {
  do_page_fault: doPageFault,
  spu_handle_mm_fault: spuHandleMmFault,
} as const;
