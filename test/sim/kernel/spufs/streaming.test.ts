/** An SPE program that streams: lists into one buffer while it works on the other, and lists back. */
import { describe, expect, it } from 'vitest';
import { faultsOf, KERNELS, runSpufs } from './programs.ts';

const CHUNKS = 16;
const WORDS = CHUNKS * 512;

/** Each chunk is 2 KiB in two elements; chunk, tag and buffer go together. The fence of the get keeps it behind the put from the same buffer. */
const STREAM = `
        .section .spu.stream, "ax"
        .equ    LISTS, 0x3000
        .equ    BUFFERS, 0x4000
        br      begin
        .balign 16
from:   .long   1024, input@ppu, 1024, input@ppu + 1024
to:     .long   1024, output@ppu, 1024, output@ppu + 1024
step:   .long   0, 2048, 0, 2048

transfer:                               # chunk $40, list $50 stored at $51, command $52; uses $53 to $55
        stqx    $50, $51, $56
        andi    $53, $40, 1
        shli    $54, $53, 11
        ila     $55, BUFFERS
        a       $54, $54, $55
        a       $55, $51, $56
        wrch    $MFC_LSA, $54
        wrch    $MFC_EAH, $24
        wrch    $MFC_EAL, $55
        wrch    $MFC_Size, $23
        wrch    $MFC_TagID, $53
        wrch    $MFC_Cmd, $52
        bi      $0

fetch:  andi    $56, $40, 1
        shli    $56, $56, 4
        ila     $51, LISTS
        ori     $50, $20, 0
        a       $20, $20, $22
        il      $52, 0x46               # getlf
        br      transfer

store:  andi    $56, $40, 1
        shli    $56, $56, 4
        ila     $51, LISTS + 32
        ori     $50, $21, 0
        a       $21, $21, $22
        il      $52, 0x24               # putl
        br      transfer

begin:  lqa     $20, from
        lqa     $21, to
        lqa     $22, step
        il      $23, 16
        il      $24, 0
        il      $26, 2
        il      $40, 0
        brsl    $0, fetch
next:   ai      $40, $40, 1
        ceqi    $42, $40, ${String(CHUNKS)}
        brnz    $42, last
        brsl    $0, fetch
last:   ai      $40, $40, -1
        andi    $43, $40, 1
        il      $44, 1
        shl     $44, $44, $43
        wrch    $MFC_WrTagMask, $44
        wrch    $MFC_WrTagUpdate, $26
        rdch    $45, $MFC_RdTagStat
        shli    $46, $43, 11
        ila     $47, BUFFERS
        a       $46, $46, $47
        il      $48, 2032
word:   lqx     $49, $46, $48
        ai      $49, $49, 1
        stqx    $49, $46, $48
        ai      $48, $48, -16
        cgti    $42, $48, -1
        brnz    $42, word
        brsl    $0, store
        ai      $40, $40, 1
        ceqi    $42, $40, ${String(CHUNKS)}
        brz     $42, next
        il      $44, 3
        wrch    $MFC_WrTagMask, $44
        wrch    $MFC_WrTagUpdate, $26
        rdch    $45, $MFC_RdTagStat
        stop    4
        .text`;

describe('double buffering with lists', () => {
  it.each(KERNELS)('puts every word where it belongs, page faults and all: %s', (kernel) => {
    const run = runSpufs(`
        create  a
        mr      r30, r3
        load_program a_mem, stream, stream_end
        address r26, input
        li      r5, ${String(WORDS)}
        mtctr   r5
        li      r6, 0
1:      stw     r6, 0(r26)              # word i is 7 * i
        addi    r26, r26, 4
        addi    r6, r6, 7
        bdnz    1b
        run_context r30, npc, status
        show
        address r26, output
        li      r5, ${String(WORDS)}
        mtctr   r5
        li      r6, 1
        li      r3, 0
2:      lwz     r7, 0(r26)
        cmpw    r7, r6
        beq     3f
        addi    r3, r3, 1               # words that are wrong
3:      addi    r26, r26, 4
        addi    r6, r6, 7
        bdnz    2b
        show
        quit    0
        ${STREAM}
        .bss
        .balign 4096
input:  .space  ${String(WORDS * 4)}
output: .space  ${String(WORDS * 4)}
        .text`, { kernel });
    expect(run.shown).toEqual([(4 << 16) | 2, 0]);
    // The input's pages were touched before; each of the eight pages of the output faults once.
    const faults = faultsOf(run.machine).filter(({ origin }) => origin === 'mfc');
    expect(faults.map(({ command, access, tag }) => `${String(command)} ${access} ${String(tag)}`)).toEqual(Array.from({ length: 8 }, () => 'putl write 0'));
  });
});
