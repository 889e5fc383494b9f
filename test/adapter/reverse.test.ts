/** Back and forth in time, as a client sees it. */
import { describe, expect, it } from 'vitest';
import { DapClient } from '../support/dapClient.ts';
import { example, program, type Stopped, stopped, topFrame } from './conversations/talk.ts';

interface Described extends Stopped {
  readonly description: string;
  readonly text?: string;
  readonly hitBreakpointIds?: readonly number[];
}

async function talk(args: object, work: (client: DapClient, threadId: number) => Promise<void>): Promise<void> {
  const client = new DapClient();
  try {
    await client.launch({ stopOnEntry: true, ...args }, () => client.ask('setExceptionBreakpoints', { filters: [] }));
    const { threadId } = await stopped(client);
    await work(client, threadId);
  } finally {
    client.dispose();
  }
}

async function go(client: DapClient, command: string, args: object): Promise<Described> {
  await client.ask(command, args);
  return await client.event<Described>('stopped');
}

/** Where a thread stands, with its registers. */
async function standing(client: DapClient, threadId: number): Promise<string> {
  const { id, instructionPointerReference } = await topFrame(client, threadId);
  const texts = await Promise.all(['$r1', '$r3', '$r4', '$r9', '$lr', '$cr'].map(async (expression) => (await client.ask<{ result: string }>('evaluate', { expression, frameId: id, context: 'watch' })).result));
  return [instructionPointerReference, ...texts].join(' ');
}

/** The instruction of calls.s that increments the counter in r4, ten times. */
const IN_LOOP = '0x10000018';

async function counter(client: DapClient, threadId: number): Promise<string> {
  const { id: frameId } = await topFrame(client, threadId);
  return String(Number((await client.ask<{ result: string }>('evaluate', { expression: '$r4', frameId, context: 'watch' })).result));
}

describe('stepping back', () => {
  it.each([[program('calls.s'), 40], [example('minor.s'), 6], [example('sigbus.s'), 25]])('undoes a step of an instruction: %s', async (path, count) => {
    await talk({ program: path }, async (client, threadId) => {
      const way: string[] = [await standing(client, threadId)];
      for (let i = 0; i < count; i += 1) {
        await go(client, 'stepIn', { threadId, granularity: 'instruction' });
        way.push(await standing(client, threadId));
      }
      for (const before of way.slice(0, -1).reverse()) {
        await go(client, 'stepBack', { threadId, granularity: 'instruction' });
        expect(await standing(client, threadId)).toBe(before);
      }
      expect((await go(client, 'stepBack', { threadId, granularity: 'instruction' })).reason).toBe('entry');
    });
  });

  it('goes over a call, a line at a time', async () => {
    await talk({ program: program('calls.s') }, async (client, threadId) => {
      const lines: number[] = [];
      for (let i = 0; i < 6; i += 1) {
        lines.push((await topFrame(client, threadId)).line);
        await go(client, 'next', { threadId });
      }
      for (const line of lines.reverse()) {
        await go(client, 'stepBack', { threadId });
        expect((await topFrame(client, threadId)).line).toBe(line);
      }
    });
  });

  it('leads from a function to its call', async () => {
    await talk({ program: program('calls.s') }, async (client, threadId) => {
      await client.ask('setFunctionBreakpoints', { breakpoints: [{ name: 'outer' }] });
      await go(client, 'continue', { threadId });
      await go(client, 'stepBack', { threadId });
      expect((await topFrame(client, threadId)).line).toBe(9);
    });
  });
});

