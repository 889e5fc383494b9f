# title: Macro
# prefix: macro, .macro
# description: A macro with two parameters: here one that loads an address on the PPE
        .macro  {{name=address}} {{first=register}}, {{second=symbol}}
        lis     \{{first}}, \{{second}}@ha
        addi    \{{first}}, \{{first}}, \{{second}}@l
        .endm
