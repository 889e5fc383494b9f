/** Nothing throws across the wire: every request gets exactly one response, whatever its arguments are. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { REQUESTS } from '../../src/adapter/requests/registry.ts';
import { DapClient, isEvent, isResponse } from '../support/dapClient.ts';
import { example, program, stopped } from './conversations/talk.ts';

const COMMANDS = REQUESTS.map(({ command }) => command);
/** Requests that end the session or read files belong to other tests. */
const HARMLESS = COMMANDS.filter((command) => !['disconnect', 'terminate', 'restart', 'launch', 'initialize'].includes(command));

/** The requests that each capability promises (DAP specification, Capabilities). */
const REQUESTS_OF_CAPABILITY: Readonly<Record<string, readonly string[]>> = {
  supportsConfigurationDoneRequest: ['configurationDone'], supportsFunctionBreakpoints: ['setFunctionBreakpoints'], supportsInstructionBreakpoints: ['setInstructionBreakpoints'],
  supportsDataBreakpoints: ['dataBreakpointInfo', 'setDataBreakpoints'], supportsBreakpointLocationsRequest: ['breakpointLocations'], supportsExceptionInfoRequest: ['exceptionInfo'],
  supportsSetVariable: ['setVariable'], supportsSetExpression: ['setExpression'], supportsGotoTargetsRequest: ['gotoTargets', 'goto'], supportsStepInTargetsRequest: ['stepInTargets'],
  supportsRestartFrame: ['restartFrame'], supportsTerminateThreadsRequest: ['terminateThreads'], supportsModulesRequest: ['modules'], supportsCompletionsRequest: ['completions'],
  supportsReadMemoryRequest: ['readMemory'], supportsWriteMemoryRequest: ['writeMemory'], supportsDisassembleRequest: ['disassemble'], supportsLoadedSourcesRequest: ['loadedSources'],
  supportsTerminateRequest: ['terminate'], supportsRestartRequest: ['restart'], supportsCancelRequest: ['cancel'], supportsStepBack: ['stepBack', 'reverseContinue'],
};
/** These say what arguments and events may have. */
const CAPABILITIES_OF_ARGUMENTS: readonly string[] = [
  'supportsConditionalBreakpoints', 'supportsHitConditionalBreakpoints', 'supportsLogPoints', 'supportsDataBreakpointBytes', 'supportsExceptionFilterOptions', 'supportsEvaluateForHovers',
  'supportsClipboardContext', 'supportsValueFormattingOptions', 'supportsSteppingGranularity', 'supportsSingleThreadExecutionRequests', 'supportTerminateDebuggee', 'supportsDelayedStackTraceLoading',
  'supportsANSIStyling',
];
/** Requests that every adapter has; `locations` is asked for wherever a reference was given. */
const WITHOUT_CAPABILITY: readonly string[] = [
  'initialize', 'launch', 'attach', 'setBreakpoints', 'setExceptionBreakpoints', 'threads', 'stackTrace', 'scopes', 'variables', 'evaluate', 'continue', 'next', 'stepIn', 'stepOut', 'pause', 'source',
  'disconnect', 'locations',
];

/** Values that arguments may have, likely ones among them. */
const value = fc.oneof(
  fc.constantFrom('r3', '$r3 + 1', '0x10000000', 'ea:1000:0x10000000', 'ls:busy:0x0', 'pa:0x0', '[0:4]', 'info spu dma', 'AQID', 'named', 'instruction', '', '{'),
  fc.constantFrom(0, 1, -1, 2, 3, 1000, 1001, 100_001, 1.5, 2 ** 53),
  fc.boolean(), fc.constant(null), fc.string({ maxLength: 8 }), fc.array(fc.integer(), { maxLength: 3 }),
  fc.constant({ path: example('retry.s') }), fc.constant([{ line: 50 }, { line: -3 }, { name: 'x' }]), fc.constant({ hex: true }),
);
const args = fc.dictionary(
  fc.constantFrom(
    'threadId', 'frameId', 'variablesReference', 'expression', 'context', 'memoryReference', 'count', 'offset', 'instructionCount', 'instructionOffset',
    'source', 'breakpoints', 'filters', 'filterOptions', 'start', 'name', 'value', 'data', 'sourceReference', 'text', 'column', 'granularity', 'format', 'levels', 'startFrame',
  ),
  value, { maxKeys: 5 },
);

