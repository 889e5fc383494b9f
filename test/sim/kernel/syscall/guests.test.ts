/** The GNU-made guest programs print what they print on Linux, with the right exit status. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIGURATION, Machine } from '../../../../src/sim/machine.ts';
import { profileOf } from '../../../../src/sim/kernel/profile/lookup.ts';
import { readElf } from '../../../../src/sim/program/elf/readElf.ts';
import { expectedOutput, GUESTS, readGuest, SYSTEM_GUESTS } from '../../../support/guests.ts';

type Guest = (typeof GUESTS)[number] | (typeof SYSTEM_GUESTS)[number];

const EXIT_CODES: Readonly<Record<string, number>> = { hello_asm: 7, hello_printf: 42, threads: 3 };
const SIGTERM = 15;
const STDERR: Readonly<Record<string, string>> = { hello_printf: 'to stderr\n' };

function run(name: Guest, pageBytes: 4096 | 65536): { readonly exit: unknown; readonly stdout: string; readonly stderr: string } {
  const out = { stdout: '', stderr: '' };
  const machine = new Machine({
    program: readElf(name, readGuest(name)).program, args: [], env: {}, profile: profileOf('2.6.18'), hostFiles: undefined,
    configuration: { ...DEFAULT_CONFIGURATION, spes: 1, pageBytes },
  }, { output: (stream, bytes) => { out[stream] += new TextDecoder().decode(bytes); }, notice: () => undefined });
  const stop = machine.run(1_000_000_000);
  return { exit: stop.kind === 'exit' ? stop.exit : stop.kind, ...out };
}

describe.each([4096, 65536] as const)('with pages of %d bytes', (pageBytes) => {
  it.each([...GUESTS, ...SYSTEM_GUESTS])('%s', (name) => {
    expect(run(name, pageBytes)).toEqual({
      exit: name === 'signals' ? { kind: 'signal', signal: SIGTERM } : { kind: 'exit', code: EXIT_CODES[name] ?? 0 }, stdout: expectedOutput(name), stderr: STDERR[name] ?? '',
    });
  });
});
