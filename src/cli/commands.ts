import { asmCommand } from './asm.ts';
import { compareCommand } from './compare.ts';
import { dapCommand } from './dap.ts';
import { disasmCommand } from './disasm.ts';
import type { Command } from './dispatch.ts';
import { listingCommand } from './listingCommand.ts';
import { runCommand } from './run.ts';
import { ASM, COMPARE, DAP, DISASM, LISTING, RUN } from './specs.ts';

/** The commands of `refault`, in the order in which help lists them. */
export const COMMANDS: readonly Command[] = [
  { spec: RUN, run: runCommand },
  { spec: COMPARE, run: compareCommand },
  { spec: LISTING, run: listingCommand },
  { spec: DAP, run: dapCommand },
  { spec: ASM, run: asmCommand },
  { spec: DISASM, run: disasmCommand },
];