describe('requests', () => {
  it('get one response each, never an internal error', async () => {
    const client = new DapClient();
    await client.launch({ program: example('retry.s') });
    await stopped(client);
    await fc.assert(fc.asyncProperty(fc.constantFrom(...HARMLESS), args, async (command, given) => {
      const before = client.messages.length;
      const response = await client.request(command, given);
      const { error } = (response.body ?? {}) as { error?: DebugProtocol.Message };
      if (!response.success) {
        expect(error?.id).toBeGreaterThan(0);
        expect(error?.id, response.message).not.toBe(1002);
        expect(response.message).toMatch(/[.?!)]$/s);
      }
      const answers = client.messages.slice(before).filter((m) => isResponse(m) && m.request_seq === response.request_seq);
      expect(answers).toHaveLength(1);
    }), { numRuns: 600 });
    client.dispose();
  });

  it('are there for every capability, and every capability for its request', async () => {
    const client = new DapClient();
    const capabilities = await client.ask<Record<string, unknown>>('initialize', { adapterID: 'cell' });
    client.dispose();
    const advertised = Object.entries(capabilities).filter(([, value]) => value === true).map(([name]) => name);
    const needed = new Set([...WITHOUT_CAPABILITY, ...Object.values(REQUESTS_OF_CAPABILITY).flat()]);
    expect(advertised.filter((name) => !(name in REQUESTS_OF_CAPABILITY) && !CAPABILITIES_OF_ARGUMENTS.includes(name))).toEqual([]);
    for (const [name, commands] of Object.entries(REQUESTS_OF_CAPABILITY)) expect([name, advertised.includes(name)]).toEqual([name, commands.every((command) => COMMANDS.includes(command))]);
    expect(COMMANDS.filter((command) => !needed.has(command) && !command.startsWith('refault/'))).toEqual([]);
    expect(new Set(COMMANDS).size).toBe(COMMANDS.length);
  });

  it('are numbered, and events never come between a request and its response', async () => {
    const client = new DapClient();
    await client.launch({ program: program('calls.s'), stopOnEntry: true });
    const { threadId } = await stopped(client);
    for (const command of ['next', 'stepIn', 'continue']) {
      await client.ask(command, { threadId });
      await client.event(command === 'continue' ? 'terminated' : 'stopped');
    }
    client.messages.forEach((message, index) => {
      const next = client.messages[index + 1];
      if (message.type === 'request' && next && isEvent(next)) throw new Error(`The event ${next.event} came before the response to a request.`);
    });
    const sent = client.messages.filter((m) => m.type !== 'request').map(({ seq }) => seq);
    expect(sent).toEqual(sent.map((_, index) => index + 1));
    client.dispose();
  });
});

describe('errors', () => {
  it('have numbers of their own, each in docs/adapter.md', () => {
    const source = readFileSync(new URL('../../src/adapter/session/errors.ts', import.meta.url), 'utf8');
    const numbers = [...source.matchAll(/error\((\d{4}),/g)].map(([, number]) => number ?? '');
    expect(numbers.length).toBeGreaterThan(20);
    expect(new Set(numbers).size).toBe(numbers.length);
    const page = readFileSync(new URL('../../docs/adapter.md', import.meta.url), 'utf8');
    for (const number of numbers) expect(page).toMatch(new RegExp(`^\\|[^|]*\\b${number}\\b`, 'm'));
  });
});
