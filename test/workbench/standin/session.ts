// TEMPORARY stand-in for src/adapter/session.ts
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { AdapterHost } from '../../../src/adapter/host.ts';
export function createSession(send: (message: DebugProtocol.ProtocolMessage) => void, host: AdapterHost): { handle(message: DebugProtocol.ProtocolMessage): void; dispose(): void } {
  let seq = 0; let program = ''; let line = 3; let minor = false; let stops = 0; let running = false;
  const source = () => ({ path: program, name: program.split('/').pop() });
  const event = (name: string, body?: unknown) => send({ seq: ++seq, type: 'event', event: name, body } as DebugProtocol.Event);
  const row = (id: number) => ({ id, cycle: id * 1000, outcome: ['MINOR', 'RETRY', 'SIGBUS', 'MAJOR', 'OOM', 'SIGSEGV'][id % 6], attempt: 1, origin: 'ppe', task: '3 retry', pc: '0x10000020', symbol: 'touch+0x8', source: source(), line, ea: '0xf7fe4000', access: 'write', mapping: '/spu/other/signal1', handler: 'spufs_ps_nopage', handlerAnswer: 'NOPAGE_RETRY', coreAnswer: 'VM_FAULT_MINOR = 2', waited: 100, interruptedBy: 'SIGALRM', pte: 'nobody' });
  return {
    dispose: () => { running = false; },
    handle: (m) => {
      const r = m as DebugProtocol.Request;
      const a = (r.arguments ?? {}) as Record<string, never>;
      const respond = (body?: unknown, message?: string) => send({ seq: ++seq, type: 'response', request_seq: r.seq, command: r.command, success: message === undefined, body, message } as DebugProtocol.Response);
      const total = stops * 150 + 1;
      switch (r.command) {
        case 'initialize': respond({ supportsConfigurationDoneRequest: true, supportsExceptionInfoRequest: true, exceptionBreakpointFilters: [{ filter: 'RETRY', label: 'RETRY', default: true }, { filter: 'MINOR', label: 'MINOR' }] }); event('initialized'); break;
        case 'launch': program = a['program'] ?? ''; host.readFile(program).then((b) => { line = new TextDecoder().decode(b).split('\n').findIndex((t) => /^touch:/.test(t)) + 1; respond(); event('output', { output: `read ${b.length} bytes of ${program}\n` }); }, (e: Error) => respond(undefined, `${program} cannot be read: ${e.message}`)); break;
        case 'setBreakpoints': { const bs = ((a as { breakpoints?: { line: number }[] }).breakpoints ?? []); if (bs[0]) line = bs[0].line; respond({ breakpoints: bs.map((b) => ({ verified: true, line: b.line })) }); break; }
        case 'configurationDone': respond(); stops++; event('stopped', { reason: 'exception', description: 'Paused on RETRY', threadId: 1, allThreadsStopped: true }); break;
        case 'setExceptionBreakpoints': minor = ((a as { filters?: string[] }).filters ?? []).includes('MINOR'); respond(); break; case 'threads': respond({ threads: [{ id: 1, name: 'main' }] }); break;
        case 'stackTrace': respond({ stackFrames: [{ id: 2, name: 'spufs_ps_nopage', line: 3, column: 1, source: { name: 'spufs_ps_nopage', sourceReference: 2, origin: 'kernel 2.6.18-retry', presentationHint: 'deemphasize' } }, { id: 4, name: 'do_no_page', line: 3, column: 1, source: { name: 'do_no_page', sourceReference: 4, origin: 'kernel 2.6.18-retry', presentationHint: 'deemphasize' } }, { id: 3, name: 'do_page_fault', line: 3, column: 1, source: { name: 'do_page_fault', sourceReference: 3, origin: 'kernel 2.6.18-retry', presentationHint: 'deemphasize' } }, { id: 1, name: '_start', line, column: 1, source: source() }], totalFrames: 4 }); break;
        case 'scopes': respond({ scopes: [] }); break;
        case 'exceptionInfo': respond({ exceptionId: stops === 1 ? 'RETRY' : 'MINOR', breakMode: 'always', description: 'Thread 3 wrote to /spu/other/signal1. The handler said NOPAGE_RETRY, the core VM_FAULT_MINOR (2).' }); break;
        case 'continue': respond({ allThreadsContinued: true }); stops++; if (line === 99) { running = true; const spin = () => { const t = host.now(); while (host.now() - t < 8) { /* busy */ } if (running) host.yieldSlice(spin); }; spin(); } else if (stops > 2 || !minor) { event('exited', { exitCode: 0 }); event('terminated'); } else event('stopped', { reason: 'exception', threadId: 1, allThreadsStopped: true }); break;
        case 'pause': running = false; respond(); event('stopped', { reason: 'pause', threadId: 1 }); break;
        case 'next': respond(); line++; event('stopped', { reason: 'step', threadId: 1 }); break;
        case 'crash': throw new Error('stand-in crash');
        case 'refault/contexts': respond({ contexts: ['worker', 'idle'].map((name, i) => ({ name, state: i ? 'SAVED' : 'RUNNABLE', ...(i ? { queuePlace: 1 } : { spe: 0 }), npc: 256, status: 1, statusText: 'running', mailboxes: { inbound: [1, 2], outbound: [], outboundInterrupt: [] }, signals: [{ name: 'signal1', mode: 'or' }, { name: 'signal2', value: 3, mode: 'overwrite' }], tagGroups: { queryMask: 1, outstanding: 3, update: 'any' }, mfcQueue: [{ command: 'get', tag: 1, localStore: 0x1000, ea: '0x10010000', size: 128, stalled: 'page fault' }], proxyQueue: [], waiters: [{ task: 4, name: 'retry', reason: 'run_wq of /spu/worker' }], faults: { RETRY: 2 } })) }); break;
        case 'refault/faults': { const { start, count } = a as { start: number; count: number }; respond({ total, faults: Array.from({ length: Math.min(count, total - start) }, (_, i) => row(total - start - i)) }); break; }
        case 'terminate': respond(); event('terminated'); break;
        case 'disconnect': respond(); break;
        default: respond(undefined, `no ${r.command}`);
      }
    },
  };
}
