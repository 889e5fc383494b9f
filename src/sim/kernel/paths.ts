/** Every kernel path by its name. A room that has paths lists them in its own `paths.ts`. */
import { FAULT_PATHS } from './fault/paths.ts';
import { INTERRUPT_PATHS } from './interrupt/paths.ts';
import { MEMORY_PATHS } from './mm/paths.ts';
import type { AnyPath, PathTable } from './path.ts';
import { SIGNAL_PATHS } from './signal/paths.ts';
import { SPUFS_PATHS } from './spufs/paths.ts';
import { SYSTEM_CALL_PATHS } from './syscall/paths.ts';
import { TASK_PATHS } from './task/paths.ts';

export const PATHS: PathTable = {
  ...FAULT_PATHS, ...INTERRUPT_PATHS, ...MEMORY_PATHS, ...SIGNAL_PATHS, ...SPUFS_PATHS, ...SYSTEM_CALL_PATHS, ...TASK_PATHS,
};

/** The same, for whoever looks one up at every step: quicker than an object of so many names. */
export const PATH_OF_NAME: ReadonlyMap<string, AnyPath> = new Map(Object.entries(PATHS));
