/** Programs that have stopped in a function: what tests of expressions and of data breakpoints begin with. */
import { onTestFinished } from 'vitest';
import { DapClient } from '../support/dapClient.ts';
import { stopped, topFrame } from './conversations/talk.ts';

export interface At {
  readonly client: DapClient;
  readonly threadId: number;
  readonly frameId: number;
}

/** For the test that asks. */
export async function freshIn(program: string, files: Readonly<Record<string, string | Uint8Array>>, name: string): Promise<At> {
  const at = await stoppedIn(program, files, name);
  onTestFinished(() => { at.client.dispose(); });
  return at;
}

/** For several tests: whoever asks disposes of the client. */
export async function stoppedIn(program: string, files: Readonly<Record<string, string | Uint8Array>>, name: string): Promise<At> {
  const client = new DapClient({ files });
  await client.launch({ program }, async () => {
    await client.ask('setExceptionBreakpoints', { filters: [] });
    await client.ask('setFunctionBreakpoints', { breakpoints: [{ name }] });
  });
  const { threadId } = await stopped(client);
  return { client, threadId, frameId: (await topFrame(client, threadId)).id };
}
