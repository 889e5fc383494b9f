/** GDB on QEMU's user mode: what another debugger shows of a program at the same places. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { EMULATOR } from './programs.ts';

export const GDB = 'gdb-multiarch';
const MILLISECONDS = 60_000;
const STOP = '@@stop ';

export interface GdbFrame {
  readonly name: string;
  readonly line: number;
}

/** What GDB shows at one stop: frames innermost first, parameters and then local variables as `name = value`. */
export interface GdbStop {
  readonly pc: number;
  readonly frames: readonly GdbFrame[];
  readonly variables: readonly string[];
}

/** Breakpoints at addresses, each time one is reached, in order, up to a number of stops. */
export async function gdbStopsAt(file: string, breakpoints: readonly string[], most: number): Promise<readonly GdbStop[]> {
  const port = await freePort();
  const emulator = spawn(EMULATOR, ['-g', String(port), file], { stdio: 'ignore' });
  try {
    const commands = [
      'set pagination off', 'set confirm off', 'set width 0', 'set print repeats unlimited', 'set print elements 200', 'set print null-stop on', 'handle SIGUSR1 nostop noprint pass', 'set print frame-arguments none', 'set print address off',
      `target remote 127.0.0.1:${String(port)}`, ...breakpoints.map((place) => `break ${place}`), ...Array.from({ length: most }, () => ['continue', ...LOOK]).flat(), 'kill',
    ];
    const { stdout } = await promisify(execFile)(GDB, ['-nx', '-batch', ...commands.flatMap((command) => ['-ex', command]), file], { timeout: MILLISECONDS, maxBuffer: 1 << 26 })
      .catch((error: unknown) => {
        if (typeof error === 'object' && error !== null && 'stdout' in error && typeof error.stdout === 'string') return { stdout: error.stdout };
        throw error;
      });
    const stops = stdout.split(STOP).slice(1).map(stopOf);
    if (stops.length === 0) throw new Error(`${GDB} reached no breakpoint of ${file}: ${stdout}`);
    return stops;
  } finally {
    if (emulator.exitCode === null) {
      emulator.kill('SIGKILL');
      await once(emulator, 'exit');
    }
  }
}

const LOOK = [
  `printf "${STOP}%ld\\n", (long)$pc`, 'backtrace', 'echo @@args\\n', 'set print address on', 'info args', 'info locals',
  'set print address off', 'echo @@end\\n',
] as const;

function stopOf(text: string): GdbStop {
  const [head = '', rest = ''] = text.split('@@args\n');
  const [first = '', ...frames] = head.split('\n');
  return { pc: Number(first), frames: frames.flatMap(frameOf), variables: variables(rest.split('@@end')[0] ?? '') };
}

/** `#1  0x... in main (...) at inspected.c:65` */
function frameOf(line: string): GdbFrame[] {
  const [, name = '', place = '0'] = /^#\d+\s+(?:0x[\da-f]+ in )?(<signal handler called>|[\w.]+)(?: .*:(\d+))?/.exec(line) ?? [];
  return name === '' ? [] : [{ name, line: Number(place) }];
}

function variables(text: string): string[] {
  return text.split('\n').filter((line) => line.includes(' = '));
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
