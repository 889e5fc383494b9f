# title: PPE: loop that counts
# prefix: loop, bdnz, ctr
# description: Runs code a number of times, counted in the count register
li      r4, {{times=10}}
mtctr   r4
1:
{{code=nop}}
bdnz    1b
