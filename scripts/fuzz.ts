/**
 * npm run fuzz [-- SECONDS [SEED]]: conversations with the debug adapter that no client should have, until the time is over.
 * Prints how many messages were survived; stops at the first that was not, with its seed.
 */
import path from 'node:path';
import { Interpreters } from '../src/sim/run/interpreters.ts';
import { converse } from '../test/support/fuzz/conversation.ts';
import { feed, streamHere } from '../test/support/fuzz/stream.ts';

const MESSAGES = 400;
const DEFAULT_SECONDS = 60;
/** Every so many conversations, one goes over a stream of bytes. */
const STREAM_EVERY = 5;

const [seconds = String(DEFAULT_SECONDS), firstSeed = String(Math.floor(Math.random() * 2 ** 31))] = process.argv.slice(2);
if (!(Number(seconds) > 0) || !Number.isInteger(Number(firstSeed))) throw new Error('Write npm run fuzz -- SECONDS SEED, such as npm run fuzz -- 600 1.');

/** Until the time is over; answers a sentence on what was survived. */
async function fuzz(): Promise<string> {
  const interpreters = new Interpreters();
  const start = performance.now();
  let seed = Number(firstSeed);
  let messages = 0;
  let answers = 0;
  for (; performance.now() - start < Number(seconds) * 1000; seed += 1) {
    const survived = seed % STREAM_EVERY === 0
      ? await feed(seed, MESSAGES, path.resolve('examples/retry.s'), streamHere(interpreters))
      : await converse(seed, MESSAGES, interpreters);
    messages += survived.messages;
    answers += survived.answers;
  }
  return `Fuzzer: ${String(messages)} messages survived, ${String(answers)} answers, seeds ${firstSeed} to ${String(seed - 1)}.`;
}

console.log(await fuzz());
process.exit();
