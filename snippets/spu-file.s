# title: SPU: program in a file of its own
# prefix: spu_file, spu_program
# description: A whole SPU program for a file NAME.spu.s, with a stack, that stops as one that exits does
        .text
        .globl  _start
_start:
        ila     $sp, 0x3fff0                    # the stack begins at the end of the local store
        {{code=nop}}
        stop    0x2000 + {{status=0}}           # exit with a status
