import { COMMANDS } from './commands.ts';
import { dispatch } from './dispatch.ts';
import { processIo } from './processIo.ts';

// A reader that has seen enough, as `refault asm FILE | head` has, is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}

// Set instead of calling exit: output that is still on its way to a pipe must arrive.
process.exitCode = await dispatch(COMMANDS, process.argv.slice(2), processIo());
