# title: Data: words and doublewords
# prefix: data_words, table, data
# description: Numbers and addresses with their alignment, in .data
        .data
        .balign 8
{{name=table}}:
        .long   {{words=1, 2, 3, 4}}
        .quad   {{name}}
