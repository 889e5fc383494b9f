/**
 * Loads and stores of an SPE, in its local store. A store to a block that holds decoded code
 * is left to the step function, which has the records dropped.
 */
import { reverseQuad } from './bigEndian.ts';
import { CODE_BLOCK_BYTES, LOCAL_STORE_BYTES, type SpeLayout } from './layout.ts';
import type { LocalPool, MemoryAccess } from './lower.ts';
import { OP } from './opcodes.ts';
import type { CodeWriter } from './wasm.ts';

abstract class LocalStoreAccess implements MemoryAccess {
  constructor(protected readonly out: CodeWriter, private readonly layout: SpeLayout) {}

  abstract lsStore(locals: LocalPool): void;

  load(): void { throw new Error(NO_MMU); }
  store(): void { throw new Error(NO_MMU); }

  lsLoad(): void {
    this.quadAddress();
    this.out.memory(OP.v128Load, this.layout.localStore);
    reverseQuad(this.out);
  }

  /** Of the address on the stack. */
  protected quadAddress(): void {
    this.out.i32(LOCAL_STORE_BYTES - 16);
    this.out.op(OP.i32And);
  }

  /** Leaves whether the block of an address holds decoded code. */
  protected holdsCode(address: number): void {
    const { out } = this;
    out.get(address);
    out.i32(Math.log2(CODE_BLOCK_BYTES));
    out.op(OP.i32ShrU);
    out.memory(OP.i32Load8U, this.layout.codeMap);
  }

  protected storeQuad(address: number, value: number): void {
    const { out } = this;
    out.get(address);
    out.get(value);
    reverseQuad(out);
    out.memory(OP.v128Store, this.layout.localStore);
  }
}

const NO_MMU = 'This instruction set has a local store; its meanings cannot load or store through an MMU.';

/** For the run function. */
export class FastLocalStoreAccess extends LocalStoreAccess {
  /** `leaveIfCode` takes 1 from the stack for a block of code, and does not come back then. */
  constructor(out: CodeWriter, layout: SpeLayout, private readonly leaveIfCode: () => void) {
    super(out, layout);
  }

  override lsStore(locals: LocalPool): void {
    const { out } = this;
    const value = locals.take('v128');
    const address = locals.take('i32');
    out.set(value);
    this.quadAddress();
    out.set(address);
    this.holdsCode(address);
    this.leaveIfCode();
    this.storeQuad(address, value);
  }
}

/** For the step function. */
export class SlowLocalStoreAccess extends LocalStoreAccess {
  /** `callCodeWritten` takes the address of a changed quadword from the stack. */
  constructor(out: CodeWriter, layout: SpeLayout, private readonly callCodeWritten: () => void) {
    super(out, layout);
  }

  override lsStore(locals: LocalPool): void {
    const { out } = this;
    const value = locals.take('v128');
    const address = locals.take('i32');
    out.set(value);
    this.quadAddress();
    out.set(address);
    this.storeQuad(address, value);
    this.holdsCode(address);
    out.if();
    out.get(address);
    this.callCodeWritten();
    out.end();
  }
}
