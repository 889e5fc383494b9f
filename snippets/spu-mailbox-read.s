# title: SPU: read the mailbox
# prefix: mailbox_read, SPU_RdInMbox
# description: Takes a word from the inbound mailbox; waits until there is one
rdch    {{register=$3}}, $SPU_RdInMbox
