/** Rule 3: breakpoints never lie. */
import type { DapClient } from '../../support/dapClient.ts';
import { example, program, stopped, topFrame } from './talk.ts';

/** Lines of the program and of an SPU program, functions, kernel paths and their listings, instructions, logpoints, hit counts. */
export async function breakpointsOfAllKinds(client: DapClient): Promise<void> {
  await client.launch({ program: program('calls.s'), stopOnEntry: true }, async () => {
    await client.ask('setBreakpoints', {
      source: { path: program('calls.s') },
      breakpoints: [{ line: 12, hitCondition: '>= 9' }, { line: 13, logMessage: 'r4 is {$r4}, the counter {[counter:4]}' }],
    });
    await client.ask('setFunctionBreakpoints', { breakpoints: [{ name: 'twice' }, { name: 'do_no_page' }, { name: 'nowhere' }] });
  });
  const { threadId } = await stopped(client);
  await client.ask('continue', { threadId });
  await stopped(client);
  await client.ask('stackTrace', { threadId });
  await client.ask('setFunctionBreakpoints', { breakpoints: [{ name: 'twice' }] });
  await client.ask('continue', { threadId });
  await stopped(client);
  await client.ask('stackTrace', { threadId });
  await client.ask('setFunctionBreakpoints', { breakpoints: [] });
  const { instructionPointerReference } = await topFrame(client, threadId);
  await client.ask('setInstructionBreakpoints', { breakpoints: [{ instructionReference: instructionPointerReference, offset: 4 }, { instructionReference: '0x7' }, { instructionReference: 'pa:0x0' }] });
  await client.ask('continue', { threadId });
  await stopped(client);
  await client.ask('setInstructionBreakpoints', { breakpoints: [] });
  await client.ask('continue', { threadId });
  await stopped(client);
  await client.ask('evaluate', { expression: '[counter:4]', context: 'watch' });
}

export async function movedBreakpoints(client: DapClient): Promise<void> {
  const path = program('calls.s');
  await client.launch({ program: path, stopOnEntry: true }, async () => {
    await client.ask('setBreakpoints', { source: { path }, breakpoints: [{ line: 1 }, { line: 8 }, { line: 48 }, { line: 900 }] });
    await client.ask('setBreakpoints', { source: { path: '/elsewhere/other.s' }, breakpoints: [{ line: 3 }] });
    await client.ask('setBreakpoints', { source: { path }, breakpoints: [{ line: 8 }, { line: 1 }] });
  });
  await stopped(client);
}

/** Set before the launch: pending first, then where they are. SPU lines are breakpoints of the same source. */
export async function pendingBreakpoints(client: DapClient): Promise<void> {
  const path = example('retry.s');
  await client.initialize();
  await client.ask('setBreakpoints', { source: { path }, breakpoints: [{ line: 174 }, { line: 900 }] });
  await client.ask('launch', { program: path });
  await client.ask('setExceptionBreakpoints', { filters: [] });
  await client.ask('configurationDone');
  const { threadId } = await stopped(client);
  await client.ask('stackTrace', { threadId });
  await client.ask('evaluate', { expression: '$3', context: 'watch' });
  await client.ask('setBreakpoints', { source: { path }, breakpoints: [] });
  await client.ask('continue', { threadId });
  await client.event('terminated');
}

export async function badConditions(client: DapClient): Promise<void> {
  const path = program('calls.s');
  await client.launch({ program: path, stopOnEntry: true }, () => client.ask('setBreakpoints', {
    source: { path },
    breakpoints: [
      { line: 12, condition: '$r4 ==' }, { line: 13, hitCondition: 'sometimes' }, { line: 14, logMessage: 'r4 is {$r4' },
      { line: 15, condition: '$r4 == 5' }, { line: 16, condition: '[0:4] == 1' },
    ],
  }));
  const { threadId } = await stopped(client);
  await client.ask('continue', { threadId });
  await stopped(client);
  await client.ask('setBreakpoints', { source: { path }, breakpoints: [{ line: 15, condition: '$r4 == 5' }] });
  await client.ask('continue', { threadId });
  await stopped(client);
  await client.ask('evaluate', { expression: '$r4', context: 'hover' });
}
