/** The command line, in the same process. */
import { COMMANDS } from '../../src/cli/commands.ts';
import { dispatch } from '../../src/cli/dispatch.ts';
import { fakeIo } from './fakeIo.ts';

export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  /** Files that it wrote, by path. */
  readonly written: ReadonlyMap<string, string>;
}

/** Runs `refault` with files in memory and with what stands on standard input. */
export async function refault(args: readonly string[], files: Readonly<Record<string, string | Uint8Array>> = {}, input = ''): Promise<Ran> {
  const io = fakeIo(files, input);
  const status = await dispatch(COMMANDS, args, io);
  return { status, ...io.printed, written: io.written };
}
