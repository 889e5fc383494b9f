/**
 * Random programs as ELF files. A program is a row of blocks: each sets all registers, executes
 * random units, some of them in a loop or behind a branch, and adds the state to the output.
 */
import { buildElf, RW, RX, Writer } from '../elfBuilder.ts';
import { ppc } from '../ppcWords.ts';
import { DATA_BYTES, DATA_REGISTER, OUTPUT_REGISTER, randomUnit, SCRATCH_REGISTER } from './instructions.ts';
import type { Random } from './random.ts';

const [OUT, TMP, DATA] = [OUTPUT_REGISTER, SCRATCH_REGISTER, DATA_REGISTER];
const CODE_ADDRESS = 0x1000_0400;
const DATA_ADDRESS = 0x1010_0000;
const OUTPUT_ADDRESS = 0x1020_0000;
const [LR, CTR, VRSAVE, XER] = [8, 9, 256, 1];
const NUMBERS = Array.from({ length: 32 }, (_, n) => n);

/** Offsets in a state, and in the values that a block begins with. */
const AT = { gpr: 0, fpr: 256, vr: 512, cr: 1024, xer: 1032, lr: 1040, ctr: 1048, fpscr: 1056, vrsave: 1064, vscr: 1072, data: 1088 } as const;
const INPUT_BYTES = AT.data;
const STATE_BYTES = AT.data + DATA_BYTES;
const [VXSNAN, VXIMZ, FR, C] = [0x0100_0000n, 0x0010_0000n, 0x0004_0000n, 0x0001_0000n];
const UNITS = 28;
const MOST_ROUNDS = 6;

export interface RandomProgram {
  readonly elf: Uint8Array;
  /** Words of each block's units. */
  readonly blocks: readonly (readonly number[])[];
}

export function randomProgram(random: Random, count: number): RandomProgram {
  const load = loadState();
  const save = saveState();
  const words = [ppc('b', (load.length + save.length + 1) * 4), ...load, ...save];
  const [loadAt, saveAt] = [1, 1 + load.length];
  words.push(...address(OUT, OUTPUT_ADDRESS));
  const call = (to: number): void => { words.push(ppc('bl', (to - words.length) * 4)); };
  const blocks = Array.from({ length: count }, (_, block) => {
    words.push(...address(TMP, DATA_ADDRESS + DATA_BYTES + block * INPUT_BYTES));
    call(loadAt);
    words.push(ppc('ld', TMP, AT.lr, TMP), ppc('mtspr', LR, TMP), ...address(DATA, DATA_ADDRESS + DATA_BYTES / 2));
    const units = blockOf(random);
    words.push(...units, ppc('mfspr', TMP, LR), ppc('std', TMP, AT.lr, OUT));
    call(saveAt);
    return units;
  });
  words.push(...writeAndExit());
  const data = Array.from({ length: DATA_BYTES / 8 }, () => random.doubleword());
  for (let block = 0; block < count; block += 1) data.push(...input(random));
  return { elf: elfOf(words, data, count), blocks };
}

