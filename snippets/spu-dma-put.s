# title: SPU: DMA put
# prefix: dma_put, mfc_put
# description: Writes the local store to main storage with the MFC and waits for the tag group
ila     $3, {{local=local_buffer}}      # in the local store
ilhu    $4, ({{memory=buffer}}@ppu)@h   # in main storage
iohl    $4, ({{memory}}@ppu)@l
il      $5, {{size=128}}                # 1, 2, 4, 8, or a multiple of 16 up to 16384
il      $6, {{tag=0}}
wrch    $MFC_LSA, $3
il      $7, 0
wrch    $MFC_EAH, $7
wrch    $MFC_EAL, $4
wrch    $MFC_Size, $5
wrch    $MFC_TagID, $6
il      $7, 0x20                       # put
wrch    $MFC_Cmd, $7
il      $7, 1 << {{tag}}
wrch    $MFC_WrTagMask, $7
il      $7, 2                           # wait for all of the groups
wrch    $MFC_WrTagUpdate, $7
rdch    $7, $MFC_RdTagStat
