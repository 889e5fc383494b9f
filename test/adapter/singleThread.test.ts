/** Rule 10: `singleThread` lets one thread go on while the others stand still. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { DapClient } from '../support/dapClient.ts';
import { program, stopped } from './conversations/talk.ts';

/** Everything that moves in the program: the counters of both tasks and of both SPE programs. */
interface Counts {
  readonly first: number;
  readonly second: number;
  readonly one: number;
  readonly other: number;
}

interface Pair {
  readonly client: DapClient;
  readonly threads: Readonly<Record<'/spu/one' | '/spu/other', number>>;
  readonly tasks: readonly number[];
}

async function started(): Promise<Pair> {
  const client = new DapClient();
  onTestFinished(() => { client.dispose(); });
  await client.launch({ program: program('pair.s'), machine: { ppeThreads: 2 } });
  const main = (await client.ask<{ threads: { id: number }[] }>('threads')).threads[0]?.id ?? 0;
  for (let tries = 0; tries < 100; tries += 1) {
    await client.ask('pause', { threadId: main });
    await stopped(client);
    const { threads } = await client.ask<{ threads: { id: number; name: string }[] }>('threads');
    const named = Object.fromEntries(threads.map(({ id, name }) => [name, id]));
    const [one, other] = [named['/spu/one'], named['/spu/other']];
    const tasks = threads.filter(({ name }) => !name.startsWith('/spu/')).map(({ id }) => id);
    if (one !== undefined && other !== undefined && tasks.length === 4) {
      const pair: Pair = { client, threads: { '/spu/one': one, '/spu/other': other }, tasks };
      if (Object.values(await counts(pair)).every((count) => count > 0)) return pair;
    }
    await client.ask('continue', { threadId: main });
    await aWhile();
  }
  throw new Error('The four did not get going.');
}

async function counts({ client, threads, tasks }: Pair): Promise<Counts> {
  const value = async (expression: string, frameId: number | undefined): Promise<number> => {
    const { result } = await client.ask<{ result: string }>('evaluate', { expression, context: 'watch', ...(frameId === undefined ? {} : { frameId }) });
    return Number(result.split(' ')[0]);
  };
  const frameOf = async (threadId: number): Promise<number | undefined> => (await client.ask<{ stackFrames: { id: number }[] }>('stackTrace', { threadId })).stackFrames[0]?.id;
  const task = await frameOf(Math.min(...tasks));
  return {
    first: await value('[first_count:4]', task), second: await value('[second_count:4]', task),
    one: await value('$r3.w0', await frameOf(threads['/spu/one'])), other: await value('$r3.w0', await frameOf(threads['/spu/other'])),
  };
}

/** Lets what runs run for a while. */
function aWhile(): Promise<void> {
  return new Promise((resolve) => { setTimeout(resolve, 10); });
}

/** Names of the counters that are not what they were. */
function moved(before: Counts, after: Counts): string[] {
  return Object.entries(after).filter(([name, count]) => before[name as keyof Counts] !== count).map(([name]) => name);
}

describe('one thread alone', () => {
  it('steps while the others stand still: an SPE', async () => {
    const pair = await started();
    const before = await counts(pair);
    const threadId = pair.threads['/spu/other'];
    for (let i = 0; i < 4; i += 1) {
      await pair.client.ask('next', { threadId, singleThread: true, granularity: 'instruction' });
      expect(await stopped(pair.client)).toMatchObject({ reason: 'step', threadId, allThreadsStopped: true });
    }
    const after = await counts(pair);
    expect(moved(before, after)).toEqual(['other']);
    // Four instructions are two turns of its loop.
    expect(after.other - before.other).toBe(2);
  });

  it('goes on while the others stand still: a task', async () => {
    const pair = await started();
    const { client, tasks } = pair;
    const before = await counts(pair);
    // The task that was made last counts in second_count.
    const threadId = Math.max(...tasks);
    expect(await client.ask('continue', { threadId, singleThread: true })).toEqual({ allThreadsContinued: false });
    await aWhile();
    await client.ask('pause', { threadId });
    await stopped(client);
    const during = await counts(pair);
    expect(moved(before, during)).toEqual(['second']);

    expect(await client.ask('continue', { threadId })).toEqual({ allThreadsContinued: true });
    await aWhile();
    await client.ask('pause', { threadId });
    await stopped(client);
    expect(moved(during, await counts(pair)).sort()).toEqual(['first', 'one', 'other', 'second']);
  });

  it('that waits for others says so and stops', async () => {
    const pair = await started();
    const { client, tasks } = pair;
    const before = await counts(pair);
    // The first of the two tasks in spu_run waits for its SPE program, which never stops.
    const threadId = [...tasks].sort((a, b) => a - b)[1];
    await client.ask('continue', { threadId, singleThread: true });
    expect(await stopped(client)).toMatchObject({ reason: 'pause', threadId });
    expect(JSON.stringify(client.messages)).toContain('waits for others and cannot go on alone');
    expect(moved(before, await counts(pair))).toEqual([]);
  });
});
