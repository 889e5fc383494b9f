/** The paths where faults begin, for the table of all paths. */
import { doPageFault } from './doPageFault.ts';
import { lowHashFault } from './lowHashFault.ts';
import { spuHandleMmFault } from './speFault.ts';

export const FAULT_PATHS = {
  do_page_fault: doPageFault,
  low_hash_fault: lowHashFault,
  spu_handle_mm_fault: spuHandleMmFault,
} as const;
