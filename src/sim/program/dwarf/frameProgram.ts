/** Call frame instructions (DWARF 5, 6.4.2): from the template's program to the row of one address. */
import { OutOfBytes } from '../bigEndian.ts';
import type { FrameRow, FrameTemplate, RegisterRule } from './callFrames.ts';
import type { Cursor } from './cursor.ts';

const DW_CFA = {
  advanceLoc: 1, offset: 2, restore: 3,
  nop: 0x00, setLoc: 0x01, advanceLoc1: 0x02, advanceLoc2: 0x03, advanceLoc4: 0x04, offsetExtended: 0x05, restoreExtended: 0x06, undefined: 0x07,
  sameValue: 0x08, register: 0x09, rememberState: 0x0a, restoreState: 0x0b, defCfa: 0x0c, defCfaRegister: 0x0d, defCfaOffset: 0x0e,
  defCfaExpression: 0x0f, expression: 0x10, offsetExtendedSf: 0x11, defCfaSf: 0x12, defCfaOffsetSf: 0x13, valOffset: 0x14, valOffsetSf: 0x15,
  valExpression: 0x16, gnuArgsSize: 0x2e, gnuNegativeOffsetExtended: 0x2f,
} as const;

type Cfa = FrameRow['cfa'];
type Found = Pick<FrameRow, 'cfa' | 'rules'>;

/** Undefined where the programs say nothing about the call frame address. Throws `OutOfBytes` for a damaged program. */
export function runFrameProgram(template: FrameTemplate, initial: Cursor, own: Cursor, start: number, pc: number): Found | undefined {
  const machine = new FrameMachine(template, start);
  machine.run(initial, Infinity);
  machine.keepInitial();
  machine.run(own, pc);
  return machine.cfa && { cfa: machine.cfa, rules: machine.rules };
}

class FrameMachine {
  cfa: Cfa | undefined;
  rules = new Map<number, RegisterRule>();
  private initialRules: ReadonlyMap<number, RegisterRule> = new Map();
  private readonly remembered: { readonly cfa: Cfa | undefined; readonly rules: ReadonlyMap<number, RegisterRule> }[] = [];

  constructor(private readonly template: FrameTemplate, private location: number) {}

  keepInitial(): void {
    this.initialRules = new Map(this.rules);
  }

  /** Up to the row that holds at `pc`. */
  run(cursor: Cursor, pc: number): void {
    while (!cursor.atEnd && this.location <= pc) {
      const code = cursor.u8();
      const low = code & 0x3f;
      switch (code >>> 6) {
        case DW_CFA.advanceLoc: this.advance(low); break;
        case DW_CFA.offset: this.offset(low, cursor.uleb()); break;
        case DW_CFA.restore: this.restore(low); break;
        default: if (!this.moves(code, cursor) && !this.definesCfa(code, cursor)) this.setsRule(code, cursor);
      }
    }
  }

  private moves(code: number, cursor: Cursor): boolean {
    switch (code) {
      case DW_CFA.nop: break;
      case DW_CFA.setLoc: this.location = cursor.unsigned(this.template.addressSize); break;
      case DW_CFA.advanceLoc1: this.advance(cursor.unsigned(1)); break;
      case DW_CFA.advanceLoc2: this.advance(cursor.unsigned(2)); break;
      case DW_CFA.advanceLoc4: this.advance(cursor.unsigned(4)); break;
      case DW_CFA.rememberState: this.remembered.push({ cfa: this.cfa, rules: new Map(this.rules) }); break;
      case DW_CFA.restoreState: {
        const state = this.remembered.pop();
        if (!state) throw new OutOfBytes('a frame state that was never remembered');
        this.cfa = state.cfa;
        this.rules = new Map(state.rules);
        break;
      }
      case DW_CFA.gnuArgsSize: cursor.uleb(); break;
      default: return false;
    }
    return true;
  }

  private definesCfa(code: number, cursor: Cursor): boolean {
    const { dataAlignment } = this.template;
    switch (code) {
      case DW_CFA.defCfa: this.cfa = { register: cursor.uleb(), offset: cursor.uleb() }; break;
      case DW_CFA.defCfaSf: this.cfa = { register: cursor.uleb(), offset: cursor.sleb() * dataAlignment }; break;
      case DW_CFA.defCfaRegister: this.cfa = { register: cursor.uleb(), offset: this.cfa && 'offset' in this.cfa ? this.cfa.offset : 0 }; break;
      case DW_CFA.defCfaOffset: this.cfaOffset(cursor.uleb()); break;
      case DW_CFA.defCfaOffsetSf: this.cfaOffset(cursor.sleb() * dataAlignment); break;
      case DW_CFA.defCfaExpression: this.cfa = { expression: cursor.block(cursor.uleb()) }; break;
      default: return false;
    }
    return true;
  }

  private setsRule(code: number, cursor: Cursor): void {
    const { dataAlignment } = this.template;
    const register = cursor.uleb();
    switch (code) {
      case DW_CFA.offsetExtended: this.offset(register, cursor.uleb()); break;
      case DW_CFA.offsetExtendedSf: this.offset(register, cursor.sleb()); break;
      case DW_CFA.gnuNegativeOffsetExtended: this.offset(register, -cursor.uleb()); break;
      case DW_CFA.restoreExtended: this.restore(register); break;
      case DW_CFA.undefined: this.rules.set(register, { kind: 'undefined' }); break;
      case DW_CFA.sameValue: this.rules.set(register, { kind: 'same' }); break;
      case DW_CFA.register: this.rules.set(register, { kind: 'register', register: cursor.uleb() }); break;
      case DW_CFA.valOffset: this.rules.set(register, { kind: 'valueOffset', offset: cursor.uleb() * dataAlignment }); break;
      case DW_CFA.valOffsetSf: this.rules.set(register, { kind: 'valueOffset', offset: cursor.sleb() * dataAlignment }); break;
      case DW_CFA.expression: this.rules.set(register, { kind: 'expression', expression: cursor.block(cursor.uleb()) }); break;
      case DW_CFA.valExpression: this.rules.set(register, { kind: 'valueExpression', expression: cursor.block(cursor.uleb()) }); break;
      default: throw new OutOfBytes(`call frame instruction ${String(code)} does not exist`);
    }
  }

  private advance(by: number): void {
    this.location += by * this.template.codeAlignment;
  }

  private offset(register: number, factored: number): void {
    this.rules.set(register, { kind: 'offset', offset: factored * this.template.dataAlignment });
  }

  private restore(register: number): void {
    const rule = this.initialRules.get(register);
    if (rule) this.rules.set(register, rule);
    else this.rules.delete(register);
  }

  private cfaOffset(offset: number): void {
    if (!this.cfa || !('register' in this.cfa)) throw new OutOfBytes('an offset of a frame address that is no register');
    this.cfa = { register: this.cfa.register, offset };
  }
}
