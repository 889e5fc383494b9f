/** Whether the image of a saved context is mapped through the cache (facts 3.3, 8.12). */
import { describe, expect, it } from 'vitest';
import { pteOf } from '../../../../src/sim/kernel/mm/pages.ts';
import { PTE_NO_CACHE, pteFlags } from '../../../../src/sim/kernel/mm/pte.ts';
import { runSpufs } from './programs.ts';

/** Maps the local store of a saved context that write() has written to, touches it, and waits for ever. */
const TOUCH_IMAGE = `
        create  a
        load_program a_mem, here, here_end
        open_file a_mem, O_RDWR
        mr      r29, r3
        map_file r29, 4096
        mr      r28, r3
        lwz     r4, 0(r28)
        show
        li      r0, 29
        sc
        .section .spu.here, "ax"
        stop    1
        .text`;

function touched(kernel: Parameters<typeof runSpufs>[1]): { cached: boolean; notices: readonly string[] } {
  const run = runSpufs(TOUCH_IMAGE, kernel);
  const task = [...run.machine.state.tasks.values()][0];
  const pte = task ? pteOf(run.machine.kernel, task.mm, run.shown[0] ?? 0) : 0;
  expect(pte).not.toBe(0);
  return { cached: (pteFlags(pte) & PTE_NO_CACHE) === 0, notices: run.notices };
}

describe('hazard 12', () => {
  it('2.6.18 maps it past the cache, and the debug console hears of it once', () => {
    const { cached, notices } = touched({ kernel: '2.6.18' });
    expect(cached).toBe(false);
    expect(notices.filter((notice) => notice.includes('past it'))).toHaveLength(1);
  });

  it('later kernels like other memory', () => {
    expect(touched({ kernel: { base: '2.6.18', savedMemCached: true } })).toEqual({ cached: true, notices: [] });
  });
});
