/**
 * Loads and stores of an SPE, in its local store. A store to a block that holds decoded code or
 * is watched is left to the step function, which tells the host; where loads are watched too,
 * so is a load from a watched block.
 */
import { reverseQuad } from './bigEndian.ts';
import type { ProcessorPlace } from './interpreterParts.ts';
import { BLOCK, CODE_BLOCK_BYTES, LOCAL_STORE_BYTES, type SpeLayout } from './layout.ts';
import type { LocalPool, MemoryAccess } from './lower.ts';
import { OP } from './opcodes.ts';
import type { CodeWriter } from './wasm.ts';

type SpePlace = Extract<ProcessorPlace, { kind: 'spe' }>;

abstract class LocalStoreAccess implements MemoryAccess {
  private readonly layout: SpeLayout;
  private readonly watchesLoads: boolean;

  constructor(protected readonly out: CodeWriter, { layout, watchesLoads }: SpePlace) {
    this.layout = layout;
    this.watchesLoads = watchesLoads;
  }

  abstract lsStore(locals: LocalPool): void;
  /** With the address in a local: has a load from a watched block seen to. */
  protected abstract watchLoad(address: number): void;

  load(): void { throw new Error(NO_MMU); }
  store(): void { throw new Error(NO_MMU); }

  lsLoad(locals: LocalPool): void {
    const { out } = this;
    this.quadAddress();
    if (this.watchesLoads) {
      const address = locals.take('i32');
      out.set(address);
      this.watchLoad(address);
      out.get(address);
    }
    out.memory(OP.v128Load, this.layout.localStore);
    reverseQuad(out);
  }

  /** Of the address on the stack. */
  protected quadAddress(): void {
    this.out.i32(LOCAL_STORE_BYTES - 16);
    this.out.op(OP.i32And);
  }

  /** Leaves what the code map says of an address's block (`BLOCK`). */
  protected blockOf(address: number): void {
    const { out } = this;
    out.get(address);
    out.i32(Math.log2(CODE_BLOCK_BYTES));
    out.op(OP.i32ShrU);
    out.memory(OP.i32Load8U, this.layout.codeMap);
  }

  protected isWatched(address: number): void {
    this.blockOf(address);
    this.out.i32(BLOCK.watchedLoads);
    this.out.op(OP.i32And);
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
  /** `leaveIf` takes a number from the stack, and does not come back where it is not 0. */
  constructor(out: CodeWriter, place: SpePlace, private readonly leaveIf: () => void) {
    super(out, place);
  }

  override lsStore(locals: LocalPool): void {
    const { out } = this;
    const value = locals.take('v128');
    const address = locals.take('i32');
    out.set(value);
    this.quadAddress();
    out.set(address);
    this.blockOf(address);
    this.leaveIf();
    this.storeQuad(address, value);
  }

  protected override watchLoad(address: number): void {
    this.isWatched(address);
    this.leaveIf();
  }
}

/** Both take the address of a quadword from the stack. */
interface HostCalls {
  callStored(): void;
  callLoaded(): void;
}

/** For the step function. */
export class SlowLocalStoreAccess extends LocalStoreAccess {
  constructor(out: CodeWriter, place: SpePlace, private readonly calls: HostCalls) {
    super(out, place);
  }

  override lsStore(locals: LocalPool): void {
    const { out } = this;
    const value = locals.take('v128');
    const address = locals.take('i32');
    out.set(value);
    this.quadAddress();
    out.set(address);
    this.storeQuad(address, value);
    this.blockOf(address);
    out.if();
    out.get(address);
    this.calls.callStored();
    out.end();
  }

  protected override watchLoad(address: number): void {
    const { out } = this;
    this.isWatched(address);
    out.if();
    out.get(address);
    this.calls.callLoaded();
    out.end();
  }
}
