/** Runs location expressions (DWARF 5, 2.5 and 2.6): where a value is, or what it is. */
import { bytesOfNumber, numberOfBytes, OutOfBytes } from '../bigEndian.ts';
import { Cursor } from './cursor.ts';
import { binaryOperation, converted, generic, type Operand, type OperandType, reinterpreted, unaryOperation } from './operand.ts';
import { DW_OP } from './operations.ts';
import type { UnitFormat } from './forms.ts';

export type Place =
  | { readonly kind: 'memory'; readonly address: number }
  | { readonly kind: 'register'; readonly register: number }
  /** The value itself, big-endian. */
  | { readonly kind: 'value'; readonly bytes: Uint8Array; readonly isGeneric: boolean }
  /** A pointer that the compiler dropped, to a variable that it kept. */
  | { readonly kind: 'pointer'; readonly entry: number; readonly offset: number }
  | { readonly kind: 'nowhere' };

/** A part of a value; `bits` is undefined for the whole, whatever its size. */
export interface Piece {
  readonly place: Place;
  readonly bits: number | undefined;
  /** Bits of the place to leave out before the part. */
  readonly skip: number;
}

/** What an expression may ask about the frame that it is looked at from. */
export interface LocationContext {
  readonly format: UnitFormat;
  /** Undefined where the register's value is not known in this frame. */
  register(number: number): bigint | undefined;
  /** Whether numbers of single precision stand in it as doubles. */
  isFloatRegister(number: number): boolean;
  /** As many bytes as can be read. */
  read(address: number, bytes: number): Uint8Array;
  frameBase(): bigint;
  callFrameAddress(): bigint | undefined;
  /** The value that an expression had when the function was entered. */
  entryValue(expression: Uint8Array): bigint | undefined;
  /** Of the unit's `.debug_addr`. */
  address(index: number): number | undefined;
  /** A base type by its offset in the unit; undefined for 0, the generic type. */
  baseType(offset: number): OperandType | undefined;
  /** The expression of another entry. */
  called(offset: number, from: 'unit' | 'section'): Uint8Array | undefined;
}

/** A value that cannot be had at this place: it depends on something that nobody kept. */
export class NotKept extends Error {}

const MOST_STEPS = 100_000;
const DEEPEST_CALL = 20;

/** Throws `NotKept`, and `OutOfBytes` where the expression is damaged. An empty expression is a value that was optimised away. */
export function locate(expression: Uint8Array, context: LocationContext): readonly Piece[] {
  return new Evaluation(context).pieces(expression);
}

/** The single number that an expression computes, on top of `initial` numbers; as call frame information uses them. */
export function computeNumber(expression: Uint8Array, context: LocationContext, initial: readonly bigint[] = []): bigint {
  return new Evaluation(context, initial.map(generic)).number(expression);
}

class Evaluation {
  private steps = 0;
  private depth = 0;
  private place: Place | undefined;
  private isValue = false;
  private readonly found: Piece[] = [];

  constructor(private readonly context: LocationContext, private readonly stack: Operand[] = []) {}

  pieces(expression: Uint8Array): readonly Piece[] {
    this.run(expression);
    if (this.found.length > 0) return this.found;
    return [{ place: this.taken(), bits: undefined, skip: 0 }];
  }

  number(expression: Uint8Array): bigint {
    this.run(expression);
    if (this.place?.kind === 'register') return this.registerValue(this.place.register);
    return this.pop().bits;
  }

  private run(expression: Uint8Array): void {
    const cursor = new Cursor(expression, 0, expression.length);
    while (!cursor.atEnd) {
      this.steps += 1;
      if (this.steps > MOST_STEPS) throw new OutOfBytes('a location expression without end');
      this.operation(cursor.u8(), cursor);
    }
  }

  private operation(code: number, cursor: Cursor): void {
    if (code >= DW_OP.lit0 && code <= DW_OP.lit31) this.push(BigInt(code - DW_OP.lit0));
    else if (code >= DW_OP.reg0 && code <= DW_OP.reg31) this.place = { kind: 'register', register: code - DW_OP.reg0 };
    else if (code >= DW_OP.breg0 && code <= DW_OP.breg31) this.push(this.registerValue(code - DW_OP.breg0) + cursor.sleb64());
    else if (!this.constant(code, cursor) && !this.onStack(code, cursor) && !this.ofPlace(code, cursor)) this.ofFrame(code, cursor);
  }

