/** Fragments of programs that read and write whole files of a context. */

/** Reads a whole text file into `buffer` and prints it. */
export const printFile = (label: string, end = ''): string => `
        open_file ${label}, O_RDONLY
        mr      r29, r3
        read_bytes r29, buffer, 100
        mr      r5, r3
        li      r3, 1
        address r4, buffer
        system  4
        ${end}
        read_bytes r29, buffer, 100
        show
        close_file r29`;
/** Writes a text from the beginning of a file, and shows what came of it. */
export const writeText = (label: string, text: string): string => `
        open_file ${label}, O_WRONLY
        mr      r29, r3
        address r4, text_${label}
        li      r5, ${String(text.length)}
        mr      r3, r29
        system  4
        show
        close_file r29
        .section .rodata
text_${label}: .ascii "${text}"
        .text`;

