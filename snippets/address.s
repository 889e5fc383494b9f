# title: PPE: load an address
# prefix: address, lis, load_address
# description: The address of a symbol in a register: lis with @ha, addi with @l
lis     {{register=r3}}, {{symbol}}@ha
addi    {{register}}, {{register}}, {{symbol}}@l