  /** 2.5.1.1 literals. */
  private constant(code: number, cursor: Cursor): boolean {
    switch (code) {
      case DW_OP.addr: this.push(cursor.unsigned64(this.context.format.addressSize)); break;
      case DW_OP.const1u: this.push(cursor.unsigned64(1)); break;
      case DW_OP.const1s: this.push(BigInt.asIntN(8, cursor.unsigned64(1))); break;
      case DW_OP.const2u: this.push(cursor.unsigned64(2)); break;
      case DW_OP.const2s: this.push(BigInt.asIntN(16, cursor.unsigned64(2))); break;
      case DW_OP.const4u: this.push(cursor.unsigned64(4)); break;
      case DW_OP.const4s: this.push(BigInt.asIntN(32, cursor.unsigned64(4))); break;
      case DW_OP.const8u:
      case DW_OP.const8s: this.push(cursor.unsigned64(8)); break;
      case DW_OP.constu: this.push(cursor.uleb64()); break;
      case DW_OP.consts: this.push(cursor.sleb64()); break;
      case DW_OP.addrx:
      case DW_OP.constx:
      case DW_OP.gnuAddrIndex:
      case DW_OP.gnuConstIndex: this.push(this.indexed(cursor.uleb())); break;
      case DW_OP.constType:
      case DW_OP.gnuConstType: {
        const type = this.context.baseType(cursor.uleb());
        const bits = cursor.unsigned64(cursor.u8());
        this.stack.push(reinterpreted(generic(bits), type));
        break;
      }
      default: return false;
    }
    return true;
  }

  /** 2.5.1.3 to 2.5.1.5: stack, arithmetic, control flow. */
  private onStack(code: number, cursor: Cursor): boolean {
    switch (code) {
      case DW_OP.dup: this.stack.push(this.peek(0)); break;
      case DW_OP.drop: this.pop(); break;
      case DW_OP.over: this.stack.push(this.peek(1)); break;
      case DW_OP.pick: this.stack.push(this.peek(cursor.u8())); break;
      case DW_OP.swap: this.stack.push(...this.popped(2).reverse()); break;
      case DW_OP.rot: {
        const [third, second, first] = this.popped(3);
        if (first && second && third) this.stack.push(first, third, second);
        break;
      }
      case DW_OP.abs:
      case DW_OP.neg:
      case DW_OP.not: this.stack.push(unaryOperation(code, this.pop())); break;
      case DW_OP.plusUconst: this.stack.push(binaryOperation(DW_OP.plus, this.pop(), generic(cursor.uleb64()))); break;
      case DW_OP.bra:
      case DW_OP.skip: {
        const by = Number(BigInt.asIntN(16, cursor.unsigned64(2)));
        if (code === DW_OP.skip || this.pop().bits !== 0n) jump(cursor, by);
        break;
      }
      case DW_OP.convert:
      case DW_OP.gnuConvert: this.stack.push(converted(this.pop(), this.context.baseType(cursor.uleb()))); break;
      case DW_OP.reinterpret:
      case DW_OP.gnuReinterpret: this.stack.push(reinterpreted(this.pop(), this.context.baseType(cursor.uleb()))); break;
      case DW_OP.nop: break;
      default:
        if (code < DW_OP.and || code > DW_OP.ne) return false;
        this.stack.push(this.binary(code));
    }
    return true;
  }

  /** 2.6.1: registers, values, and the parts of a composite. */
  private ofPlace(code: number, cursor: Cursor): boolean {
    switch (code) {
      case DW_OP.regx: this.place = { kind: 'register', register: cursor.uleb() }; break;
      case DW_OP.implicitValue: this.place = { kind: 'value', bytes: cursor.block(cursor.uleb()), isGeneric: false }; break;
      case DW_OP.stackValue: this.isValue = true; break;
      case DW_OP.implicitPointer:
      case DW_OP.gnuImplicitPointer: this.place = { kind: 'pointer', entry: cursor.unsigned(this.context.format.offsetSize), offset: cursor.sleb() }; break;
      case DW_OP.piece: this.part(cursor.uleb() * 8, 0); break;
      case DW_OP.bitPiece: {
        const bits = cursor.uleb();
        this.part(bits, cursor.uleb());
        break;
      }
      case DW_OP.gnuUninit: break;
      default: return false;
    }
    return true;
  }

