/** Transcripts of debug sessions, compared with files. `UPDATE_GOLDEN=1` writes them anew; never in CI. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { type DapClient, isEvent, isResponse, type Message } from './dapClient.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FOLDER = new URL('../golden/', import.meta.url);

/** The conversation that shows what the adapter says it can do; in the others it is left out. */
const ALL_CAPABILITIES = '02-start';

/** Compares the conversation of a client with the file of a name. */
export function expectGolden(name: string, client: DapClient): void {
  const text = transcript(client.messages, name);
  const file = new URL(`${name}.txt`, FOLDER);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    if (process.env['CI'] !== undefined) throw new Error('Golden files are not written in CI: run UPDATE_GOLDEN=1 npx vitest run test/adapter here, and look at what changed.');
    writeFileSync(file, text);
    return;
  }
  expect(existsSync(file), `test/golden/${name}.txt is missing; write it with UPDATE_GOLDEN=1`).toBe(true);
  expect(text).toBe(readFileSync(file, 'utf8'));
}

/** One line a message: `>` a request, `<` its response, `*` an event. */
function transcript(messages: readonly Message[], name: string): string {
  return messages.map((message) => `${normal(line(message, name === ALL_CAPABILITIES))}\n`).join('');
}

function line(message: Message, showsCapabilities: boolean): string {
  if (isEvent(message)) return `* ${message.event} ${json(message.body)}`.trimEnd();
  if (!isResponse(message)) {
    const { command, arguments: args } = message as Message & { command: string; arguments?: unknown };
    return `> ${command} ${json(args)}`.trimEnd();
  }
  if (message.success && message.command === 'initialize' && !showsCapabilities) return '< initialize CAPABILITIES';
  if (message.success) return `< ${message.command} ${json(message.body)}`.trimEnd();
  const { error } = (message.body ?? {}) as { error?: { id: number; showUser: boolean } };
  return `< ${message.command} failed, ${String(error?.id)}${error?.showUser === true ? ', shown' : ''}: ${message.message ?? ''}`;
}

function json(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value);
}

/** Paths begin at the project; cycles and numbers of listings, which change with every cost and every path, are left out. */
function normal(text: string): string {
  return text
    .replaceAll(ROOT, '')
    .replace(/waited \d+ cycles/g, 'waited N cycles')
    .replace(/cycle \d+ of \d+/g, 'cycle N of M')
    .replace(/after cycle \d+/g, 'after cycle N')
    .replace(/"(sourceReference)":\d+/g, '"$1":N')
    .replace(/"(cycle|waited|present)":\d+/g, '"$1":N');
}
