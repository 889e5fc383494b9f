/* The heap under load: blocks of all sizes come, grow, shrink and go, and keep what was written to them.
 * expected: QEMU 7.2 does not clear heap pages that brk gave back and takes again, so calloc finds old bytes there.
 */
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SLOTS 400

struct slot { unsigned char *block; size_t size; unsigned char mark; };

static struct slot slots[SLOTS];
static uint64_t seed = 88172645463325252ULL;
static uint64_t checked;

static uint64_t next(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed;
}

static size_t some_size(void)
{
    switch (next() % 10) {
    case 0: return next() % 200000;
    case 1: case 2: return next() % 8000;
    default: return next() % 300;
    }
}

static void check(const struct slot *s, size_t bytes)
{
    for (size_t i = 0; i < bytes; i += i < 64 || i + 64 > bytes ? 1 : 61) {
        if (s->block[i] != s->mark) {
            printf("lost byte %zu of %zu\n", i, bytes);
            exit(1);
        }
        checked++;
    }
}

static void fill(struct slot *s)
{
    s->mark = (unsigned char)next();
    memset(s->block, s->mark, s->size);
}

int main(void)
{
    for (int round = 0; round < 12000; round++) {
        struct slot *s = &slots[next() % SLOTS];
        if (!s->block) {
            s->size = some_size();
            if (next() % 4 == 0) {
                s->block = calloc(1, s->size + 1);
                for (size_t i = 0; i < s->size; i += 97)
                    if (s->block[i]) return 2;
            } else {
                s->block = malloc(s->size + 1);
            }
            fill(s);
        } else if (next() % 3 == 0) {
            size_t size = some_size();
            check(s, s->size);
            s->block = realloc(s->block, size + 1);
            if (size < s->size) s->size = size;
            check(s, s->size);
            s->size = size;
            fill(s);
        } else {
            check(s, s->size);
            free(s->block);
            s->block = NULL;
        }
    }
    for (int i = 0; i < SLOTS; i++) {
        if (slots[i].block) check(&slots[i], slots[i].size);
        free(slots[i].block);
    }
    printf("checked %llu bytes\n", (unsigned long long)checked);
    for (size_t alignment = 16; alignment <= 65536; alignment *= 2) {
        void *block = NULL;
        if (posix_memalign(&block, alignment, 100) != 0 || (uintptr_t)block % alignment != 0) printf("not aligned to %zu\n", alignment);
        free(block);
    }
    char *big = malloc(40 << 20);
    big[0] = 1;
    big[(40 << 20) - 1] = 2;
    big = realloc(big, 60 << 20);
    printf("%d %d %d\n", big[0], big[(40 << 20) - 1], big[(60 << 20) - 1]);
    free(big);
    printf("%d\n", malloc((size_t)1 << 60) == NULL);
    printf("%d\n", malloc_usable_size(NULL) == 0);
    return 0;
}
