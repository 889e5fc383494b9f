/** The first stack: strings, argument and environment pointers, auxiliary vector (fs/binfmt_elf.c). */
import type { Program } from '../../program/program.ts';
import { nextRandom } from '../files/random.ts';
import type { Kernel } from '../kernel.ts';
import { frameHost, takePage } from '../mm/frames.ts';
import { anonymousMemory, permissions, PROT } from '../mm/mappings.ts';
import { installPage, pageBase } from '../mm/pages.ts';
import { protectionOf, PTE_DIRTY, PTE_RW } from '../mm/pte.ts';
import { STACK_LIMIT } from '../mm/stack.ts';
import { TASK_SIZE, type Mm, type Vma } from '../mm/state.ts';
import { insertVma } from '../mm/vma.ts';
import { viewOf } from '../syscall/layouts.ts';
import { CLOCK_TICKS } from './clock.ts';
import { VDSO_BASE } from './vdso.ts';
import { userId } from './identity.ts';

/** Auxiliary vector entries (linux/auxvec.h, asm-powerpc/elf.h). */
const AT = {
  NULL: 0, PHDR: 3, PHENT: 4, PHNUM: 5, PAGESZ: 6, BASE: 7, FLAGS: 8, ENTRY: 9, UID: 11, EUID: 12, GID: 13, EGID: 14,
  PLATFORM: 15, HWCAP: 16, CLKTCK: 17, DCACHEBSIZE: 19, ICACHEBSIZE: 20, UCACHEBSIZE: 21, IGNOREPPC: 22, SECURE: 23,
  RANDOM: 25, EXECFN: 31, SYSINFO_EHDR: 33,
} as const;
/** PPC_FEATURE_ 32, 64, HAS_ALTIVEC, HAS_FPU, HAS_MMU, CELL and SMT (asm-powerpc/cputable.h). */
const HWCAP_CELL = 0x8000_0000 + 0x4000_0000 + 0x1000_0000 + 0x0800_0000 + 0x0400_0000 + 0x0001_0000 + 0x0000_4000;
const PLATFORM = 'ppc-cell-be';
const CACHE_BLOCK_BYTES = 128;
const RANDOM_BYTES = 16;
/** Bytes of stack that are mapped below the arguments from the start; more comes by growing. */
const FIRST_ROOM = 0x2_0000;
/** Arguments and environment together may fill a quarter of the stack. */
const MOST_ARGUMENT_BYTES = STACK_LIMIT / 4;

export interface StackContents {
  readonly executable: string;
  readonly arguments: readonly string[];
  readonly environment: readonly string[];
}

/** Addresses that the program starts with. */
export interface FirstStack {
  /** r1: the argument count lies there. */
  readonly pointer: number;
  readonly argumentCount: number;
  readonly arguments: number;
  readonly environment: number;
  readonly auxiliary: number;
}

/** Maps a stack at the top of the user region and fills it. */
export function buildStack(k: Kernel, mm: Mm, program: Program, contents: StackContents): FirstStack {
  const writer = new StackWriter(TASK_SIZE - 8);
  const executable = writer.text(contents.executable);
  const environment = contents.environment.map((text) => writer.text(text));
  const args = contents.arguments.map((text) => writer.text(text));
  const platform = writer.text(PLATFORM);
  const random = writer.bytes(nextRandom(k.state, RANDOM_BYTES));
  const auxiliary = auxiliaryVector(k, program, { executable, platform, random });
  const pointers = [args.length, ...args, 0, ...environment, 0, ...auxiliary.flat()];
  const pointer = writer.longs(pointers);
  if (TASK_SIZE - pointer > MOST_ARGUMENT_BYTES) {
    throw new RangeError(`The arguments and the environment of ${program.name} are too long: they may have ${String(MOST_ARGUMENT_BYTES)} bytes.`);
  }
  fill(k, mm, mapStack(k, mm, pointer), writer, pointer);
  const environmentAt = pointer + 8 * (args.length + 2);
  return {
    pointer, argumentCount: args.length, arguments: pointer + 8, environment: environmentAt,
    auxiliary: environmentAt + 8 * (environment.length + 1),
  };
}

