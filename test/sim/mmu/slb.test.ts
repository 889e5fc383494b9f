import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boltKernelSegments, findSegment, flushSlb, loadSegment, MFC_SLB, newSlb, PPE_SLB, vsidOf } from '../../../src/sim/mmu/slb.ts';

describe('the virtual segment', () => {
  it('is the proto-VSID times 200730139 modulo 2^36 - 1 (facts 6.4)', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 2 ** 19 - 1 }), fc.integer({ min: 0, max: 2 ** 16 - 1 }), (context, esid) => {
      const proto = (BigInt(context) << 16n) | BigInt(esid);
      expect(BigInt(vsidOf(context, esid))).toBe((proto * 200730139n) % (2n ** 36n - 1n));
    }));
  });
});

describe('replacement', () => {
  it('goes round entries 3 to 63 of the PPE; the bolted ones stay', () => {
    const slb = newSlb(PPE_SLB);
    boltKernelSegments(slb);
    const entries = Array.from({ length: 70 }, (_, esid) => loadSegment(slb, PPE_SLB, 1, esid));
    expect(entries.slice(0, 3)).toEqual([3, 4, 5]);
    expect(entries.slice(60, 63)).toEqual([63, 3, 4]);
    expect(findSegment(slb, 0xc_0000_0000)).toBe(0);
    expect(findSegment(slb, 8)).toBe(-1);
    expect(findSegment(slb, 9)).toBe(12);
  });

  it('goes round all eight of an MFC, and a flush begins anew', () => {
    const slb = newSlb(MFC_SLB);
    expect(Array.from({ length: 10 }, (_, esid) => loadSegment(slb, MFC_SLB, 1, esid))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 0, 1]);
    flushSlb(slb, MFC_SLB);
    expect(findSegment(slb, 9)).toBe(-1);
    expect(loadSegment(slb, MFC_SLB, 1, 3)).toBe(0);
  });
});
