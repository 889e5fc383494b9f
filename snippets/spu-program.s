# title: SPU: program in a section
# prefix: spu_program, spu_section
# description: The beginning of an SPU program that lies beside PowerPC code in one file, with a stack, and its end
        .section .spu.{{program}}, "ax"
_start:
        ila     $sp, 0x3fff0                    # the stack begins at the end of the local store
        {{code=nop}}
        stop    {{stop=0}}
