/** A program at a terminal: its input comes line by line, and it knows that it is at one. */
import { describe, expect, it } from 'vitest';
import { runCommand } from '../../src/cli/run.ts';
import { fakeIo } from '../support/fakeIo.ts';

/** Reads twice, asks with TCGETS in between, and ends with the bytes that it read plus what the ioctl answered. */
const READER = `
        .text
        .globl  _start
_start: li      r3, 0
        addi    r4, r1, -256
        li      r5, 100
        li      r0, 3
        sc
        mr      r14, r3
        li      r3, 0
        lis     r4, 0x402c
        ori     r4, r4, 0x7413
        addi    r5, r1, -256
        li      r0, 54
        sc
        add     r14, r14, r3
        li      r3, 0
        addi    r4, r1, -256
        li      r5, 100
        li      r0, 3
        sc
        add     r3, r3, r14
        li      r0, 234
        sc
`;
const FILES = { 'reader.s': READER };
const ENOTTY = 25;

describe('standard input', () => {
  it('is one line at a time where it is typed, and the end when there is none', async () => {
    const lines = ['ab\n', 'cde\n'];
    const nextLine = (): Promise<Uint8Array | undefined> => {
      const line = lines.shift();
      return Promise.resolve(line === undefined ? undefined : new TextEncoder().encode(line));
    };
    const io = { ...fakeIo(FILES), nextLine, terminals: ['stdin'] as const };
    expect(await runCommand(['reader.s'], io)).toBe(3 + 4);
    expect(await runCommand(['reader.s'], io)).toBe(0);
  });

  it('is everything at once where it is a file or a pipe, which is no terminal', async () => {
    expect(await runCommand(['reader.s'], fakeIo(FILES, 'ab\ncde\n'))).toBe(7 + ENOTTY);
  });
});
