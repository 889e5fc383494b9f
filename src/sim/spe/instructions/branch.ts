/** Branches, their interrupt features, and branch hints (SPU ISA 1.2, chapters 7 and 8). */
import { branch, type InterruptFeature, ri16, ri18, withFeature } from '../encodings.ts';
import type { SpuBuilder } from '../builder.ts';
import { insn, type SpuInstruction } from '../instruction.ts';
import { type I32, type V128, i32 } from '../../engine/expr.ts';
import type { Handles } from '../../engine/isa.ts';
import type { FIELDS } from '../fields.ts';

type Condition = (b: SpuBuilder, register: V128) => I32;
const zeroWord: Condition = (b, register) => b.word(register).eqz();
const nonzeroWord: Condition = (b, register) => b.word(register);
const zeroHalfword: Condition = (b, register) => b.halfword(register).eqz();
const nonzeroHalfword: Condition = (b, register) => b.halfword(register);

function relativeIf(mnemonic: string, code: number, doc: string, condition: Condition): SpuInstruction {
  return insn(mnemonic, ri16(code), 'rt relative', doc, ({ rt, relative }, b) => {
    b.if(condition(b, rt), () => { b.jumpBy(relative.displacement); });
  });
}

/** What a taken branch does to the interrupt enable. */
function setInterrupts(b: SpuBuilder, feature: InterruptFeature): void {
  if (feature === '') return;
  b.interruptEnable.set(i32(feature === 'e' ? 1 : 0));
  if (feature === 'e') b.call('interruptsEnabled');
}

const FEATURES: readonly { readonly feature: InterruptFeature; readonly also: string }[] = [
  { feature: '', also: '' },
  { feature: 'd', also: ' and disables interrupts' },
  { feature: 'e', also: ' and enables interrupts' },
];

function indirect<S extends 'ra' | 'rt ra'>(
  mnemonic: string,
  code: number,
  operands: S,
  doc: string,
  meaning: (b: SpuBuilder, feature: InterruptFeature, registers: Handles<typeof FIELDS, S>) => void,
): readonly SpuInstruction[] {
  return FEATURES.map(({ feature, also }) =>
    insn(mnemonic + feature, branch(code, feature), operands, `${doc}${also}.`, (registers, b) => { meaning(b, feature, registers); }));
}

function indirectIf(mnemonic: string, code: number, doc: string, condition: Condition): readonly SpuInstruction[] {
  return indirect(mnemonic, code, 'rt ra', doc, (b, feature, { rt, ra }) => {
    b.if(condition(b, rt), () => {
      setInterrupts(b, feature);
      b.jumpToWord(b.word(ra));
    });
  });
}

/** SPU_RdEventStat, whose count says that an enabled event is pending. */
const EVENT_STATUS_CHANNEL = 0;

export const BRANCH: readonly SpuInstruction[] = [
  insn('br', ri16(0x190), 'relative', 'Branches.', ({ relative }, b) => { b.jumpBy(relative.displacement); }),
  insn('brsl', ri16(0x198), 'rt relative', 'Branches and leaves the next address in rt.', ({ rt, relative }, b) => {
    rt.set(b.link());
    b.jumpBy(relative.displacement);
  }),
  insn('bra', ri16(0x180), 'absolute', 'Branches to an absolute address.', ({ absolute }, b) => { b.jumpToWord(absolute); }),
  insn('brasl', ri16(0x188), 'rt absolute', 'Branches to an absolute address and leaves the next address in rt.', ({ rt, absolute }, b) => {
    rt.set(b.link());
    b.jumpToWord(absolute);
  }),
  relativeIf('brz', 0x100, 'Branches if the preferred word is 0.', zeroWord),
  relativeIf('brnz', 0x108, 'Branches if the preferred word is not 0.', nonzeroWord),
  relativeIf('brhz', 0x110, 'Branches if the lower half of the preferred word is 0.', zeroHalfword),
  relativeIf('brhnz', 0x118, 'Branches if the lower half of the preferred word is not 0.', nonzeroHalfword),
  ...indirect('bi', 0x1a8, 'ra', 'Branches to the preferred word', (b, feature, { ra }) => {
    setInterrupts(b, feature);
    b.jumpToWord(b.word(ra));
  }),
  ...indirect('bisl', 0x1a9, 'rt ra', 'Branches to the preferred word and leaves the next address in rt', (b, feature, { rt, ra }) => {
    const target = b.let(b.word(ra));
    rt.set(b.link());
    setInterrupts(b, feature);
    b.jumpToWord(target);
  }),
  ...indirect('bisled', 0x1ab, 'rt ra', 'Leaves the next address in rt and branches if an event is pending', (b, feature, { rt, ra }) => {
    const target = b.let(b.word(ra));
    rt.set(b.link());
    b.if(b.call('rchcnt', EVENT_STATUS_CHANNEL), () => {
      setInterrupts(b, feature);
      b.jumpToWord(target);
    });
  }),
  ...indirect('iret', 0x1aa, 'ra', 'Returns from an interrupt to the address in SRR0', (b, feature) => {
    setInterrupts(b, feature);
    b.jumpToWord(b.srr0);
  }),
  ...indirectIf('biz', 0x128, 'Branches to ra if the preferred word of rt is 0', zeroWord),
  ...indirectIf('binz', 0x129, 'Branches to ra if the preferred word of rt is not 0', nonzeroWord),
  ...indirectIf('bihz', 0x12a, 'Branches to ra if the lower half of the preferred word of rt is 0', zeroHalfword),
  ...indirectIf('bihnz', 0x12b, 'Branches to ra if the lower half of the preferred word of rt is not 0', nonzeroHalfword),
];

const hint = (): void => undefined;

/** Hints change nothing that a program can see. */
export const BRANCH_HINT: readonly SpuInstruction[] = [
  insn('hbr', withFeature(0x1ac, false), 'hintedByRegister ra', 'Says that the branch there will go to the address in ra.', hint),
  insn('hbrp', withFeature(0x1ac, true), 'hintedByRegister ra', 'Asks for instructions to be fetched ahead.', hint),
  insn('hbra', ri18(0x080), 'hintedByImmediate absolute', 'Says that the branch there will go to an absolute address.', hint),
  insn('hbrr', ri18(0x090), 'hintedByImmediate relative', 'Says that the branch there will go to an address relative to this hint.', hint),
];
