# refault: spes=1 memory=16M
        .globl  _start
_start: b       fill