describe('reverse continue', () => {
  it('stops at each write to watched bytes, last first', async () => {
    await talk({ program: program('calls.s') }, async (client, threadId) => {
      await client.ask('setInstructionBreakpoints', { breakpoints: [{ instructionReference: '0x10000028' }] });
      await go(client, 'continue', { threadId });
      await client.ask('setInstructionBreakpoints', { breakpoints: [] });
      const { id } = await topFrame(client, threadId);
      const { dataId } = await client.ask<{ dataId: string }>('dataBreakpointInfo', { name: '0x10010000', asAddress: true, bytes: 4, frameId: id });
      await client.ask('setDataBreakpoints', { breakpoints: [{ dataId, accessType: 'write' }] });
      for (let value = 10; value > 7; value -= 1) {
        const { reason, description } = await go(client, 'reverseContinue', { threadId });
        expect(reason).toBe('data breakpoint');
        expect(description).toContain(`0x${value.toString(16).padStart(8, '0')} now`);
      }
    });
  });

  it('stops on the faults that the filters name', async () => {
    await talk({ program: example('minor.s') }, async (client, threadId) => {
      for (let i = 0; i < 6; i += 1) await go(client, 'stepIn', { threadId, granularity: 'instruction' });
      const { total } = await client.ask<{ total: number }>('refault/faults', { start: 0, count: 0 });
      await client.ask('setExceptionBreakpoints', { filters: ['MINOR'] });
      for (let id = total - 1; id >= 0; id -= 1) {
        expect((await go(client, 'reverseContinue', { threadId })).reason).toBe('exception');
        const { faults } = await client.ask<{ faults: { id: number }[] }>('refault/faults', { start: 0, count: 1 });
        expect(faults[0]?.id).toBe(id);
      }
      expect((await go(client, 'reverseContinue', { threadId })).reason).toBe('entry');
    });
  });

  it('knows which hit of a breakpoint each was, there and back', async () => {
    await talk({ program: program('calls.s') }, async (client, threadId) => {
      const everyThird = { instructionReference: IN_LOOP, hitCondition: '% 3' };
      await client.ask('setInstructionBreakpoints', { breakpoints: [everyThird, { instructionReference: '0x10000028' }] });
      const counters = async (command: string, times: number): Promise<string[]> => {
        const seen: string[] = [];
        for (let i = 0; i < times; i += 1) {
          await go(client, command, { threadId });
          seen.push(await counter(client, threadId));
        }
        return seen;
      };
      expect(await counters('continue', 4)).toEqual(['2', '5', '8', '10']);
      expect(await counters('reverseContinue', 2)).toEqual(['8', '5']);
      expect(await counters('continue', 2)).toEqual(['8', '10']);
      expect(await counters('reverseContinue', 3)).toEqual(['8', '5', '2']);
    });
  });

  it('counts hits anew where a new future begins', async () => {
    await talk({ program: program('calls.s') }, async (client, threadId) => {
      await client.ask('setInstructionBreakpoints', { breakpoints: [{ instructionReference: IN_LOOP, hitCondition: '>= 6' }] });
      await go(client, 'continue', { threadId });
      expect(await counter(client, threadId)).toBe('5');
      expect((await go(client, 'reverseContinue', { threadId })).reason).toBe('entry');
      // The call that is left out makes every hit of the new future come earlier than that of the old one.
      const { targets: [past] } = await client.ask<{ targets: { id: number }[] }>('gotoTargets', { source: { path: program('calls.s') }, line: 9 });
      await go(client, 'goto', { threadId, targetId: past?.id });
      await go(client, 'continue', { threadId });
      expect(await counter(client, threadId)).toBe('5');
    });
  });

  it('lets itself be paused, and goes on from there', async () => {
    await talk({ program: program('forever.s') }, async (client, threadId) => {
      await client.ask('continue', { threadId });
      for (let i = 0; i < 2; i += 1) await client.letRun();
      await go(client, 'pause', { threadId });
      await client.ask('setFunctionBreakpoints', { breakpoints: [{ name: '_start', condition: '0' }] });
      await client.ask('reverseContinue', { threadId });
      await client.letRun();
      const { reason, description } = await go(client, 'pause', { threadId });
      expect(reason).toBe('pause');
      expect(description).toContain('in the past');
      await go(client, 'stepBack', { threadId, granularity: 'instruction' });
    });
  });
});

describe('the present', () => {
  it('is the stop on a fault that it was, in the thread that faulted', async () => {
    await talk({ program: example('retry.s'), stopOnEntry: true }, async (client, threadId) => {
      await client.ask('setExceptionBreakpoints', { filters: ['RETRY'] });
      const present = await go(client, 'continue', { threadId });
      expect(present.reason).toBe('exception');
      await go(client, 'stepBack', { threadId: present.threadId });
      const { reason, text, threadId: shown } = await go(client, 'refault/travelTo', {});
      expect({ reason, text, threadId: shown }).toEqual({ reason: 'exception', text: present.text, threadId: present.threadId });
    });
  });

  it('shows the thread that was looked at in the past', async () => {
    await talk({ program: example('retry.s'), stopOnEntry: true }, async (client, threadId) => {
      await client.ask('setExceptionBreakpoints', { filters: ['RETRY'] });
      const { threadId: second } = await go(client, 'continue', { threadId });
      expect(second).not.toBe(threadId);
      await client.ask('setExceptionBreakpoints', { filters: [] });
      await go(client, 'stepBack', { threadId: second });
      const { reason, threadId: shown } = await go(client, 'refault/travelTo', {});
      expect({ reason, threadId: shown }).toEqual({ reason: 'goto', threadId: second });
    });
  });
});

describe('what comes from outside', () => {
  it('comes again at its time, and what was printed is printed once', async () => {
    await talk({ program: program('reader.s') }, async (client, threadId) => {
      await client.ask('continue', { threadId });
      await client.letRun();
      await client.ask('evaluate', { expression: 'input hello', context: 'repl' });
      for (let i = 0; i < 10 && client.programOutput() === ''; i += 1) await client.letRun();
      const printed = client.programOutput();
      const ended = client.messages.some((m) => 'event' in m && m.event === 'exited');
      if (ended) return;
      await go(client, 'pause', { threadId });
      expect((await go(client, 'reverseContinue', { threadId })).reason).toBe('entry');
      await go(client, 'refault/travelTo', {});
      expect(client.programOutput()).toBe(printed);
    });
  });
});

describe('without a history', () => {
  it('says what to do', async () => {
    await talk({ program: program('calls.s'), history: 0 }, async (client, threadId) => {
      const { success, message } = await client.request('stepBack', { threadId });
      expect({ success, message }).toEqual({ success: false, message: 'No history is kept, so that the program cannot go back; leave out "history": 0 in the launch configuration.' });
    });
  });
});
