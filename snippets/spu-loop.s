# title: SPU: loop that counts
# prefix: loop, brnz
# description: Runs code a number of times, with a hint for the branch at its end
il      {{counter=$3}}, {{times=10}}
hbrr    2f, 1f
1:
{{code=nop}}
ai      {{counter}}, {{counter}}, -1
2:
brnz    {{counter}}, 1b
