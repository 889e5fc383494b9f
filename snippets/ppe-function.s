# title: PPE: function
# prefix: function, prologue, epilogue, stack_frame
# description: Prologue and epilogue as the 64-bit PowerPC ELF ABI has them: link register, stack frame, one saved register
{{name=function}}:
        mflr    r0
        std     r0, 16(r1)
        std     r31, -8(r1)
        stdu    r1, -128(r1)                    # 112 bytes are the smallest frame
        mr      r31, r3
        {{code=nop}}
        addi    r1, r1, 128
        ld      r31, -8(r1)
        ld      r0, 16(r1)
        mtlr    r0
        blr