/** What differs after the first block that leaves two outputs unlike, under what is comparable; undefined where they agree. */
export function firstDifference(ours: Uint8Array, theirs: Uint8Array, count: number): { readonly block: number; readonly what: string } | undefined {
  const views = [ours, theirs].map((bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (ours.length !== count * STATE_BYTES || theirs.length !== ours.length) {
    return { block: Math.floor(Math.min(ours.length, theirs.length) / STATE_BYTES), what: `the outputs have ${ours.length} and ${theirs.length} bytes` };
  }
  for (let block = 0; block < count; block += 1) {
    const what: string[] = [];
    for (let at = 0; at < STATE_BYTES; at += 8) {
      const [mine = 0n, other = 0n] = views.map((view) => comparable(at, view.getBigUint64(block * STATE_BYTES + at)));
      if (mine !== other) what.push(`${nameOf(at)} is ${mine.toString(16)} here and ${other.toString(16)} in QEMU`);
    }
    if (what.length > 0) return { block, what: what.join(', ') };
  }
  return undefined;
}

/**
 * What can be compared of a doubleword. QEMU keeps no FR, has another C for comparisons and denormal
 * singles, and no VXSNAN beside VXIMZ; XER has bits that are not there.
 */
function comparable(at: number, value: bigint): bigint {
  if (at === AT.xer) return value & 0xe000_007fn;
  if (at !== AT.fpscr) return value;
  const status = value & 0xffff_ffffn & ~(FR | C);
  return (status & VXIMZ) === 0n ? status : status | VXSNAN;
}

function nameOf(at: number): string {
  if (at < AT.fpr) return `r${at / 8}`;
  if (at < AT.vr) return `f${(at - AT.fpr) / 8}`;
  if (at < AT.cr) return `v${(at - AT.vr) >> 4}, ${at % 16 === 0 ? 'first' : 'second'} half,`;
  if (at >= AT.data) return `the data at ${at - AT.data}`;
  return Object.entries(AT).find(([, offset]) => offset === at)?.[0] ?? 'vscr';
}

function blockOf(random: Random): number[] {
  const units: number[][] = [];
  for (let i = 0; i < UNITS; i += 1) {
    if (random.chance(8)) {
      const skipped = Array.from({ length: random.between(1, 3) }, () => randomUnit(random)).flat();
      units.push([ppc('bc', random.pick([4, 12]), random.below(32), (skipped.length + 1) * 4), ...skipped]);
    } else units.push(randomUnit(random));
  }
  if (!random.chance(3)) return units.flat();
  const from = random.below(UNITS / 2);
  const body = units.slice(from, from + random.between(2, UNITS / 2)).flat();
  const loop = [ppc('addi', TMP, 0, random.between(2, MOST_ROUNDS)), ppc('mtspr', CTR, TMP), ...body, ppc('bc', 16, 0, -body.length * 4)];
  return [...units.slice(0, from).flat(), ...loop, ...units.slice(from).flat()];
}

function address(register: number, value: number): number[] {
  return [ppc('addis', register, 0, value >>> 16), ppc('ori', register, register, value & 0xffff)];
}

/** Sets all registers but LR and the reserved ones from the values that r2 points to. */
function loadState(): number[] {
  return [
    ppc('lfd', 0, AT.fpscr, TMP), ppc('mtfsf', 255, 0),
    ppc('addi', DATA, 0, AT.vscr), ppc('lvx', 0, TMP, DATA), ppc('mtvscr', 0),
    ppc('ld', DATA, AT.xer, TMP), ppc('mtspr', XER, DATA), ppc('ld', DATA, AT.ctr, TMP), ppc('mtspr', CTR, DATA),
    ppc('ld', DATA, AT.vrsave, TMP), ppc('mtspr', VRSAVE, DATA), ppc('ld', DATA, AT.cr, TMP), ppc('mtcrf', 255, DATA),
    ...NUMBERS.flatMap((n) => [ppc('addi', DATA, 0, AT.vr + n * 16), ppc('lvx', n, TMP, DATA), ppc('lfd', n, AT.fpr + n * 8, TMP)]),
    ...NUMBERS.filter((n) => ![OUT, TMP, DATA].includes(n)).map((n) => ppc('ld', n, n * 8, TMP)),
    ppc('bclr', 20, 0, 0),
  ];
}

/** Adds all registers and the data to the output; LR is there already. */
function saveState(): number[] {
  return [
    ...NUMBERS.flatMap((n) => [ppc('std', n, n * 8, OUT), ppc('stfd', n, AT.fpr + n * 8, OUT)]),
    ...NUMBERS.flatMap((n) => [ppc('addi', TMP, 0, AT.vr + n * 16), ppc('stvx', n, OUT, TMP)]),
    ppc('mfcr', TMP), ppc('std', TMP, AT.cr, OUT),
    ...([[XER, AT.xer], [CTR, AT.ctr], [VRSAVE, AT.vrsave]] as const).flatMap(([number, at]) => [ppc('mfspr', TMP, number), ppc('std', TMP, at, OUT)]),
    ppc('mffs', 0), ppc('stfd', 0, AT.fpscr, OUT),
    ppc('mfvscr', 0), ppc('addi', TMP, 0, AT.vscr), ppc('stvx', 0, OUT, TMP),
    ...Array.from({ length: DATA_BYTES / 8 }, (_, i) => i * 8).flatMap((at) => [ppc('ld', TMP, at - DATA_BYTES / 2, DATA), ppc('std', TMP, AT.data + at, OUT)]),
    ppc('addi', OUT, OUT, STATE_BYTES),
    ppc('bclr', 20, 0, 0),
  ];
}

/** write(1, output, all of it), as often as it takes; exit_group(0). */
function writeAndExit(): number[] {
  return [
    ...address(28, OUTPUT_ADDRESS), ppc('subf', 29, 28, OUT),
    ppc('addi', 0, 0, 4), ppc('addi', 3, 0, 1), ppc('ori', 4, 28, 0), ppc('ori', 5, 29, 0), ppc('sc', 0),
    ppc('add', 28, 28, 3), ppc('subf', 29, 3, 29), ppc('cmpdi', 0, 29, 0), ppc('bc', 12, 1, -32),
    ppc('addi', 0, 0, 234), ppc('addi', 3, 0, 0), ppc('sc', 0),
  ];
}

/** The values that a block begins with: register contents that meet, or nearly, more often than by chance. */
function input(random: Random): bigint[] {
  const values = Array.from({ length: INPUT_BYTES / 8 }, () => 0n);
  for (const n of NUMBERS) {
    values[AT.gpr / 8 + n] = integer(random);
    values[AT.fpr / 8 + n] = double(random);
    for (const half of [0, 1]) values[AT.vr / 8 + n * 2 + half] = vectorHalf(random);
  }
  values[AT.cr / 8] = BigInt(random.word() >>> 0);
  values[AT.xer / 8] = BigInt((random.word() & 0xe000_0000) >>> 0);
  values[AT.lr / 8] = random.doubleword() & ~3n;
  values[AT.ctr / 8] = integer(random);
  values[AT.vrsave / 8] = BigInt(random.word() >>> 0);
  // Exceptions and FPRF as they come, none enabled, any rounding.
  values[AT.fpscr / 8] = BigInt(((random.word() & 0x1ff9_f703 & ~0x0005_0000) | 0x8000_0000) >>> 0) & (random.chance(2) ? -1n : ~3n);
  // VSCR: non-Java mode, saturation.
  values[AT.vscr / 8 + 1] = BigInt((random.below(2) << 16) | random.below(2));
  return values;
}

function integer(random: Random): bigint {
  const near = BigInt(random.between(-2, 2));
  return BigInt.asUintN(64, random.pick([random.doubleword(), BigInt(random.word()), near, (1n << BigInt(random.below(64))) + near]));
}

function double(random: Random): bigint {
  const sign = BigInt(random.below(2)) << 63n;
  const fraction = random.pick([random.doubleword() >> 12n, (random.doubleword() >> 41n) << 29n, 0n, (1n << 52n) - 1n, 1n << BigInt(random.below(52))]);
  const exponent = BigInt(random.pick([1023 + random.between(-3, 3), 1023 + random.between(-60, 60), random.below(2048), random.between(895, 899), 1150, 2046, 0, 2047]));
  return sign | (exponent << 52n) | fraction;
}

function vectorHalf(random: Random): bigint {
  const single = (): bigint => {
    const exponent = random.pick([127 + random.between(-3, 3), 127 + random.between(-30, 30), random.below(256), 0, 1, 254, 255]);
    return BigInt(((random.below(2) << 31) | (exponent << 23) | random.pick([0, random.word() >>> 9, 0x7fffff])) >>> 0);
  };
  const bytes = (): bigint => BigInt.asUintN(64, random.pick([0n, -1n, 0x0101_0101_0101_0101n, 0x7f80_7f80_7f80_7f80n, 0x8000_8000_8000_8000n]));
  return random.pick([random.doubleword(), (single() << 32n) | single(), bytes(), bytes() ^ (random.doubleword() & 0x0303_0303_0303_0303n)]);
}

function elfOf(words: readonly number[], data: readonly bigint[], count: number): Uint8Array {
  const code = words.reduce((writer, word) => writer.unsigned(word >>> 0, 4), new Writer());
  const bytes = new Uint8Array(data.length * 8);
  const view = new DataView(bytes.buffer);
  data.forEach((value, i) => { view.setBigUint64(i * 8, value); });
  const descriptor = new Writer().unsigned(CODE_ADDRESS, 8).unsigned(0, 8).unsigned(0, 8).done();
  const descriptorAddress = DATA_ADDRESS + bytes.length;
  return buildElf({
    machine: 'ppc',
    entry: descriptorAddress,
    segments: [
      { address: CODE_ADDRESS, bytes: code.done(), flags: RX },
      { address: DATA_ADDRESS, bytes: Uint8Array.from([...bytes, ...descriptor]), flags: RW },
      { address: OUTPUT_ADDRESS, bytes: new Uint8Array(8), flags: RW, memorySize: count * STATE_BYTES },
    ],
  });
}
