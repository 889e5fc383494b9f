# title: SPU: data
# prefix: spu_data, quadword
# description: Constants and a DMA buffer in the local store, aligned to quadwords and cache lines
        .section .spu.{{program}}.data, "aw"
        .balign 16
{{name=constants}}:
        .long   {{words=1, 2, 3, 4}}
        .balign 128
{{buffer=local_buffer}}:
        .space  {{size=128}}
