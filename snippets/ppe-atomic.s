# title: PPE: atomic increment
# prefix: atomic_increment, lwarx, stwcx
# description: Adds to a word in memory as one operation: lwarx and stwcx. until no other processor came between
1:
lwarx   r4, 0, {{address=r3}}
addi    r4, r4, {{amount=1}}
stwcx.  r4, 0, {{address}}
bne-    1b                              # somebody wrote the line meanwhile
