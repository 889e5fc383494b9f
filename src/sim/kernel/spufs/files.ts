/** Reading, writing and mapping the files of a context (facts 3.2, 3.3): what each kind of file answers. */
import { failed, type FileOperations, type ReadAnswer, type TransferRequest, type WriteAnswer } from '../files/fileOperations.ts';
import { O, POLL } from '../files/flags.ts';
import type { OpenFile } from '../files/state.ts';
import type { Kernel } from '../kernel.ts';
import type { MappingSource } from '../mm/mappings.ts';
import { PTE_GUARDED, PTE_NO_CACHE } from '../mm/pte.ts';
import { newFrame } from '../path.ts';
import { ERRNO } from '../syscall/errno.ts';
import { isPrivileged } from '../task/identity.ts';
import { forgetContext, holdContext, releaseReference } from './context.ts';
import { pollDma, readCompletedTags } from './dmaFile.ts';
import { registerArea, SPU_FILE, type SpuFileName } from './fileTable.ts';
import { readMemory, writeMemory } from './localStore.ts';
import { BODY, isSavedFile } from './savedFiles.ts';
import type { SpuContext } from './state.ts';
import { isWordFile, pollWords, readWord, writeWord } from './wordFiles.ts';

/** Operations of `/spu/NAME/FILE`, for files with a position. */
export const spuFileOperations: FileOperations = {
  seekable: true,
  open: (_k, task, inode) => {
    const { context, file } = spuFile(inode);
    if (file === 'mfc' && context.owner !== task.mm) return -ERRNO.EINVAL;
    if (file === 'mfc' && context.mfcOpen) return -ERRNO.EBUSY;
    if (file === 'mfc') context.mfcOpen = true;
    holdContext(context);
    return 0;
  },
  read: (k, _task, { inode }, request) => readFile(k, spuFile(inode), request),
  write: (k, _task, file, bytes, request) => writeFile(k, spuFile(file.inode), bytes, request, (file.flags & O.NONBLOCK) === 0),
  poll: (k, { inode }) => {
    const { context, file } = spuFile(inode);
    return file === 'mfc' ? pollDma(k, context) : pollWords(k, context, file) ?? (POLL.IN | POLL.OUT);
  },
  release: (k, { inode }) => {
    const { context, file } = spuFile(inode);
    if (file === 'mfc') context.mfcOpen = false;
    releaseReference(k, context);
  },
};

const unseekableOperations: FileOperations = { ...spuFileOperations, seekable: false };

export function operationsOfSpuFile(file: SpuFileName): FileOperations {
  return SPU_FILE[file].seekable === true ? spuFileOperations : unseekableOperations;
}

/** Operations of the descriptor that spu_create returned. */
export const spuContextOperations: FileOperations = {
  seekable: true,
  release: (k, { inode }) => {
    if (inode.content.kind === 'spuDescriptor') forgetContext(k, inode.content.context);
  },
};

/** What mmap of a spufs file maps, or a negative errno (facts 3.3). */
export function mappableSpuFile(k: Kernel, file: OpenFile, shared: boolean): MappingSource | number {
  const { context, file: name } = spuFile(file.inode);
  const isMemory = SPU_FILE[name].maps === 'local-store';
  if (!isMemory && !registerArea(name, k.configuration.pageBytes, k.profile.psMapLimit)) return -ERRNO.ENODEV;
  if (!shared) return -ERRNO.EINVAL;
  if (k.profile.rawIoFiles.includes(name) && !isPrivileged(k)) return -ERRNO.EPERM;
  context.mapped.add(file.inode);
  return {
    handler: isMemory ? 'spufs_mem_nopage' : 'spufs_ps_nopage',
    name: file.inode.path,
    file,
    context,
    pteFlags: isMemory ? PTE_NO_CACHE : PTE_NO_CACHE | PTE_GUARDED,
  };
}

interface SpuFile {
  readonly context: SpuContext;
  readonly file: SpuFileName;
}

function readFile(k: Kernel, { context, file }: SpuFile, request: TransferRequest): ReadAnswer {
  if (file === 'mem') return { kind: 'bytes', bytes: readMemory(k, context, request.position, request.count), more: true };
  if (file === 'mfc') return readCompletedTags(k, context, request.count);
  if (isWordFile(file)) return readWord(k, context, file, request.count);
  if (!isSavedFile(file)) return failed(ERRNO.EINVAL);
  const body = BODY[file];
  // The rest of a text that was read in part comes from the descriptor.
  if (!body.forcesSaved || (body.isText === true && request.position > 0)) {
    return { kind: 'bytes', bytes: piece(body.read(k, context), request), more: false };
  }
  return { kind: 'path', frame: newFrame('spufs_read_saved', { context, file, request, bytes: undefined }) };
}

function writeFile(k: Kernel, { context, file }: SpuFile, bytes: Uint8Array, request: TransferRequest, mayWait: boolean): WriteAnswer {
  if (file === 'mem') return countOrError(writeMemory(k, context, request.position, bytes));
  if (file === 'mfc') return { kind: 'path', frame: newFrame('spufs_mfc_write', { context, bytes: bytes.slice(), mayWait, asleep: false }) };
  if (isWordFile(file)) return writeWord(k, context, file, bytes);
  if (!isSavedFile(file)) return failed(ERRNO.EINVAL);
  if (!BODY[file].forcesSaved) return countOrError(BODY[file].write(k, context, bytes, request.position));
  return { kind: 'path', frame: newFrame('spufs_write_saved', { context, file, request, bytes: bytes.slice() }) };
}

function countOrError(result: number): WriteAnswer {
  return result < 0 ? failed(-result) : { kind: 'count', count: result };
}

function piece(bytes: Uint8Array, { position, count }: TransferRequest): Uint8Array {
  return bytes.slice(position, position + count);
}

function spuFile({ content, path }: OpenFile['inode']): SpuFile {
  if (content.kind !== 'spuFile') throw new Error(`${path} was used as a file of an SPE context and is none.`);
  return { context: content.context, file: content.file };
}
