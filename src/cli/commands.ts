import type { CommandSpec } from './args.ts';
import type { Command } from './dispatch.ts';
import { CommandError } from './io.ts';
import { ASM, COMPARE, DAP, DISASM, RUN } from './specs.ts';

/** The commands of `refault`, in the order in which help lists them. */
export const COMMANDS: readonly Command[] = [RUN, COMPARE, DAP, ASM, DISASM].map(unfinished);

function unfinished(spec: CommandSpec): Command {
  return {
    spec,
    run: () => {
      throw new CommandError(`refault ${spec.name} is not in this version.`);
    },
  };
}
