        .globl  _start, fill
_start: bl      local
fill:   frob    r3
