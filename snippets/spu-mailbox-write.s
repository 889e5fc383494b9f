# title: SPU: write to the mailbox
# prefix: mailbox_write, SPU_WrOutMbox
# description: Puts a word into the outbound mailbox (SPU_WrOutIntrMbox for the one that interrupts); waits while it is full
il      {{register=$3}}, {{value=1}}
wrch    ${{channel=SPU_WrOutMbox}}, {{register}}
