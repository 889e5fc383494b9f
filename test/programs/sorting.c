/* qsort, bsearch, lsearch, the hash table and the trees of the C library. */
#include <search.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct record { char name[12]; int key; double weight; };

static int by_key(const void *a, const void *b)
{
    const struct record *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct record *)a)->name, ((const struct record *)b)->name);
}

static int descending(const void *a, const void *b, void *calls)
{
    ++*(long *)calls;
    return *(const int *)b - *(const int *)a;
}

static int compare_text(const void *a, const void *b) { return strcmp(a, b); }

static void print_node(const void *node, VISIT which, int depth)
{
    if (which == postorder || which == leaf) printf("%*s%s\n", depth * 2, "", *(const char *const *)node);
}

int main(void)
{
    enum { COUNT = 5000 };
    static struct record records[COUNT];
    static int numbers[COUNT];
    uint32_t state = 12345;
    long calls = 0;
    unsigned long sum = 0;

    for (int i = 0; i < COUNT; i++) {
        state = state * 1103515245u + 12345u;
        records[i].key = (int)(state >> 8) % 100000;
        snprintf(records[i].name, sizeof records[i].name, "n%08x", state);
        records[i].weight = records[i].key / 7.0;
        numbers[i] = (int)(state >> 4) & 0xfffff;
    }
    qsort(records, COUNT, sizeof *records, by_key);
    for (int i = 1; i < COUNT; i++)
        if (records[i - 1].key > records[i].key) return 1;
    printf("%d %d %.6f\n", records[0].key, records[COUNT - 1].key, records[COUNT / 2].weight);
    for (int key = 0; key < 100000; key += 7) {
        struct record wanted = { .key = key };
        if (bsearch(&wanted, records, COUNT, sizeof *records, by_key)) sum += key;
    }
    printf("%lu\n", sum);
    qsort(records, COUNT, sizeof *records, by_name);
    printf("%s %s\n", records[0].name, records[COUNT - 1].name);
    qsort_r(numbers, COUNT, sizeof *numbers, descending, &calls);
    for (int i = 1; i < COUNT; i++)
        if (numbers[i - 1] < numbers[i]) return 2;
    printf("%d %d %d\n", numbers[0], numbers[COUNT - 1], calls > COUNT);

    static const char *words[] = { "pear", "apple", "fig", "quince", "plum", "cherry", "apple", "fig" };
    void *root = NULL;
    for (unsigned i = 0; i < 8; i++) tsearch(words[i], &root, compare_text);
    twalk(root, print_node);
    hcreate(20);
    for (unsigned i = 0; i < 6; i++) hsearch((ENTRY){ (char *)words[i], (void *)(uintptr_t)(i + 1) }, ENTER);
    for (unsigned i = 0; i < 8; i++) printf("%lu ", (unsigned long)(uintptr_t)hsearch((ENTRY){ (char *)words[i], NULL }, FIND)->data);
    puts("");
    return 0;
}
