/** The registry of requests: none without a conversation that shows it, and none of Refault's own without a line in the documentation. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { REQUESTS } from '../../src/adapter/requests/registry.ts';

const GOLDEN = new URL('../golden/', import.meta.url);
/** There is nothing to attach to: the answer is always a refusal. */
const REFUSED = 'attach';
const COMMANDS = REQUESTS.map(({ command }) => command);

describe('every request', () => {
  const lines = readdirSync(GOLDEN).flatMap((name) => readFileSync(new URL(name, GOLDEN), 'utf8').split('\n'));
  const page = readFileSync(new URL('../../docs/adapter.md', import.meta.url), 'utf8');

  it.each(COMMANDS)('%s is answered in a conversation', (command) => {
    const isAnswer = (line: string): boolean => line === `< ${command}` || (line.startsWith(`< ${command} `) && line.startsWith(`< ${command} failed`) === (command === REFUSED));
    expect(lines.some(isAnswer)).toBe(true);
  });

  it.each(COMMANDS.filter((command) => command.startsWith('refault/')))('%s is explained in docs/adapter.md', (command) => {
    expect(page).toContain(`\`${command}\``);
  });
});
