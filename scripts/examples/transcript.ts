/** What `refault run` prints for an example under each kernel: the text of `examples/expected/NAME.txt`. */
import { COMMANDS } from '../../src/cli/commands.ts';
import { dispatch } from '../../src/cli/dispatch.ts';
import type { Io } from '../../src/cli/io.ts';

const KERNELS = ['2.6.18', '2.6.18-retry'];
/** Kernels of examples whose point is another difference. */
const OTHER_KERNELS: Readonly<Record<string, readonly string[]>> = {
  'hazards/accounting': ['2.6.18-retry', '2.6.18-retry,pageCacheRetry=unlimited', '2.6.18-retry,pageCacheRetry=unlimited,retriedCounts=maj_flt'],
  'hazards/dead-context': ['2.6.18', '2.6.21', '2.6.25'],
  'hazards/double-binding': ['2.6.18', '2.6.19', '2.6.21'],
  'hazards/fadvise-livelock': ['never', 'unlimited', 'once', 'signal-bounded', 'mm-sequence'].map((policy) => `2.6.18-retry,pageCacheRetry=${policy}`),
  'hazards/gone-mapping': ['2.6.18-retry', '2.6.23', '2.6.25', '2.6.18-retry,speWaitHoldsMmapSem=false,activationLooksAgain=true'],
  'hazards/kernel-livelock': ['2.6.18', '2.6.21', '2.6.21,interruptedRetry=signal-bounded'],
  'hazards/signal-storm': ['2.6.18', '2.6.18-retry', '2.6.18-retry,interruptedRetry=once'],
  'hazards/ping-pong': ['2.6.18', '2.6.19', '2.6.23'],
  'hazards/self-dma': ['2.6.18', '2.6.19', '2.6.21', '2.6.23'],
  'hazards/stale-page': ['2.6.18', '2.6.19', '2.6.21'],
  'hazards/unknown-answer': ['2.6.18-retry', '2.6.18-retry,retryFolded=false'],
  'hazards/starvation': ['2.6.18', '2.6.19', '2.6.21', '2.6.23', '2.6.25'],
};
/** Options of examples that do not end by themselves. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  'retry-forever': ['--max-cycles', '10000'],
  'hazards/dead-context': ['--max-cycles', '90000'],
  'hazards/fadvise-livelock': ['--max-cycles', '4000000'],
  'hazards/gup-livelock': ['--max-cycles', '45000'],
  'hazards/kernel-livelock': ['--max-cycles', '240000'],
};

/** @param name of the example, without `.s` */
export async function transcript(name: string, source: string): Promise<string> {
  const path = `examples/${name}.s`;
  const runs: string[] = [];
  for (const kernel of OTHER_KERNELS[name] ?? KERNELS) {
    const args = ['run', path, '--kernel', kernel, ...(OPTIONS[name] ?? [])];
    const printed: string[] = [];
    const status = await dispatch(COMMANDS, args, ioWith(path, source, printed));
    runs.push(`$ refault ${args.join(' ')}\n${printed.join('').trimEnd()}\n\nexit status ${String(status)}\n`);
  }
  return runs.join('\n\n');
}

/** One file, and both streams in the order in which they were written. */
function ioWith(path: string, source: string, printed: string[]): Io {
  const print = (data: string | Uint8Array): void => { printed.push(typeof data === 'string' ? data : new TextDecoder().decode(data)); };
  return {
    out: print,
    err: print,
    drained: () => Promise.resolve(),
    readFile: (asked) => (asked === path ? Promise.resolve(new TextEncoder().encode(source)) : Promise.reject(new Error(`${asked} is no file of this example.`))),
    writeFile: () => Promise.reject(new Error('Nothing is written here.')),
    readInput: () => Promise.resolve(new Uint8Array(0)),
  };
}
