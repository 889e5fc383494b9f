# title: SPU: function
# prefix: function, prologue, epilogue, stack_frame
# description: Prologue and epilogue as the SPU ABI has them: link register, back chain, one saved register
{{name=function}}:
        stqd    $lr, 16($sp)
        stqd    $80, -16($sp)
        stqd    $sp, -48($sp)
        ai      $sp, $sp, -48
        ori     $80, $3, 0
        {{code=nop}}
        ai      $sp, $sp, 48
        lqd     $80, -16($sp)
        lqd     $lr, 16($sp)
        bi      $lr