  /** 2.5.1.2 and 2.5.1.5: what the frame and its memory have. */
  private ofFrame(code: number, cursor: Cursor): void {
    const { context } = this;
    switch (code) {
      case DW_OP.fbreg: this.push(context.frameBase() + cursor.sleb64()); break;
      case DW_OP.bregx: this.push(this.registerValue(cursor.uleb()) + cursor.sleb64()); break;
      case DW_OP.regvalType:
      case DW_OP.gnuRegvalType: {
        const register = cursor.uleb();
        const value = this.registerValue(register);
        const type = context.baseType(cursor.uleb());
        const isConverted = type?.form === 'float' && type.bytes === 4 && context.isFloatRegister(register);
        this.stack.push(isConverted ? converted({ bits: value, type: { bytes: 8, form: 'float' } }, type) : reinterpreted(generic(value), type));
        break;
      }
      case DW_OP.deref: this.push(this.dereferenced(context.format.addressSize)); break;
      case DW_OP.derefSize: this.push(this.dereferenced(cursor.u8())); break;
      case DW_OP.derefType:
      case DW_OP.gnuDerefType: {
        const bits = this.dereferenced(cursor.u8());
        this.stack.push(reinterpreted(generic(bits), context.baseType(cursor.uleb())));
        break;
      }
      case DW_OP.callFrameCfa: this.push(kept(context.callFrameAddress())); break;
      case DW_OP.entryValue:
      case DW_OP.gnuEntryValue: this.push(kept(context.entryValue(cursor.block(cursor.uleb())))); break;
      case DW_OP.call2: this.call(cursor.unsigned(2), 'unit'); break;
      case DW_OP.call4: this.call(cursor.unsigned(4), 'unit'); break;
      case DW_OP.callRef: this.call(cursor.unsigned(context.format.offsetSize), 'section'); break;
      case DW_OP.gnuParameterRef: throw new NotKept();
      default: throw new OutOfBytes(`operation ${String(code)} does not exist`);
    }
  }

  private call(offset: number, from: 'unit' | 'section'): void {
    const expression = this.context.called(offset, from);
    if (!expression) return;
    this.depth += 1;
    if (this.depth > DEEPEST_CALL) throw new OutOfBytes('location expressions call each other without end');
    this.run(expression);
    this.depth -= 1;
  }

  private part(bits: number, skip: number): void {
    this.found.push({ place: this.taken(), bits, skip });
    this.place = undefined;
    this.isValue = false;
  }

  /** Where the operations so far have led. */
  private taken(): Place {
    if (this.place) return this.place;
    const top = this.stack.pop();
    if (!top) return { kind: 'nowhere' };
    if (!this.isValue) return { kind: 'memory', address: Number(top.bits) };
    const size = top.type?.bytes ?? 8;
    return { kind: 'value', bytes: bytesOfNumber(top.bits, size), isGeneric: top.type === undefined };
  }

  private binary(code: number): Operand {
    const [left, right] = this.popped(2);
    if (!left || !right) throw new OutOfBytes('the stack of a location expression is empty');
    return binaryOperation(code, left, right);
  }

  private dereferenced(size: number): bigint {
    const bytes = this.context.read(Number(this.pop().bits), size);
    if (bytes.length < size) throw new NotKept();
    return numberOfBytes(bytes);
  }

  private registerValue(register: number): bigint {
    return kept(this.context.register(register));
  }

  private indexed(index: number): bigint {
    const address = this.context.address(index);
    if (address === undefined) throw new OutOfBytes(`address ${String(index)} does not exist`);
    return BigInt(address);
  }

  private push(value: bigint): void {
    this.stack.push(generic(value));
  }

  private pop(): Operand {
    const top = this.stack.pop();
    if (!top) throw new OutOfBytes('the stack of a location expression is empty');
    return top;
  }

  /** The topmost values, the lowest first. */
  private popped(count: number): Operand[] {
    if (this.stack.length < count) throw new OutOfBytes('the stack of a location expression is empty');
    return this.stack.splice(-count);
  }

  private peek(depth: number): Operand {
    const operand = this.stack[this.stack.length - 1 - depth];
    if (!operand) throw new OutOfBytes('the stack of a location expression is empty');
    return operand;
  }
}

function jump(cursor: Cursor, by: number): void {
  const to = cursor.offset + by;
  if (to < 0 || to > cursor.end) throw new OutOfBytes('a location expression leaves itself');
  cursor.offset = to;
}

function kept(value: bigint | undefined): bigint {
  if (value === undefined) throw new NotKept();
  return value;
}
