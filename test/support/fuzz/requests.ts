/** Requests that make sense to a session, or nearly: with numbers and names that it has given before. */
import { REQUESTS } from '../../../src/adapter/requests/registry.ts';
import type { Random } from '../randomPrograms/random.ts';
import type { Harvest } from './harvest.ts';
import { junk, junkNumber, junkText } from './junk.ts';

const COMMANDS = REQUESTS.map(({ command }) => command);
const STRANGE_COMMANDS: readonly string[] = ['', 'attach', 'runInTerminal', 'initialized', 'Launch', 'constructor', '__proto__', 'stepBack', 'reverseContinue', 'x'.repeat(1000)];
/** These end the conversation, or begin a program: often enough without being picked for their turn. */
const RARE: ReadonlySet<string> = new Set(['disconnect', 'terminate', 'restart', 'launch', 'attach', 'initialize', 'terminateThreads']);
const RARELY = 12;
/** These end the program. */
const ENDS: ReadonlySet<string> = new Set(['disconnect', 'terminate', 'terminateThreads']);
const ALMOST_NEVER = 40;

const EXPRESSIONS: readonly string[] = [
  '$r3', '$pc', '$lr', '$r3 + 1', '[$r1:8]', '*(u32*)$r1', '$f1 * 2', '$v1', '$v1.w2', '$3', '[$sp:4]', '1 + 2 * 3', 'fault.ea', 'fault.outcome == "RETRY"', '_start', 'counter', '$r3 = 5', '$v2.b3 = 1',
  '[$r1:4] = 7', '$pc = _start', 'hits >= 2 && access == "write"', 'ea > 0', 'info faults', 'info mappings', 'info slb', 'info tasks', 'info spu dma', 'info spu event', 'info spu sched', 'help', 'input hello', 'input end', 'set step-into kernel',
];
const SETTABLE: readonly string[] = ['r3', 'r5', 'r1', 'pc', 'lr', 'ctr', 'cr0', 'f1', 'v1', '3', '[0]', '[2]'];
const CONTEXTS: readonly string[] = ['repl', 'watch', 'hover', 'clipboard', 'variables', 'elsewhere'];
const FILTERS: readonly string[] = ['RETRY', 'SIGBUS', 'OOM', 'SIGSEGV', 'MINOR', 'MAJOR', 'deadlock', 'none'];
const GRANULARITIES: readonly string[] = ['statement', 'line', 'instruction', 'leap'];

export function nextCommand(random: Random): string {
  if (random.chance(40)) return random.pick(STRANGE_COMMANDS);
  const command = random.pick(COMMANDS);
  return RARE.has(command) && !random.chance(ENDS.has(command) ? ALMOST_NEVER : RARELY) ? nextCommand(random) : command;
}

