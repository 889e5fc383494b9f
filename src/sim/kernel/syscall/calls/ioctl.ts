/** ioctl: the requests that every file knows (fs/ioctl.c), and those by which programs know a terminal. */
import { isTerminal } from '../../files/console.ts';
import { fileOf } from '../../files/descriptors.ts';
import { O } from '../../files/flags.ts';
import { operationsOfFile } from '../../files/operations.ts';
import type { OpenFile } from '../../files/state.ts';
import type { Kernel } from '../../kernel.ts';
import type { Task } from '../../state.ts';
import { descriptor, flags, update, type Update } from '../arguments.ts';
import { ERRNO } from '../errno.ts';
import { wordAt, words } from '../layouts.ts';
import { systemCall, type SystemCall } from '../systemCall.ts';

/** asm-powerpc/ioctls.h: numbers with the direction and the size of the argument in their upper half. */
const REQUEST = { FIOCLEX: 0x2000_6601, FIONCLEX: 0x2000_6602, FIONBIO: 0x8004_667e | 0, FIONREAD: 0x4004_667f,
  TCGETS: 0x402c_7413, TCSETS: 0x802c_7414 | 0, TCSETSW: 0x802c_7415 | 0, TCSETSF: 0x802c_7416 | 0, TIOCGWINSZ: 0x4008_7468,
} as const;
const INT_BYTES = 4;
/** struct termios: c_iflag ICRNL IXON, c_oflag OPOST ONLCR, c_cflag B38400 CS8 CREAD HUPCL, c_lflag of a terminal that edits lines and echoes. */
const TERMIOS_BYTES = 44;
const FIRST_TERMIOS = words(0x300, 0x3, 0x4b0f, 0x5cf);
const WINDOW = { rows: 24, columns: 80 } as const;

export const IOCTL_CALLS: readonly SystemCall[] = [
  systemCall(54, 'ioctl', [descriptor(), flags('request'), update('arg', argumentBytes)], (k, task, fd, request, argument) => {
    const file = fileOf(task, fd);
    return file ? ioctl(k, task, fd, file, request, argument) : -ERRNO.EBADF;
  }),
];

function ioctl(k: Kernel, { group }: Task, fd: number, file: OpenFile, request: number, { given, output }: Update): number {
  switch (request) {
    case REQUEST.FIOCLEX:
      group.closeOnExec.add(fd);
      return 0;
    case REQUEST.FIONCLEX:
      group.closeOnExec.delete(fd);
      return 0;
    case REQUEST.FIONBIO:
      if (!given) return -ERRNO.EFAULT;
      file.flags = wordAt(given, 0) === 0 ? file.flags & ~O.NONBLOCK : file.flags | O.NONBLOCK;
      return 0;
    case REQUEST.FIONREAD: {
      const bytes = operationsOfFile(file).unreadBytes?.(k, file);
      if (bytes === undefined) return -ERRNO.ENOTTY;
      output.bytes = words(bytes);
      return 0;
    }
    default:
      return isTerminal(k, file) ? terminal(request, output) : -ERRNO.ENOTTY;
  }
}

/** What a program sets is accepted and has no effect: lines are edited outside. */
function terminal(request: number, output: Update['output']): number {
  switch (request) {
    case REQUEST.TCGETS:
      output.bytes = new Uint8Array(TERMIOS_BYTES);
      output.bytes.set(FIRST_TERMIOS);
      return 0;
    case REQUEST.TCSETS:
    case REQUEST.TCSETSW:
    case REQUEST.TCSETSF:
      return 0;
    case REQUEST.TIOCGWINSZ:
      output.bytes = words((WINDOW.rows << 16) | WINDOW.columns, 0);
      return 0;
    default:
      return -ERRNO.ENOTTY;
  }
}

/** Bytes that a request takes from the program: only FIONBIO takes any. */
function argumentBytes(args: readonly bigint[]): number {
  return Number(BigInt.asIntN(32, args[1] ?? 0n)) === REQUEST.FIONBIO ? INT_BYTES : 0;
}
