# title: Data: function descriptor
# prefix: descriptor, opd
# description: What a function pointer points to in the 64-bit PowerPC ELF ABI: code, TOC, environment
        .data
        .balign 8
{{name=function}}_descriptor:
        .quad   {{name}}, .TOC.@tocbase, 0
