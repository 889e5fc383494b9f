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

/** Maps 8 MiB, writes to each page once, unmaps, and again. */
const FIRST_TOUCH_LOOP = `
        .globl  _start
_start: li      r0, 90
        li      r3, 0
        lis     r4, 0x80
        li      r5, 3
        li      r6, 0x22
        li      r7, -1
        li      r8, 0
        sc
        mr      r31, r3
        li      r5, 2048
        mtctr   r5
touch:  stb     r3, 0(r3)
        addi    r3, r3, 4096
        bdnz    touch
        mr      r3, r31
        lis     r4, 0x80
        li      r0, 91
        sc
        b       _start
`;

/** Maps 48 MiB on a machine that has 32, and writes to each page, round after round. */
const SWAP_LOOP = `
# refault: memory=32M swap=64M
        .globl  _start
_start: li      r0, 90
        li      r3, 0
        lis     r4, 0x300
        li      r5, 3
        li      r6, 0x22
        li      r7, -1
        li      r8, 0
        sc
        mr      r31, r3
round:  mr      r3, r31
        li      r5, 12288
        mtctr   r5
touch:  stb     r3, 0(r3)
        addi    r3, r3, 4096
        bdnz    touch
        b       round
`;

/** The orbit of one point: products, sums, a fused operation, a comparison; all results are inexact. */
const DOUBLE_LOOP = `
        .globl  _start
_start: lis     r3, data@ha
        addi    r3, r3, data@l
loop:   lfd     f1, 0(r3)
        lfd     f2, 8(r3)
        lfd     f10, 16(r3)
        lfd     f11, 24(r3)
        lfd     f12, 32(r3)
        li      r5, 50
        mtctr   r5
orbit:  fmul    f3, f1, f1
        fmul    f4, f2, f2
        fadd    f5, f3, f4
        fcmpu   cr1, f5, f10
        fmul    f6, f1, f2
        fsub    f3, f3, f4
        fadd    f1, f3, f11
        fmadd   f2, f6, f12, f11
        bdnz    orbit
        stfd    f1, 40(r3)
        b       loop
        .data
        .balign 8
data:   .double 0.3, 0.5, 4.0, -0.4, 2.0, 0.0
`;

/** y = a * x + y over singles, a quotient, and a conversion each round. */
const SINGLE_LOOP = `
        .globl  _start
_start: lis     r3, data@ha
        addi    r3, r3, data@l
        lfs     f1, 0(r3)
        lfs     f9, 4(r3)
loop:   li      r5, 256
        mtctr   r5
        addi    r4, r3, 8
        addi    r6, r3, 1032
next:   lfsu    f2, 4(r4)
        lfsu    f3, 4(r6)
        fmadds  f4, f1, f2, f3
        fmuls   f5, f4, f9
        fadds   f6, f5, f2
        fdivs   f7, f6, f9
        fctiwz  f8, f7
        stfs    f6, 1024(r6)
        bdnz    next
        b       loop
        .data
        .balign 8
data:   .float  0.3, 0.7, 0.0
        .rept   768
        .float  0.1
        .endr
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

/** An SPE program in which the parameters of MFC commands are set, and whose rest is given. */
function dmaProgram(lines: string): string {
  const source = example('spe-dma.s');
  const body = source.slice(0, source.indexOf('        .section .spu.copy'));
  return `${body}
        .section .spu.copy, "ax"
        ila     $3, 0x8000
        ilhu    $4, (target@ppu)@h
        iohl    $4, (target@ppu)@l
        il      $7, 5
        il      $8, 1 << 5
        il      $9, 2
        wrch    $MFC_EAH, $0
        wrch    $MFC_LSA, $3
        wrch    $MFC_EAL, $4
        wrch    $MFC_TagID, $7
        wrch    $MFC_WrTagMask, $8
${lines}
`;
}

const TRANSFER = (size: number): string => dmaProgram(`
        il      $6, ${String(size)}
        il      $5, 0x40
        wrch    $MFC_Size, $6
loop:   wrch    $MFC_Cmd, $5
        wrch    $MFC_WrTagUpdate, $9
        rdch    $11, $MFC_RdTagStat
        br      loop
`);
const LOCK = dmaProgram(`
        il      $5, 0xd0
        il      $6, 0xb4
loop:   wrch    $MFC_Cmd, $5
        rdch    $11, $MFC_RdAtomicStat
        wrch    $MFC_Cmd, $6
        rdch    $11, $MFC_RdAtomicStat
        br      loop
`);

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

function faults(source: string): number {
  const machine = machineOf(source);
  return rate(machine, () => machine.state.faults.count) / 1e3;
}

/** Commands that the MFC of the only SPE has taken. */
function commands(source: string): number {
  const machine = machineOf(source);
  return rate(machine, () => machine.kernel.spes[0]?.state.mfc.nextId ?? 0);
}

function runMinor(): void {
  machineOf(example('minor.s'), 'minor.s').run(Infinity);
}

report('machine: load, build and run minor.s, first', milliseconds(runMinor), 'ms');
report('machine: the same again', milliseconds(runMinor), 'ms');
report('machine: PPE integer loop', instructions(INTEGER_LOOP), 'M instructions/s');
report('machine: PPE load/store loop', instructions(LOAD_STORE_LOOP), 'M instructions/s');
report('machine: PPE double-precision loop', instructions(DOUBLE_LOOP), 'M instructions/s');
report('machine: PPE single-precision loop', instructions(SINGLE_LOOP), 'M instructions/s');
report('machine: SPU loop', instructions(spuProgram()), 'M instructions/s');
report('machine: page faults (retry-forever.s)', faults(example('retry-forever.s')), 'k faults/s');
report('machine: page faults, first touch of a page', faults(FIRST_TOUCH_LOOP), 'k faults/s');
report('machine: page faults, memory that does not suffice', faults(SWAP_LOOP), 'k faults/s');
report('machine: DMA of 16 KiB', commands(TRANSFER(16384)) * 16384 / 1e6, 'MB/s');
report('machine: DMA of 16 bytes', commands(TRANSFER(16)) / 1e3, 'k commands/s');
report('machine: getllar and putllc', commands(LOCK) / 1e3, 'k commands/s');
