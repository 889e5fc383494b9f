# title: Data: text that is only read
# prefix: data_text, string, rodata
# description: A string with its length, in .rodata
        .section .rodata
{{name=text}}:
        .ascii  "{{words=Hello}}\n"
        .equ    {{name}}_size, . - {{name}}
