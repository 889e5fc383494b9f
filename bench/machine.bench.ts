/** Speed of whole machines: guest instructions, page faults, and the way to the first stop. */
import { readFileSync } from 'node:fs';
import { profileOf } from '../src/sim/kernel/profile/lookup.ts';
import { DEFAULT_CONFIGURATION, Machine } from '../src/sim/machine.ts';
import { loadProgram } from '../src/sim/program/load.ts';
import { readSettings } from '../src/sim/program/settings.ts';
import { milliseconds, ratePerSecond, report } from './figures.ts';

const SLICE = 1_000_000;
const WARM_UP_MS = 400;

const INTEGER_LOOP = `
        .globl  _start
_start: li      r5, 0
loop:   addi    r6, r6, 77
        xor     r10, r6, r7
        rldicl  r11, r10, 13, 0
        add     r12, r11, r6
        ori     r13, r12, 5
        subf    r14, r13, r7
        mulld   r6, r14, r7
        addi    r5, r5, 1
        cmpdi   cr7, r5, -5
        bne     cr7, loop
`;

const LOAD_STORE_LOOP = `
        .globl  _start
_start: lis     r3, data@ha
        addi    r3, r3, data@l
        li      r5, 0
loop:   ldx     r10, r3, r5
        lwz     r11, 16(r3)
        add     r10, r10, r11
        stdx    r10, r3, r5
        stw     r11, 24(r3)
        addi    r5, r5, 8
        andi.   r5, r5, 0xff8
        b       loop
        .bss
        .balign 4096
data:   .space  8192
`;

function example(name: string): string {
  return readFileSync(`examples/${name}`, 'utf8');
}

function spuProgram(): string {
  const source = example('spe-dma.s');
  const body = source.slice(0, source.indexOf('        .section .spu.copy'));
  return `${body}
        .section .spu.copy, "ax"
        ila     $3, 0x8000
loop:   lqx     $10, $3, $4
        a       $11, $10, $12
        shufb   $13, $11, $10, $14
        xor     $15, $13, $11
        stqx    $15, $3, $4
        ai      $4, $4, 16
        andi    $4, $4, 0x1f0
        ai      $5, $5, 1
        br      loop
`;
}

function machineOf(source: string, name = 'bench.s'): Machine {
  const { program } = loadProgram({ name, bytes: new TextEncoder().encode(source) });
  const configuration = { ...DEFAULT_CONFIGURATION, ...readSettings([{ path: name, text: source }]) };
  return new Machine(
    { program, args: [], env: {}, profile: profileOf(undefined), configuration, hostFiles: undefined },
    { output: () => undefined, notice: () => undefined },
  );
}

/** Growth of `count` per second, in slices of the run loop. */
function rate(machine: Machine, count: () => number): number {
  const warmUntil = performance.now() + WARM_UP_MS;
  while (performance.now() < warmUntil) machine.run(SLICE);
  return ratePerSecond(() => {
    const before = count();
    machine.run(SLICE);
    return count() - before;
  });
}

function instructions(source: string): number {
  const machine = machineOf(source);
  return rate(machine, () => machine.state.instructions.ppe + machine.state.instructions.spu) / 1e6;
}

function faults(name: string): number {
  const machine = machineOf(example(name), name);
  return rate(machine, () => machine.state.faults.count) / 1e3;
}

function runMinor(): void {
  machineOf(example('minor.s'), 'minor.s').run(Infinity);
}

report('machine: load, build and run minor.s, first', milliseconds(runMinor), 'ms');
report('machine: the same again', milliseconds(runMinor), 'ms');
report('machine: PPE integer loop', instructions(INTEGER_LOOP), 'M instructions/s');
report('machine: PPE load/store loop', instructions(LOAD_STORE_LOOP), 'M instructions/s');
report('machine: SPU loop', instructions(spuProgram()), 'M instructions/s');
report('machine: page faults (retry-forever.s)', faults('retry-forever.s'), 'k faults/s');
