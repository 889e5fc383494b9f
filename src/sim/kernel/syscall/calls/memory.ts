/** System calls on the address space. They all are paths, for mmap_sem (`mm/mappingPaths.ts`). */
import { fileOf } from '../../files/descriptors.ts';
import { canRead, canWrite } from '../../files/flags.ts';
import type { Kernel } from '../../kernel.ts';
import { anonymousMemory, MAP, mappableFile, type MappingSource, PROT } from '../../mm/mappings.ts';
import { mincore } from '../../mm/mincore.ts';
import { newFrame } from '../../path.ts';
import { mappableSpuFile } from '../../spufs/files.ts';
import type { Task } from '../../state.ts';
import { address, descriptor, flags, int, output, size } from '../arguments.ts';
import { ERRNO } from '../errno.ts';
import { type Answer, systemCall, type SystemCall } from '../systemCall.ts';

export const MEMORY_CALLS: readonly SystemCall[] = [
  systemCall(45, 'brk', [address('addr')], (_k, _task, brk) => newFrame('do_brk', { brk })),
  systemCall(90, 'mmap', [address('addr'), size('length'), flags('prot'), flags('flags'), descriptor(), size('offset')], map),
  systemCall(91, 'munmap', [address('addr'), size('length')], (_k, _task, start, length) =>
    newFrame('do_munmap', { address: start, length })),
  systemCall(125, 'mprotect', [address('addr'), size('length'), flags('prot')], (_k, _task, start, length, protection) =>
    newFrame('do_mprotect', { address: start, length, protection })),
  systemCall(163, 'mremap', [address('addr'), size('oldlen'), size('newlen'), flags('flags'), address('newaddr')],
    (_k, _task, start, length, newLength, how, newAddress) =>
      newFrame('do_mremap', { address: start, length, newLength, flags: how, newAddress })),
  systemCall(144, 'msync', [address('addr'), size('length'), flags('flags')], (_k, _task, start, length, how) =>
    newFrame('do_msync', { address: start, length, flags: how, files: [] })),
  systemCall(239, 'remap_file_pages', [address('start'), size('size'), flags('prot'), size('pgoff'), flags('flags')],
    (_k, _task, start, length, protection, index, how) =>
      newFrame('sys_remap_file_pages', { address: start, length, protection, index, nonblock: (how & MAP.NONBLOCK) !== 0 })),
  systemCall(205, 'madvise', [address('addr'), size('length'), int('advice')], (_k, _task, start, length, advice) =>
    newFrame('do_madvise', { address: start, length, advice })),
  systemCall(206, 'mincore', [address('addr'), size('length'), output('vec')], (k, { mm }, start, length, into) => {
    const resident = mincore(k, mm, start, length);
    if (typeof resident === 'number') return resident;
    into.bytes = resident;
    return 0;
  }),
  systemCall(150, 'mlock', [address('addr'), size('length')], (_k, _task, start, length) =>
    newFrame('do_mlock', { address: start, length })),
  systemCall(151, 'munlock', [address('addr'), size('length')], (_k, _task, start, length) =>
    newFrame('do_munlock', { address: start, length })),
];

function map(k: Kernel, task: Task, start: number, length: number, protection: number, how: number, fd: number, offset: number): Answer {
  const source = (how & MAP.ANONYMOUS) !== 0 ? anonymousMemory() : fileSource(k, task, protection, how, fd);
  if (typeof source === 'number') return source;
  return newFrame('do_mmap', { address: start, length, protection, flags: how, offset, source });
}

function fileSource(k: Kernel, task: Task, protection: number, how: number, fd: number): MappingSource | number {
  const file = fileOf(task, fd);
  if (!file) return -ERRNO.EBADF;
  const shared = (how & MAP.SHARED) !== 0;
  if (!canRead(file.flags)) return -ERRNO.EACCES;
  if (shared && (protection & PROT.WRITE) !== 0 && !canWrite(file.flags)) return -ERRNO.EACCES;
  return file.inode.content.kind === 'spuFile' ? mappableSpuFile(k, file, shared) : mappableFile(file);
}