function auxiliaryVector(
  k: Kernel, program: Program, at: { readonly executable: number; readonly platform: number; readonly random: number },
): (readonly [number, number])[] {
  const { headers } = program;
  return [
    [AT.IGNOREPPC, AT.IGNOREPPC], [AT.IGNOREPPC, AT.IGNOREPPC],
    [AT.DCACHEBSIZE, CACHE_BLOCK_BYTES], [AT.ICACHEBSIZE, CACHE_BLOCK_BYTES], [AT.UCACHEBSIZE, 0],
    [AT.SYSINFO_EHDR, VDSO_BASE], [AT.HWCAP, HWCAP_CELL], [AT.PAGESZ, k.configuration.pageBytes], [AT.CLKTCK, CLOCK_TICKS],
    ...(headers ? [[AT.PHDR, headers.address], [AT.PHENT, headers.entrySize], [AT.PHNUM, headers.count]] as const : []),
    [AT.BASE, 0], [AT.FLAGS, 0], [AT.ENTRY, program.entry],
    ...[AT.UID, AT.EUID, AT.GID, AT.EGID].map((key): [number, number] => [key, userId(k)]), [AT.SECURE, 0],
    [AT.PLATFORM, at.platform], [AT.RANDOM, at.random], [AT.EXECFN, at.executable],
    [AT.NULL, 0],
  ];
}

/**
 * The stack mapping: what the arguments take and some room below, growing down to STACK_LIMIT.
 */
function mapStack(k: Kernel, mm: Mm, pointer: number): Vma {
  const vma: Vma = {
    start: pageBase(k, pointer - FIRST_ROOM), end: TASK_SIZE, shared: false, locked: false, growsDown: true, offset: 0,
    ...anonymousMemory('[stack]'), ...permissions(PROT.READ | PROT.WRITE),
  };
  insertVma(k, mm, vma);
  return vma;
}

/** exec has written the pages of the arguments: they are present from the start. */
function fill(k: Kernel, mm: Mm, vma: Vma, writer: StackWriter, pointer: number): void {
  const { pageBytes } = k.configuration;
  for (let page = pageBase(k, pointer); page < TASK_SIZE; page += pageBytes) {
    const frame = takePage(k, true);
    if (frame === undefined) throw new RangeError('The machine\'s memory is too small for the stack of the program.');
    installPage(k, mm, page, frame, protectionOf(vma) | PTE_RW | PTE_DIRTY);
    writer.copy(page, k.memory.subarray(frameHost(k, frame), frameHost(k, frame) + pageBytes));
  }
}

/** Writes downwards from the top of the stack. */
class StackWriter {
  private readonly pieces: { readonly address: number; readonly bytes: Uint8Array }[] = [];

  constructor(private low: number) {}

  text(text: string): number {
    return this.bytes(new TextEncoder().encode(`${text}\0`));
  }

  bytes(bytes: Uint8Array): number {
    return this.put(this.low - bytes.length, bytes);
  }

  /** 64-bit numbers, the first at a multiple of 16. */
  longs(values: readonly number[]): number {
    const bytes = new Uint8Array(values.length * 8);
    const view = viewOf(bytes);
    values.forEach((value, i) => { view.setBigUint64(i * 8, BigInt(value)); });
    return this.put(Math.floor((this.low - bytes.length) / 16) * 16, bytes);
  }

  /** Copies what falls into one page. */
  copy(page: number, into: Uint8Array): void {
    for (const { address, bytes } of this.pieces) {
      const from = Math.max(address, page);
      const to = Math.min(address + bytes.length, page + into.length);
      if (from < to) into.set(bytes.subarray(from - address, to - address), from - page);
    }
  }

  private put(address: number, bytes: Uint8Array): number {
    this.low = address;
    this.pieces.push({ address, bytes });
    return address;
  }
}
