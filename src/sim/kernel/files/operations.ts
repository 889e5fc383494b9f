/** What each kind of file does. A kind that a room of its own serves brings its entry from there. */
import { deviceOperations, nullOperations, randomOperations, zeroOperations } from './characterDevices.ts';
import { consoleOperations } from './console.ts';
import type { FileOperations } from './fileOperations.ts';
import { pipeOperations } from './pipe.ts';
import { procOperations } from './procFiles.ts';
import { operationsOfSpuFile, spuContextOperations, spuFileOperations } from '../spufs/files.ts';
import { regularOperations } from './regular.ts';
import type { InodeKind, OpenFile } from './state.ts';

/** Directories are read with getdents64 alone (`directory.ts`). */
const directoryOperations: FileOperations = { seekable: true };

const OPERATIONS: Readonly<Record<InodeKind, FileOperations>> = {
  directory: directoryOperations,
  regular: regularOperations,
  host: regularOperations,
  hostFolder: directoryOperations,
  null: nullOperations,
  zero: zeroOperations,
  random: randomOperations,
  console: consoleOperations,
  pipe: pipeOperations,
  proc: procOperations,
  device: deviceOperations,
  spufsRoot: directoryOperations,
  spuGang: directoryOperations,
  spuContext: directoryOperations,
  spuDescriptor: spuContextOperations,
  spuFile: spuFileOperations,
};

export function operationsOf(kind: InodeKind): FileOperations {
  return OPERATIONS[kind];
}

export function operationsOfFile({ inode: { content } }: OpenFile): FileOperations {
  return content.kind === 'spuFile' ? operationsOfSpuFile(content.file) : OPERATIONS[content.kind];
}
