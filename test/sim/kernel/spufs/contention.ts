/** Fragments of programs in which several contexts want one SPE. */

/** Makes contexts c1, c2, ... with descriptors in r20, r21, ..., each with the program `spin`, and their names. */
export const contexts = (count: number): string => Array.from({ length: count }, (_, i) => `
        create  c${String(i + 1)}
        mr      r${String(20 + i)}, r3
        load_program c${String(i + 1)}_mem, spin, spin_end`).join('');
/** The paths of contexts c1, c2, ... and of some of their files. */
export const names = (count: number): string => `
        .section .rodata
${Array.from({ length: count }, (_, i) => `c${String(i + 1)}: .asciz "/spu/c${String(i + 1)}"
c${String(i + 1)}_mem: .asciz "/spu/c${String(i + 1)}/mem"
c${String(i + 1)}_signal1: .asciz "/spu/c${String(i + 1)}/signal1"
c${String(i + 1)}_phys_id: .asciz "/spu/c${String(i + 1)}/phys-id"`).join('\n')}
        .text`;
/** Sets the nice value of the thread. */
export const nice = (value: number): string => `
        li      r3, 0
        li      r4, 0
        li      r5, ${String(value)}
        system  97`;
/** Writes a letter to standard output. */
export const say = (letter: string): string => `
        li      r3, 1
        address r4, say_${letter}
        li      r5, 1
        system  4
        .section .rodata
say_${letter}: .ascii "${letter}"
        .text`;
/** An SPU program of 19.7 million instructions. */
export const LONG = `
        .section .spu.long_spin, "ax"
        ilhu    $3, 150
1:      ai      $3, $3, -1
        brnz    $3, 1b
        stop    0x22
        .text`;
