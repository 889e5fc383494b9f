/** Instructions of one processor that are the same on words as one of the other, and what to do instead of those that have none. */
import type { InstructionSetName } from '../program.ts';

/**
 * Statements that do the same, PowerPC and SPU (PowerPC architecture book I; SPU ISA 1.2). Letters stand for operands: `T A B` registers of one number, `Z` one that is not 0
 * (PowerPC reads that as zero), `N` a number, `L` a label. What is equal are the low words: a PowerPC register has 64 bits, an SPU register four words.
 */
const SAME: readonly Readonly<Record<InstructionSetName, string>>[] = [
  { ppc: 'add T,A,B', spu: 'a T,A,B' },
  { ppc: 'addi T,Z,N', spu: 'ai T,Z,N' },
  { ppc: 'subf T,A,B', spu: 'sf T,A,B' },
  { ppc: 'sub T,A,B', spu: 'sf T,B,A' },
  { ppc: 'subfic T,A,N', spu: 'sfi T,A,N' },
  { ppc: 'neg T,A', spu: 'sfi T,A,0' },
  { ppc: 'li T,N', spu: 'il T,N' },
  { ppc: 'lis T,N', spu: 'ilhu T,N' },
  { ppc: 'ori T,T,N', spu: 'iohl T,N' },
  { ppc: 'mr T,A', spu: 'lr T,A' },
  { ppc: 'not T,A', spu: 'nor T,A,A' },
  { ppc: 'slw T,A,B', spu: 'shl T,A,B' },
  { ppc: 'slwi T,A,N', spu: 'shli T,A,N' },
  { ppc: 'rotlw T,A,B', spu: 'rot T,A,B' },
  { ppc: 'rotlwi T,A,N', spu: 'roti T,A,N' },
  { ppc: 'cntlzw T,A', spu: 'clz T,A' },
  { ppc: 'extsh T,A', spu: 'xshw T,A' },
  { ppc: 'b L', spu: 'br L' },
  { ppc: 'bl L', spu: 'brsl $lr,L' },
  { ppc: 'ba L', spu: 'bra L' },
  { ppc: 'bla L', spu: 'brasl $lr,L' },
  { ppc: 'blr', spu: 'bi $lr' },
];

/** For mnemonics of the other processor that have no counterpart; the first that suits. */
const INSTEAD: Readonly<Record<InstructionSetName, readonly (readonly [mnemonics: RegExp, sentence: string])[]>> = {
  spu: [
    [/^(?:l[wd]arx|st[wd]cx\.)$/, 'The MFC reserves lines of 128 bytes: getllar and putllc.'],
    [/^(?:l[bhwd](?!sync)|lm|ls|lv|lf|st)/, 'An SPU moves quadwords of its local store: lqd and stqd.'],
    [/^sc$/, 'An SPU program leaves system calls to the PPE: stop 0x2104, and behind it the address of its arguments.'],
    [/^(?:b|cmp)/, 'An SPU compares into a register (ceq, cgt, clgt) and branches on that: brz, brnz.'],
    [/^m[tf]/, 'An SPU has channels: rdch and wrch.'],
    [/^(?:mul|div)/, 'An SPU multiplies halfwords (mpy, mpyh, mpyu) and has no division.'],
    [/^(?:sr|rlw|rld)/, 'An SPU shifts to the right by rotating with a negative count: rotmi, rotmai.'],
    [/^(?:dc|ic)b/, 'A local store has no cache.'],
    [/^v/, 'Every register of an SPU is a vector, with instructions of its own.'],
    [/^f/, 'An SPU calculates in its general registers: fa, fs and fm, or dfa, dfs and dfm.'],
  ],
  ppc: [
    [/^(?:rdch|wrch|rchcnt)$/, 'The PPE reaches an SPE through its files in /spu and its mapped registers.'],
    [/^(?:lq|stq)/, 'The PPE moves a byte to a doubleword (lbz, lhz, lwz, ld and stb, sth, stw, std), and quadwords with lvx and stvx.'],
    [/^stop/, 'A PowerPC program ends with the system call exit_group.'],
    [/^hb/, 'A PowerPC branch has its hint behind it: "bne+".'],
    [/^b[ri]/, 'PowerPC code compares (cmpwi) and branches on the condition: beq, bne.'],
    [/^cl?(?:eq|gt)/, 'PowerPC code compares into a condition-register field: cmpw, cmplw.'],
    [/^rotm/, 'PowerPC code shifts to the right with srw, srwi, sraw and srawi.'],
    [/^(?:shufb|rotq|shlq|c[bhwd][dx]$)/, 'AltiVec has vperm and vsldoi.'],
    [/^mpy/, 'PowerPC code multiplies with mullw, mulld and mulli.'],
    [/^d?f/, 'PowerPC code calculates in f0 to f31: fadd, fsub, fmul.'],
  ],
};

/** A statement's form on both processors: mnemonics with their operands. */
export interface Counterpart {
  readonly from: string;
  readonly to: string;
}

/** The same on the processor `isa`, for a mnemonic of the other. */
export function counterpartsOf(mnemonic: string, isa: InstructionSetName): readonly Counterpart[] {
  const other = isa === 'ppc' ? 'spu' : 'ppc';
  return SAME.filter((forms) => mnemonicOf(forms[other]) === mnemonic).map((forms) => ({ from: forms[other], to: forms[isa] }));
}

/** What the processor `isa` has for a mnemonic of the other, as the end of a sentence about it. */
export function adviceFor(mnemonic: string, isa: InstructionSetName): string {
  const [same] = counterpartsOf(mnemonic, isa);
  if (same) return `; the same here is "${mnemonicOf(same.to)}".`;
  const sentence = INSTEAD[isa].find(([mnemonics]) => mnemonics.test(mnemonic))?.[1];
  return sentence === undefined ? '.' : `. ${sentence}`;
}

function mnemonicOf(form: string): string {
  return form.replace(/ .*/, '');
}
