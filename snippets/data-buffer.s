# title: Data: buffer
# prefix: data_buffer, bss, buffer
# description: Room that is zero when the program starts, aligned to a cache line as fast DMA wants it, in .bss
        .bss
        .balign 128
{{name=buffer}}:
        .space  {{size=4096}}
