import { describe, expect, it } from 'vitest';
import { assembleModule, ByteWriter, CodeWriter, IMPORT_MEMORY, IMPORT_MODULE } from '../../../src/sim/engine/wasm.ts';

function written(write: (out: ByteWriter) => void): number[] {
  const out = new ByteWriter();
  write(out);
  return [...out.bytes];
}

describe('LEB128', () => {
  // Values and bytes of the DWARF 5 standard, tables 7.7 and 7.8.
  it.each([[2, [2]], [127, [127]], [128, [0x80, 1]], [129, [0x81, 1]], [12857, [0xb9, 0x64]], [0xffffffff, [0xff, 0xff, 0xff, 0xff, 15]]])('writes %i unsigned', (value, bytes) => {
    expect(written((out) => { out.unsigned(value); })).toEqual(bytes);
  });

  it.each([[2, [2]], [-2, [0x7e]], [127, [0xff, 0]], [-127, [0x81, 0x7f]], [128, [0x80, 1]], [-128, [0x80, 0x7f]], [129, [0x81, 1]], [-129, [0xff, 0x7e]]])('writes %i signed', (value, bytes) => {
    expect(written((out) => { out.signed(value); })).toEqual(bytes);
    expect(written((out) => { out.signed64(BigInt(value)); })).toEqual(bytes);
  });

  it('writes the extremes of 64 bits', () => {
    expect(written((out) => { out.signed64(-(2n ** 63n)); })).toEqual([...new Array<number>(9).fill(0x80), 0x7f]);
    expect(written((out) => { out.signed64(2n ** 63n - 1n); })).toEqual([...new Array<number>(9).fill(0xff), 0]);
  });
});

describe('assembleModule', () => {
  it('makes a module that the host runs: nested labels, imports, locals, exports', () => {
    // Adds 10, 9, ... 1 through an imported function, leaving a loop inside two blocks.
    const out = new CodeWriter();
    const done = out.block();
    const again = out.loop();
    out.get(0);
    out.op(0x45);
    out.brIf(done);
    out.get(1);
    out.get(0);
    out.call(0);
    out.set(1);
    out.get(0);
    out.i32(-1);
    out.op(0x6a);
    out.set(0);
    out.br(again);
    out.end();
    out.end();
    out.get(1);
    const bytes = assembleModule({
      memoryPages: 1,
      imports: [{ name: 'add', params: ['i32', 'i32'], results: ['i32'] }],
      functions: [{ params: ['i32'], results: ['i32'], locals: ['i32'], code: out.bytes, exported: 'sum' }],
    });
    const memory = new WebAssembly.Memory({ initial: 1 });
    const imports = { add: (a: number, b: number) => a + b, [IMPORT_MEMORY]: memory };
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { [IMPORT_MODULE]: imports });
    const { sum } = exports as { sum: (n: number) => number };
    expect(sum(10)).toBe(55);
  });
});
