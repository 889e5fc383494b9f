import { asmCommand } from './asm.ts';
import { compareCommand } from './compare.ts';
import { disasmCommand } from './disasm.ts';
import type { Command } from './dispatch.ts';
import { CommandError } from './io.ts';
import { runCommand } from './run.ts';
import { ASM, COMPARE, DAP, DISASM, RUN } from './specs.ts';

/** The commands of `refault`, in the order in which help lists them. */
export const COMMANDS: readonly Command[] = [
  { spec: RUN, run: runCommand },
  { spec: COMPARE, run: compareCommand },
  { spec: DAP, run: () => { throw new CommandError('refault dap is not in this version.'); } },
  { spec: ASM, run: asmCommand },
  { spec: DISASM, run: disasmCommand },
];
