import { describe, expect, it, onTestFinished } from 'vitest';
import { DapClient } from '../support/dapClient.ts';
import { spuElf } from '../support/standaloneSpu.ts';
import { stopped } from './conversations/talk.ts';

const SOURCE = `        nop
_start: il      $3, 1
        ai      $3, $3, 2
        wrch    $SPU_WrOutMbox, $3
        stop    0x2003
`;

interface Thread { readonly id: number; readonly name: string }
interface Frame { readonly name: string; readonly line: number; readonly source?: { readonly path?: string }; readonly instructionPointerReference: string }

function newClient(): DapClient {
  const client = new DapClient({ files: { '/p.spu.s': SOURCE, '/p.spu.elf': spuElf(SOURCE) } });
  onTestFinished(() => { client.dispose(); });
  return client;
}

async function topFrame(client: DapClient, threadId: number): Promise<Frame | undefined> {
  return (await client.ask<{ stackFrames: Frame[] }>('stackTrace', { threadId })).stackFrames[0];
}

describe('a standalone SPU program', () => {
  it.each(['/p.spu.s', '/p.spu.elf'])('%s is stopped at the entry of the SPU, in its thread', async (program) => {
    const client = newClient();
    await client.launch({ program, stopOnEntry: true });
    const { threadId, ...event } = await client.event<{ threadId: number; reason: string }>('stopped');
    expect(event).toMatchObject({ reason: 'entry' });
    const { threads } = await client.ask<{ threads: Thread[] }>('threads');
    expect(threads.find(({ id }) => id === threadId)?.name).toBe('/spu/p');
    const frame = await topFrame(client, threadId);
    expect(Number(frame?.instructionPointerReference.replace(/^.*:/, ''))).toBeLessThan(8);
    await client.ask('continue', { threadId });
    expect(await client.event('exited')).toEqual({ exitCode: 3 });
    expect(client.programOutput()).toMatch(/^SPU_WrOutMbox 0x00000003\nThe SPU program called exit: stop code 0x2003, /);
  });

  it('stops at breakpoints in its source, and steps', async () => {
    const client = newClient();
    await client.launch({ program: '/p.spu.s' }, () => client.ask('setBreakpoints', { source: { path: '/p.spu.s' }, breakpoints: [{ line: 3 }] }));
    const { threadId } = await stopped(client);
    expect(await topFrame(client, threadId)).toMatchObject({ line: 3, source: { path: '/p.spu.s' } });
    await client.ask('next', { threadId });
    await stopped(client);
    expect((await topFrame(client, threadId))?.line).toBe(4);
    await client.ask('continue', { threadId });
    expect(await client.event('exited')).toEqual({ exitCode: 3 });
  });
});
