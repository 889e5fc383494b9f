/** Random guests in a debug session: a journey back passes the same stops in the other order, and shows at each what was seen there. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DapClient } from '../support/dapClient.ts';
import { randomGuest } from '../support/randomGuest.ts';
import { topFrame } from './conversations/talk.ts';

const KERNELS = ['2.6.18', '2.6.18-retry', '2.6.23', '2.6.27'];
const OUTCOMES = ['RETRY', 'SIGBUS', 'OOM', 'SIGSEGV', 'MINOR', 'MAJOR'];
const REGISTERS = Array.from({ length: 32 }, (_, number) => `$r${String(number)}`);
const MOST_STOPS = 12;
const ENDS_OF_RUN = ['stopped', 'terminated'];
/** After which a guest that does not stop is paused. */
const MOST_TURNS = 20;
/** Milliseconds of the session's clock for each piece of a run, with which it keeps a piece short: a guest that does not stop has then run for some million cycles, not for thousands. */
const TICK = 2;

const story = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  kernel: fc.constantFrom(...KERNELS),
  outcomes: fc.subarray(OUTCOMES, { minLength: 2 }),
  condition: fc.constantFrom(undefined, 'hits % 2 == 0', 'hits >= 3', 'hits != 2 && access == "write"'),
  stops: fc.integer({ min: 3, max: MOST_STOPS }),
});

interface Seen {
  readonly isFault: boolean;
  readonly cycle: number;
  readonly threadId: number;
  readonly why: string;
  readonly registers: readonly string[];
}

describe('random guests in a session', () => {
  it('stop on the same faults on the way back, with the same registers', async () => {
    let journeys = 0;
    await fc.assert(fc.asyncProperty(story, async ({ seed, kernel, outcomes, condition, stops }) => {
      const { name, source } = randomGuest(seed);
      const client = new DapClient({ files: { [`/${name}`]: source }, tick: TICK });
      try {
        await client.launch({ program: `/${name}`, kernel }, () => client.ask('setExceptionBreakpoints', { filters: [], filterOptions: outcomes.map((filterId) => ({ filterId, condition })) }));
        const forward: Seen[] = [];
        let seen = await nextStopOrPause(client);
        while (seen?.isFault === true && forward.length < stops) {
          forward.push(seen);
          await client.ask('continue', { threadId: seen.threadId });
          seen = await nextStopOrPause(client);
        }
        // There is no way back from the end.
        fc.pre(seen !== undefined && forward.length > 0);
        const back: Seen[] = [];
        while (back.length < forward.length) {
          await client.ask('reverseContinue', { threadId: forward[0]?.threadId });
          const there = await nextStop(client);
          if (!there) break;
          back.push(there);
        }
        expect(back).toEqual(forward.reverse());
        journeys += back.length;
      } finally {
        client.dispose();
      }
    }), { numRuns: 40 });
    expect(journeys).toBeGreaterThan(0);
  }, 300_000);
});

/** As below; a program that runs on and on is paused. */
async function nextStopOrPause(client: DapClient): Promise<Seen | undefined> {
  for (let turn = 0; turn < MOST_TURNS && !client.hasEvent(ENDS_OF_RUN); turn += 1) await client.letRun();
  if (!client.hasEvent(ENDS_OF_RUN)) await client.ask('pause', { threadId: 0 });
  return nextStop(client);
}

/** What is to be seen at the next stop; undefined where the program ends instead. */
async function nextStop(client: DapClient): Promise<Seen | undefined> {
  const { name, body } = await client.eventOf(ENDS_OF_RUN);
  if (name === 'terminated') return undefined;
  const { threadId, reason, description } = body as { threadId: number; reason: string; description: string };
  const { id: frameId } = await topFrame(client, threadId);
  const { cycle } = await client.ask<{ cycle: number }>('refault/status');
  const registers: string[] = [];
  for (const expression of REGISTERS) registers.push((await client.ask<{ result: string }>('evaluate', { expression, frameId, context: 'watch' })).result);
  return { isFault: reason === 'exception', cycle, threadId, why: description.replace(/ \(in the past: .*\)$/, ''), registers };
}
