/** Which path answers for a mapping, by the kind of handlers that a kernel has (facts 1.3, 2.3). */
import { call, type Verdict } from '../path.ts';
import type { HandlerKind, Profile } from '../profile/profile.ts';
import type { HandlerLocals } from './handler.ts';
import type { HandlerName } from './state.ts';

const PATHS = {
  file: { nopage: 'filemap_nopage', fault: 'filemap_fault' },
  device: { nopage: 'device_nopage', fault: 'device_fault' },
  vdso: { nopage: 'vdso_vma_nopage', fault: 'special_mapping_fault' },
} as const;

const SPUFS_PATHS = {
  spufs_mem: { nopage: 'spufs_mem_nopage', nopfn: 'spufs_mem_nopfn', fault: 'spufs_mem_fault' },
  spufs_ps: { nopage: 'spufs_ps_nopage', nopfn: 'spufs_ps_nopfn', fault: 'spufs_ps_fault' },
} as const;

type HandlerPath = (typeof PATHS)[keyof typeof PATHS][Profile['fileHandler']] | (typeof SPUFS_PATHS)[keyof typeof SPUFS_PATHS][HandlerKind];

/** How a mapping's handler is called; undefined for memory without one. */
export function handlerKind({ fileHandler, spufsHandler }: Profile, handler: HandlerName): HandlerKind | undefined {
  switch (handler) {
    case 'anonymous': return undefined;
    case 'spufs_mem':
    case 'spufs_ps': return spufsHandler;
    default: return fileHandler;
  }
}

/** Name of a mapping's handler, as fault records show it. */
export function handlerName(profile: Profile, handler: HandlerName): HandlerPath | 'anonymous' {
  switch (handler) {
    case 'anonymous': return handler;
    case 'spufs_mem':
    case 'spufs_ps': return SPUFS_PATHS[handler][profile.spufsHandler];
    default: return PATHS[handler][profile.fileHandler];
  }
}

/** Asks the handler of the mapping that `locals` are about. */
export function askHandler(profile: Profile, locals: HandlerLocals): Verdict {
  const { vma } = locals.request;
  const name = handlerName(profile, vma.handler);
  if (name === 'anonymous') throw new Error(`The mapping ${vma.name} has no handler that could be asked.`);
  return call(name, { fault: locals.fault, request: locals.request });
}
