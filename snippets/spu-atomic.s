# title: SPU: atomic increment
# prefix: atomic_increment, getllar, putllc
# description: Adds to the first word of a line of main storage as one operation: getllar and putllc until no other processor came between
ila     $3, {{line=local_buffer}}       # 128 bytes of the local store
ilhu    $4, ({{counter=buffer}}@ppu)@h  # the line in main storage
iohl    $4, ({{counter}}@ppu)@l
il      $5, 0
wrch    $MFC_LSA, $3
wrch    $MFC_EAH, $5
wrch    $MFC_EAL, $4
il      $6, 0xd0                        # getllar
il      $7, 0xb4                        # putllc
cwd     $8, 0($3)                       # shuffle pattern that inserts the first word
1:
wrch    $MFC_Cmd, $6
rdch    $9, $MFC_RdAtomicStat           # waits until the line is there
lqd     $10, 0($3)
ai      $11, $10, {{amount=1}}
shufb   $10, $11, $10, $8
stqd    $10, 0($3)
wrch    $MFC_Cmd, $7
rdch    $9, $MFC_RdAtomicStat
brnz    $9, 1b                          # the reservation was lost
