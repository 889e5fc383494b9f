import { once } from 'node:events';
import { nextLine, readInput, readPath, writePath } from './files.ts';
import type { Io } from './io.ts';

/** The real files and streams of this process. */
export function processIo(): Io {
  let input: Promise<Uint8Array> | undefined;
  return {
    out: (data) => void process.stdout.write(data),
    drained: async () => { if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain'); },
    err: (data) => void process.stderr.write(data),
    readFile: readPath,
    writeFile: writePath,
    readInput: () => (input ??= readInput(process.stdin)),
    terminals: (['stdin', 'stdout', 'stderr'] as const).filter((stream) => process[stream].isTTY),
    ...(process.stdout.isTTY ? { columns: process.stdout.columns } : {}),
    ...(process.stdin.isTTY ? { nextLine: () => nextLine(process.stdin) } : {}),
  };
}