/** Arguments that a client might send with a command: each is there as often as not where it is optional. */
export function plausibleArguments(random: Random, command: string, seen: Harvest, program: string): Record<string, unknown> | undefined {
  const maybe = (name: string, value: unknown): Record<string, unknown> => (random.chance(2) ? { [name]: value } : {});
  const threadId = (): unknown => seen.some(random, 'thread', 1000);
  const frameId = (): unknown => seen.some(random, 'frame', 1);
  const expression = (): string => (random.chance(4) ? junkText(random) : random.pick(EXPRESSIONS));
  const memoryReference = (): unknown => seen.some(random, 'memory', 'ea:1000:0x10000000');
  const line = (): number => random.between(0, 80);
  const source = (): unknown => (random.chance(3) ? { sourceReference: seen.some(random, 'source', 1) } : { path: seen.some(random, 'path', program) });
  const rules = (): Record<string, unknown> => ({ ...(random.chance(3) ? { condition: expression() } : {}), ...(random.chance(4) ? { hitCondition: random.pick(['2', '>= 3', '% 2', 'x']) } : {}), ...(random.chance(4) ? { logMessage: 'r3 is {$r3}, {' } : {}) });
  const several = (make: () => unknown): unknown[] => Array.from({ length: random.below(4) }, make);
  const format = maybe('format', { hex: random.chance(2), line: random.chance(2), module: random.chance(2), includeAll: random.chance(4) });
  const stepping = (): Record<string, unknown> => ({
    threadId: threadId(), ...maybe('granularity', random.pick(GRANULARITIES)), ...(random.chance(6) ? { singleThread: true } : {}), ...(random.chance(5) ? { targetId: seen.some(random, 'target', 8) } : {}),
  });
  switch (command) {
    case 'initialize': return { adapterID: 'cell', ...maybe('linesStartAt1', false), ...maybe('pathFormat', 'uri'), ...maybe('supportsMemoryEvent', true), ...maybe('supportsANSIStyling', true) };
    case 'launch': return { program, ...maybe('stopOnEntry', true), ...maybe('kernel', random.pick(['2.6.18', '2.6.30', '2.4', ''])), ...maybe('machine', { spes: random.between(-1, 17) }), ...maybe('noDebug', random.chance(2)) };
    case 'restart': return random.chance(2) ? {} : { arguments: { program, stopOnEntry: true } };
    case 'setBreakpoints': return { source: source(), breakpoints: several(() => ({ line: line(), ...rules() })) };
    case 'setFunctionBreakpoints': return { breakpoints: several(() => ({ name: random.pick(['_start', 'loop', 'do_no_page', 'busy:count', 'nothing', '']), ...rules() })) };
    case 'setInstructionBreakpoints': return { breakpoints: several(() => ({ instructionReference: memoryReference(), ...maybe('offset', random.below(64)), ...rules() })) };
    case 'setDataBreakpoints': return { breakpoints: several(() => ({ dataId: seen.some(random, 'data', 'ea:1000:0x10010000+4'), ...maybe('accessType', random.pick(['read', 'write', 'readWrite'])), ...rules() })) };
    case 'dataBreakpointInfo': return { name: random.chance(2) ? seen.some(random, 'name', 'r3') : expression(), ...maybe('variablesReference', seen.some(random, 'container', 1)), ...maybe('frameId', frameId()), ...maybe('bytes', random.between(0, 70_000)) };
    case 'setExceptionBreakpoints': return { filters: several(() => random.pick(FILTERS)), ...maybe('filterOptions', several(() => ({ filterId: random.pick(FILTERS), ...maybe('condition', expression()) }))) };
    case 'breakpointLocations': return { source: source(), line: line(), ...maybe('endLine', line()) };
    case 'gotoTargets': return { source: source(), line: line() };
    case 'goto': return { threadId: threadId(), targetId: seen.some(random, 'target', 0x1000_0000) };
    case 'stackTrace': return { threadId: threadId(), ...maybe('startFrame', random.below(4)), ...maybe('levels', random.below(4)), ...format };
    case 'scopes':
    case 'stepInTargets':
    case 'restartFrame':
      return { frameId: frameId() };
    case 'variables': return { variablesReference: seen.some(random, 'container', 1), ...maybe('start', random.below(40)), ...maybe('count', random.below(40)), ...maybe('filter', random.pick(['indexed', 'named'])), ...format };
    case 'setVariable': return { variablesReference: seen.some(random, 'container', 1), name: random.chance(4) ? seen.some(random, 'name', 'r5') : random.pick(SETTABLE), value: random.chance(2) ? '7' : expression(), ...format };
    case 'setExpression': return { expression: expression(), value: expression(), ...maybe('frameId', frameId()) };
    case 'evaluate': return { expression: expression(), ...maybe('frameId', frameId()), ...maybe('context', random.pick(CONTEXTS)), ...format };
    case 'completions': return { text: expression(), column: random.below(20), ...maybe('frameId', frameId()) };
    case 'readMemory': return { memoryReference: memoryReference(), count: random.chance(20) ? 2 ** 24 : random.below(5000), ...maybe('offset', random.between(-100, 100_000)) };
    case 'writeMemory': return { memoryReference: memoryReference(), data: random.pick(['AQIDBA==', '', '*', 'AAAA']), ...maybe('offset', random.below(256)), ...maybe('allowPartial', true) };
    case 'disassemble': return { memoryReference: memoryReference(), instructionCount: random.chance(15) ? 20_000 : random.below(500), ...maybe('instructionOffset', random.between(-400, 400)), ...maybe('offset', random.between(-9, 9)) };
    case 'source': return { sourceReference: seen.some(random, 'source', 1), ...maybe('source', source()) };
    case 'locations': return { locationReference: seen.some(random, 'location', 1) };
    case 'continue': return { threadId: threadId(), ...(random.chance(6) ? { singleThread: true } : {}) };
    case 'next':
    case 'stepIn':
    case 'stepOut':
      return stepping();
    case 'pause':
    case 'exceptionInfo':
      return { threadId: threadId() };
    case 'terminateThreads': return { threadIds: several(threadId) };
    case 'cancel': return random.chance(2) ? { requestId: random.below(400) } : { progressId: 'progress 1' };
    case 'disconnect': return maybe('terminateDebuggee', random.chance(2));
    case 'refault/faults': return { start: random.below(20), count: random.below(50), ...maybe('threadId', threadId()) };
    case 'refault/stepInto': return maybe('into', random.pick(['user', 'kernel', 'deep']));
    default: return random.chance(2) ? {} : undefined;
  }
}

/** One of the arguments is something else, missing, or one too many; or all of them are. */
export function spoilt(random: Random, args: Record<string, unknown> | undefined): unknown {
  const names = Object.keys(args ?? {});
  if (!args || names.length === 0 || random.chance(6)) return junk(random);
  const name = random.pick(names);
  const others = Object.fromEntries(Object.entries(args).filter(([key]) => key !== name));
  switch (random.below(4)) {
    case 0: return others;
    case 1: return { ...others, [name]: junkNumber(random) };
    case 2: return { ...args, [junkText(random).slice(0, 12)]: junk(random) };
    default: return { ...others, [name]: junk(random) };
  }
}
