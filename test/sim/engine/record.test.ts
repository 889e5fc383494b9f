import { describe, expect, it } from 'vitest';
import { Builder } from '../../../src/sim/engine/builder.ts';
import { RecordLayout, viewsOf } from '../../../src/sim/engine/record.ts';
import type { Slot } from '../../../src/sim/engine/node.ts';

const slot = (name: string, width: Slot['width'], of: Slot['of'] = () => 0): Slot => ({ name, width, of });

describe('RecordLayout', () => {
  it('packs slots at their natural alignment, equal names once, and leaves the form number alone', () => {
    const builder = new Builder();
    const wide = builder.constant64('wide', () => 0x0102030405060708n);
    const register = slot('register', 2, (word) => (word >>> 8) & 0xffff);
    const target = builder.cell64({ slot: register, bank: 64 });
    target.set(wide.plus(builder.cell64({ slot: register, bank: 64 })));
    builder.jumpBy(slot('to', 4, () => -8));
    const layout = new RecordLayout('test', builder.statements, 'near');
    const offsets = { wide: layout.offsetOf(slot('wide', 8)), register: layout.offsetOf(register), to: layout.offsetOf(slot('to', 4), true) };
    expect([offsets.wide % 8, offsets.register % 2, offsets.to % 4]).toEqual([0, 0, 0]);

    const views = viewsOf(new ArrayBuffer(64));
    views.u16[8] = 0x1234;
    layout.fill(views, 16, 0xabcdef, (displacement) => displacement / 4);
    expect(views.u16[8]).toBe(0x1234);
    expect(views.i64[(16 + offsets.wide) / 8]).toBe(0x0102030405060708n);
    expect(views.u16[(16 + offsets.register) / 2]).toBe(0xabcd);
    // Two records back, and one more because dispatch steps to the next record.
    expect(views.i32[(16 + offsets.to) / 4]).toBe(-48);
  });

  it('says so when the operands do not fit', () => {
    const builder = new Builder();
    builder.cell64({ offset: 0 }).set(builder.constant64('first', () => 0n).plus(builder.constant64('second', () => 0n)));
    expect(() => new RecordLayout('huge', builder.statements, 'near')).toThrow('The operands of huge need more than the 14 bytes of a record: first (8), second (8).');
  });
});
