/**
 * Tells at the first bytes of an ELF file whether it is one that the machine can run.
 * Field names and numbers: System V ABI, chapter 4, "ELF Header"; `EM_SPU` from the SPU ABI.
 */
import { BigEndian } from '../bigEndian.ts';

/** What is wrong with an ELF file, as one sentence. */
export class ElfError extends Error {}

/** `ppc`: a big-endian 64-bit PowerPC executable. `spu`: an SPU executable. */
export type ElfMachine = 'ppc' | 'spu';

const MAGIC = [0x7f, 0x45, 0x4c, 0x46];
const HEADER_SIZE = { ppc: 64, spu: 52 } as const;
const CLASS_32 = 1;
const CLASS_64 = 2;
const LITTLE_ENDIAN = 1;
const BIG_ENDIAN = 2;
const EM_PPC = 20;
const EM_PPC64 = 21;
const EM_SPU = 23;
const ET_EXEC = 2;
/** Of a PowerPC header's flags: which calling convention. 0 (not said) means ELFv1 on big-endian. */
const EF_PPC64_ABI = 3;

const MACHINES: Readonly<Record<number, string>> = {
  2: 'a SPARC', 3: 'an x86', 8: 'a MIPS', 22: 'an IBM Z', 40: 'an ARM', 43: 'a SPARC V9', 50: 'an Itanium',
  62: 'an x86-64', 183: 'an AArch64', 243: 'a RISC-V', 247: 'a BPF', 258: 'a LoongArch',
};

const RUNS = 'Refault runs big-endian ppc64 executables (powerpc64-linux-gnu-gcc -static) and SPU images';

export const isElf = (bytes: Uint8Array): boolean => MAGIC.every((byte, i) => bytes[i] === byte);

/** Throws `ElfError` for anything but a static executable of the machine's own two kinds. */
export function identify(bytes: Uint8Array): ElfMachine {
  const [fileClass, order, version] = [bytes[4], bytes[5], bytes[6]];
  if (bytes.length < HEADER_SIZE.spu) throw endsInHeader(bytes.length);
  if ((fileClass !== CLASS_32 && fileClass !== CLASS_64) || (order !== LITTLE_ENDIAN && order !== BIG_ENDIAN) || version !== 1) {
    throw new ElfError('The file is damaged: the first bytes of its ELF header make no sense; copy or build it again.');
  }
  const machine = order === BIG_ENDIAN ? new BigEndian(bytes).u16(18) : (bytes[18] ?? 0) + (bytes[19] ?? 0) * 256;
  const kind = machineKind(machine, fileClass === CLASS_64, order === BIG_ENDIAN);
  if (bytes.length < HEADER_SIZE[kind]) throw endsInHeader(bytes.length);
  const header = new BigEndian(bytes);
  refuseOtherTypes(header.u16(16), kind);
  if (kind === 'ppc' && (header.u32(48) & EF_PPC64_ABI) >= 2) {
    throw new ElfError('The program uses the ELFv2 calling convention, which this machine\'s kernel does not know; build it with -mabi=elfv1.');
  }
  return kind;
}

function machineKind(machine: number, is64: boolean, bigEndian: boolean): ElfMachine {
  const name = MACHINES[machine];
  if (!bigEndian && name === undefined) {
    throw new ElfError('The program is little-endian, and the Cell\'s processors are big-endian; build it for big-endian ppc64 (powerpc64-linux-gnu-gcc -mbig-endian -static).');
  }
  if (machine === EM_PPC || (machine === EM_PPC64 && !is64)) {
    throw new ElfError('The program is for 32-bit PowerPC; build it for 64 bits (powerpc64-linux-gnu-gcc -m64 -static).');
  }
  if (machine === EM_PPC64) return 'ppc';
  if (machine === EM_SPU && !is64) return 'spu';
  throw new ElfError(
    name ? `This is ${name} program; ${RUNS}.` : `This is a program for an unknown machine (ELF machine ${String(machine)}); ${RUNS}.`,
  );
}

function refuseOtherTypes(type: number, kind: ElfMachine): void {
  if (type === ET_EXEC) return;
  const link = kind === 'ppc' ? 'powerpc64-linux-gnu-gcc -static' : 'spu-gcc';
  const said: Readonly<Record<number, string>> = {
    1: `This is an object file, not a program; link it (${link}).`,
    3: `This is a shared object or position-independent program; link it as a static program (${link} -no-pie).`,
    4: 'This is a core dump, not a program; run the program that left it.',
  };
  throw new ElfError(said[type] ?? `The file is damaged: ELF type ${String(type)} does not exist; copy or build it again.`);
}

const endsInHeader = (length: number): ElfError =>
  new ElfError(`The file is damaged: it ends inside its ELF header, after ${String(length)} bytes; copy or build it again.`);
