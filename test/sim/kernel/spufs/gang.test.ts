/** Gangs and affinity (facts 3.1, 4.7). */
import { describe, expect, it } from 'vitest';
import type { AssemblyRun } from '../assembly.ts';
import type { Era } from './eras.ts';
import { runSpufs } from './programs.ts';

const EPERM = 1;
const EBUSY = 16;
const EEXIST = 17;
const EINVAL = 22;
const GANG = 0x2;
const NEAR = 0x10;
const MEMORY = 0x20;

const NAMES = `
        .section .rodata
gang:   .asciz "/spu/gang"
other:  .asciz "/spu/other"
${['a', 'b', 'c', 'd', 'e'].map((name) => `g${name}: .asciz "/spu/gang/${name}"
g${name}_mem: .asciz "/spu/gang/${name}/mem"
g${name}_signal1: .asciz "/spu/gang/${name}/signal1"
g${name}_phys: .asciz "/spu/gang/${name}/phys-id"`).join('\n')}
nested: .asciz "/spu/gang/more"
oa:     .asciz "/spu/other/a"
        .text`;
/** spu_create; the descriptor goes to \`keep\`. */
const make = (label: string, flags: number, neighbour = 'r0', keep = 'r31'): string => `
        mr      r6, ${neighbour}
        address r3, ${label}
        li      r4, ${String(flags)}
        li      r5, 0755
        system  279
        mr      ${keep}, r3
        show`;
const printPlace = (name: string): string => `
        open_file ${name}_phys, O_RDONLY
        mr      r29, r3
        read_bytes r29, buffer, 100
        mr      r5, r3
        li      r3, 1
        address r4, buffer
        system  4`;
/** Touches registers of a context, which puts it on an SPE. */
const touch = (name: string): string => `
        open_file ${name}_signal1, O_RDWR
        mr      r29, r3
        map_file r29, 4096
        stw     r3, SIGNAL1(r3)`;
const run = (kernel: Era, body: string, spes = 8): AssemblyRun => runSpufs(`${body}
        quit    0${NAMES}`, { kernel, configuration: { spes } });

describe('gangs', () => {
  it('are directories that take contexts and no gangs', () => {
    const found = run('2.6.19', `${make('gang', GANG)}${make('gang', GANG)}${make('ga', 0)}${make('nested', GANG)}`);
    expect(found.shown).toEqual([3, -EEXIST, 4, -EINVAL]);
    expect(found.machine.state.spufs.ended.map(({ name }) => name)).toEqual(['gang/a']);
  });

  it('nobody can take them away again', () => {
    const found = run('2.6.19', `${make('gang', GANG)}
        close_file r31
        address r3, gang
        system  40
        show`);
    expect(found.shown.at(-1)).toBe(-EPERM);
  });

  it('2.6.18 has none', () => {
    expect(run('2.6.18', make('gang', GANG)).shown).toEqual([-EINVAL]);
  });
});

describe('affinity', () => {
  it('needs a gang, and is not known before 2.6.23', () => {
    expect(run('2.6.23', make('other', MEMORY)).shown).toEqual([-EINVAL]);
    expect(run('2.6.21', `${make('gang', GANG)}${make('ga', MEMORY)}`).shown).toEqual([3, -EINVAL]);
  });

  it('a neighbour is a context of the same gang', () => {
    const found = run('2.6.23', `${make('gang', GANG)}${make('other', GANG)}${make('oa', 0, 'r0', 'r20')}
        li      r19, 77
        ${make('ga', NEAR, 'r19')}${make('ga', NEAR, 'r20')}`);
    expect(found.shown.slice(3)).toEqual([-EINVAL, -EINVAL]);
  });

  it('one context of a gang is near the memory', () => {
    const found = run('2.6.23', `${make('gang', GANG)}${make('ga', MEMORY)}${make('gb', MEMORY)}`);
    expect(found.shown.slice(1)).toEqual([4, -EEXIST]);
  });

  it('there have to be enough SPEs', () => {
    const found = run('2.6.23', `${make('gang', GANG)}${make('ga', 0, 'r0', 'r20')}${make('gb', NEAR, 'r20', 'r21')}${make('gc', NEAR, 'r21')}`, 2);
    expect(found.shown.slice(1)).toEqual([4, 5, -EEXIST]);
  });

  it('contexts get SPEs next to each other on the ring 0 2 4 6 7 5 3 1, the one near the memory first', () => {
    const found = run('2.6.23', `${make('gang', GANG)}${make('ga', MEMORY, 'r0', 'r20')}${make('gb', NEAR, 'r20', 'r21')}${make('gc', NEAR, 'r21', 'r22')}
        ${touch('gc')}${touch('gb')}${touch('ga')}
        ${['ga', 'gb', 'gc'].map(printPlace).join('')}`);
    expect(found.lines).toEqual(['0x0', '0x2', '0x4']);
  });

  it('a gang that has been scheduled takes no more neighbours', () => {
    const found = run('2.6.23', `${make('gang', GANG)}${make('ga', MEMORY, 'r0', 'r20')}${make('gb', NEAR, 'r20', 'r21')}
        ${touch('ga')}${make('gc', NEAR, 'r21')}`);
    expect(found.shown.at(-1)).toBe(-EBUSY);
  });

  it('a context with a place waits for it, though other SPEs are idle', () => {
    const found = run('2.6.23', `${make('other', 0, 'r0', 'r23')}
        ${make('gang', GANG)}${make('ga', MEMORY, 'r0', 'r20')}${make('gb', NEAR, 'r20', 'r21')}
        handle  SIGALRM, alarm_action
        ${touch('ga')}
        set_alarm in5ms
        address r3, other_signal1
        li      r4, O_RDWR
        system  5
        mr      r29, r3
        map_file r29, 4096
        stw     r3, SIGNAL1(r3)
        ${touch('gb')}
        ${['ga', 'gb'].map(printPlace).join('')}
        quit    0
        .section .rodata
other_signal1: .asciz "/spu/other/signal1"
        .text`);
    // The other context has SPE 1, the lowest that was idle: it is in nobody's way.
    expect(found.lines).toEqual(['0x0', '0x2']);
  });
});
