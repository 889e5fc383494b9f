/** Malformed, reordered, repeated and mistimed requests: one answer each, never a crash, never silence. */
import { describe, expect, it } from 'vitest';
import { Interpreters } from '../../src/sim/run/interpreters.ts';
import path from 'node:path';
import { feed, streamHere } from '../support/fuzz/stream.ts';
import { converse } from '../support/fuzz/conversation.ts';

const MESSAGES = 250;
const CONVERSATIONS = 6;
const FIXED_SEED = 1;
/** Another one every time; a failure names it. */
const newSeed = Math.floor(Math.random() * 2 ** 31);

describe('a session', () => {
  it.each([['the same every time', FIXED_SEED], ['new ones', newSeed]])('survives conversations that no client should have: %s', async (_, seed) => {
    const interpreters = new Interpreters();
    let messages = 0;
    let answers = 0;
    for (let i = 0; i < CONVERSATIONS; i += 1) {
      const survived = await converse(seed + i, MESSAGES, interpreters);
      messages += survived.messages;
      answers += survived.answers;
    }
    console.log(`Fuzzer: ${String(messages)} messages survived, ${String(answers)} answers, seed ${String(seed)}.`);
    expect(messages).toBeGreaterThanOrEqual(CONVERSATIONS * MESSAGES);
  });
});

describe('the stream of refault dap', () => {
  it.each([FIXED_SEED, newSeed])('survives what is no frame, and frames of no message: seed %d', async (seed) => {
    const survived = await feed(seed, MESSAGES, path.resolve('examples/retry.s'), streamHere(new Interpreters()));
    console.log(`Fuzzer: ${String(survived.messages)} messages in a stream survived, ${String(survived.answers)} answers, seed ${String(seed)}.`);
    expect(survived.answers).toBeGreaterThan(MESSAGES / 2);
  });
});
