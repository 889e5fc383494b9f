/** Log messages of breakpoints that the protocol has none for: functions, instructions, data. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { DapClient } from '../support/dapClient.ts';
import { program } from './conversations/talk.ts';

/** All that is printed before the word that the program has ended. */
async function printedBy(name: string, configure: (client: DapClient) => Promise<unknown>): Promise<string> {
  const client = new DapClient();
  onTestFinished(() => { client.dispose(); });
  await client.launch({ program: program(name) }, async () => {
    await client.ask('setExceptionBreakpoints', { filters: [] });
    await configure(client);
  });
  await client.event('terminated');
  const printed = client.outputs();
  const end = 'The program has exited with code 0.\n';
  expect(printed.endsWith(end)).toBe(true);
  return printed.slice(0, -end.length);
}

describe('a log message', () => {
  it('of a function is printed at each call for which the condition holds', async () => {
    // twice(2) from _start, twice(4) from outer.
    const breakpoints = [{ name: 'twice', logMessage: 'twice of {$r3}' }];
    expect(await printedBy('calls.s', (client) => client.ask('setFunctionBreakpoints', { breakpoints }))).toBe('twice of 0x2\ntwice of 0x4\n');
    const conditional = [{ name: 'twice', logMessage: 'twice of {$r3}', condition: '$r3 > 2' }];
    expect(await printedBy('calls.s', (client) => client.ask('setFunctionBreakpoints', { breakpoints: conditional }))).toBe('twice of 0x4\n');
  });

  it('of an instruction is printed at the hits that count', async () => {
    // The loop's lwz runs ten times.
    const breakpoints = [{ instructionReference: 'ea:1000:0x10000014', hitCondition: '% 5', logMessage: 'counter {[counter:4]}' }];
    expect(await printedBy('calls.s', (client) => client.ask('setInstructionBreakpoints', { breakpoints }))).toBe('counter 0x4\ncounter 0x9\n');
  });

  it('of data is printed at an access that was watched', async () => {
    const breakpoints = [{ dataId: 'ea:1000:0x10010000+4', accessType: 'write', hitCondition: '>= 9', logMessage: 'r4 is {$r4}' }];
    expect(await printedBy('calls.s', (client) => client.ask('setDataBreakpoints', { breakpoints }))).toBe('r4 is 0x9\nr4 is 0xa\n');
  });

  it('that cannot be read makes the breakpoint unverified', async () => {
    const client = new DapClient();
    onTestFinished(() => { client.dispose(); });
    await client.launch({ program: program('calls.s'), stopOnEntry: true });
    const { breakpoints } = await client.ask<{ breakpoints: { verified: boolean; message: string }[] }>('setFunctionBreakpoints', { breakpoints: [{ name: 'twice', logMessage: 'r3 is {$r3' }] });
    expect(breakpoints).toEqual([expect.objectContaining({ verified: false, message: 'The log message has a { without its }.' })]);
  });
});
