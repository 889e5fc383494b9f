import { describe, expect, it, onTestFinished } from 'vitest';
import type { CompareResponse } from '../../src/adapter/protocol.ts';
import { type ClientOptions, DapClient, isEvent } from '../support/dapClient.ts';
import { example, program } from './conversations/talk.ts';

async function newClient(options: ClientOptions = {}): Promise<DapClient> {
  const client = new DapClient(options);
  onTestFinished(() => { client.dispose(); });
  await client.initialize();
  return client;
}

const TWO = ['2.6.18', '2.6.18-retry'];

describe('refault/compare', () => {
  it('says how the program ended under each kernel, and which source lines the text names', async () => {
    const client = await newClient();
    const { lines, places } = await client.ask<CompareResponse>('refault/compare', { launch: { program: example('retry.s') }, kernels: TWO });
    expect(lines[1]).toMatch(/^2\.6\.18 .* killed by SIGBUS/);
    expect(lines[2]).toMatch(/^2\.6\.18-retry .* ended with status 0/);
    expect(lines.join('\n')).toMatch(/write \/spu\/other\/signal1 +SIGBUS +RETRY\n {2}retry\.s:132/);
    expect(places).toContainEqual({ text: 'retry.s:132', source: { name: 'retry.s', path: example('retry.s') }, line: 132 });
  });

  it('takes the arguments and the machine of the launch, and kernels with choices of their own', async () => {
    const client = await newClient();
    const kernels = [{ base: '2.6.18', interruptedWait: 'retry' }];
    const { lines } = await client.ask<CompareResponse>('refault/compare', { launch: { program: example('retry.s'), kernel: '2.6.25', machine: { spes: 2 } }, kernels, policies: ['unlimited', 'once'] });
    expect(lines.slice(1, 3).map((line) => line.trim())).toEqual([
      expect.stringMatching(/^1 +2\.6\.18 with interruptedWait=retry, interruptedRetry=unlimited, pageCacheRetry=unlimited .*status 0\.$/),
      expect.stringMatching(/^2 +2\.6\.18 with interruptedWait=retry, interruptedRetry=once, pageCacheRetry=once .*status 0\.$/),
    ]);
    // With an SPE for each context nobody waits.
    expect(lines).toContain('All kernels agree on every fault.');
  });

  it('says which kernel is running, ends a run at the limit of cycles, and passes on what the machine says', async () => {
    const client = await newClient();
    const { lines, notices } = await client.ask<CompareResponse>('refault/compare', { launch: { program: example('hazards/dead-context.s') }, kernels: ['2.6.18', '2.6.21'], maxCycles: 90_000 });
    expect(client.messages.filter(isEvent).filter(({ event }) => event === 'refault/comparing').map(({ body }): unknown => body)).toEqual([
      { kernel: '2.6.18', number: 1, of: 2 }, { kernel: '2.6.21', number: 2, of: 2 },
    ]);
    expect(lines[2]).toMatch(/^2\.6\.21 .* limit of cycles\.$/);
    expect(notices).toEqual([expect.stringMatching(/^2\.6\.21: Livelock: thread 1000 /)]);
  });

  it('is given up when the client disconnects', async () => {
    const client = await newClient();
    const seq = client.send('refault/compare', { launch: { program: program('forever.s') }, kernels: TWO });
    await client.event('refault/comparing');
    await client.ask('disconnect');
    await client.letRun();
    const answer = client.messages.find((message) => 'request_seq' in message && message.request_seq === seq);
    expect(answer).toMatchObject({ success: false });
  });

  it.each([
    [{ launch: {}, kernels: TWO }, /launch\.program/],
    [{ launch: { program: '/nowhere.s' }, kernels: TWO }, /nowhere\.s/],
    [{ launch: { program: example('retry.s') }, kernels: [] }, /at least one kernel/],
    [{ launch: { program: example('retry.s') }, kernels: ['2.4'] }, /There is no kernel profile "2\.4"/],
    [{ launch: { program: example('retry.s') }, kernels: ['2.4'], policies: ['once'] }, /There is no kernel profile "2\.4"/],
    [{ launch: { program: example('retry.s') }, kernels: TWO, policies: ['twice'] }, /policies\[0\] of refault\/compare has to be "unlimited" or /],
    [{ launch: { program: example('retry.s'), machine: { memory: '900G' } }, kernels: TWO }, /memory/],
  ])('says what is wrong with %j', async (args, sentence) => {
    const client = await newClient();
    const { success, message } = await client.request('refault/compare', args);
    expect(success).toBe(false);
    expect(message).toMatch(sentence);
    expect(message).not.toContain('mistake in Refault');
  });

  it('is for a session without a program', async () => {
    const client = await newClient();
    await client.ask('launch', { program: example('retry.s') });
    const { message } = await client.request('refault/compare', { launch: { program: example('retry.s') }, kernels: TWO });
    expect(message).toMatch(/has a program already/);
  });
});
