/** Small programs for kernel tests: they print numbers, the test reads them. */
import type { MachineConfiguration } from '../../../src/sim/kernel/kernel.ts';
import type { ProfileChoice } from '../../../src/sim/kernel/profile/lookup.ts';
import type { HostFiles } from '../../../src/sim/kernel/files/state.ts';
import { pushInput } from '../../../src/sim/kernel/files/console.ts';
import type { Machine } from '../../../src/sim/machine.ts';
import type { Stop } from '../../../src/sim/run/stop.ts';
import { machineFor } from '../../support/machine.ts';

/**
 * Macros: `address r, symbol`; `system N` makes a system call, errors come back negative in r3;
 * `show` prints r3 as 16 hexadecimal digits and keeps every register but r0 and those that a call may change.
 */
const PRELUDE = `
        .macro  address register, symbol
        lis     \\register, \\symbol@ha
        addi    \\register, \\register, \\symbol@l
        .endm
        .macro  system number
        li      r0, \\number
        sc
        bns     99f
        neg     r3, r3
99:
        .endm
        .macro  show
        bl      print_number
        .endm
        .macro  quit code
        li      r3, \\code
        li      r0, 234
        sc
        .endm
        .text
        .globl  _start
_start:
        b       begin
print_number:
        li      r0, 16
        mtctr   r0
        address r4, print_buffer
1:      srdi    r5, r3, 60
        sldi    r3, r3, 4
        cmpwi   r5, 10
        blt     2f
        addi    r5, r5, 39
2:      addi    r5, r5, 48
        stb     r5, 0(r4)
        addi    r4, r4, 1
        bdnz    1b
        li      r3, 1
        address r4, print_buffer
        li      r5, 17
        li      r0, 4
        sc
        blr
        .data
print_buffer: .ascii "0000000000000000\\n"
        .balign 8
        .text
begin:
`;

export interface AssemblyRun {
  /** Numbers that the program has shown, as signed 64-bit values. */
  readonly shown: readonly number[];
  /** Other lines of standard output. */
  readonly lines: readonly string[];
  readonly stderr: string;
  readonly notices: readonly string[];
  readonly stop: Stop;
  readonly machine: Machine;
}

export interface RunOptions {
  readonly kernel?: ProfileChoice;
  readonly configuration?: Partial<MachineConfiguration>;
  readonly hostFiles?: HostFiles;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cycles?: number;
  /** Standard input: all that there will be. */
  readonly input?: string;
}

/** Runs the instructions that follow the prelude until the program ends. */
export function runAssembly(body: string, options: RunOptions = {}): AssemblyRun {
  const { machine, out } = machineFor({ name: 'test.s', source: PRELUDE + body, ...options });
  if (options.input !== undefined) {
    pushInput(machine.kernel, new TextEncoder().encode(options.input));
    pushInput(machine.kernel, undefined);
  }
  const stop = machine.run(options.cycles ?? 2_000_000_000);
  const lines = out.stdout.split('\n').filter((line) => line !== '');
  return {
    shown: lines.filter(isNumber).map((line) => Number(BigInt.asIntN(64, BigInt(`0x${line}`)))),
    lines: lines.filter((line) => !isNumber(line)),
    stderr: out.stderr, notices: out.notices, stop, machine,
  };
}

function isNumber(line: string): boolean {
  return /^[0-9a-f]{16}$/.test(line);
}

/** A host folder with these files, by path. */
export function hostFolder(files: Readonly<Record<string, string>>): HostFiles {
  const encoder = new TextEncoder();
  return {
    read: (path) => { const text = files[path]; return text === undefined ? undefined : encoder.encode(text); },
    list: (path) => {
      const prefix = path === '' ? '' : `${path}/`;
      const inside = Object.keys(files).filter((file) => file.startsWith(prefix)).map((file) => file.slice(prefix.length));
      if (inside.length === 0) return undefined;
      const names = new Map(inside.map((file) => [file.split('/')[0] ?? file, file.includes('/') ? 'folder' as const : 'file' as const]));
      return [...names].map(([name, kind]) => ({ name, kind }));
    },
  };
}
