/* The string functions of the C library at every alignment, next to a page that must not be touched, against plain loops. */
#define _GNU_SOURCE
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <unistd.h>
#include <wchar.h>

static uint32_t state = 2463534242u;
static uint32_t next(void)
{
    state ^= state << 13;
    state ^= state >> 17;
    return state ^= state << 5;
}

static unsigned long sum(const void *p, size_t n)
{
    unsigned long s = 1469598103934665603UL;
    for (size_t i = 0; i < n; i++) s = (s ^ ((const unsigned char *)p)[i]) * 1099511628211UL;
    return s;
}

static int sign(int x) { return (x > 0) - (x < 0); }

static int plain_compare(const unsigned char *a, const unsigned char *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
    return 0;
}

static char *guarded(size_t size)
{
    long page = sysconf(_SC_PAGESIZE);
    size_t whole = (size + page - 1) / page * page;
    char *area = mmap(NULL, whole + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    mprotect(area + whole, page, PROT_NONE);
    return area + whole;
}

int main(void)
{
    char *end_a = guarded(4096), *end_b = guarded(4096);
    static char model[5000], work[5000];
    int wrong = 0;

    for (int i = 0; i < 5000; i++) model[i] = (char)next();
    for (int size = 0; size < 300; size += size < 70 ? 1 : 13) {
        for (int offset = 0; offset < 17; offset++) {
            int from = (int)(next() % 40), to = offset + (int)(next() % 3) * 16;
            memcpy(work, model, 1000);
            memcpy(work + to, model + 1000 + from, size);
            for (int i = 0; i < 1000; i++)
                if (work[i] != (i >= to && i < to + size ? model[1000 + from + i - to] : model[i])) wrong++;
            memcpy(work, model, 1000);
            memmove(work + to, work + from, size);
            for (int i = 0; i < size; i++) if (work[to + i] != model[from + i]) wrong++;
            memset(work + to, offset, size);
            for (int i = 0; i < size; i++) if (work[to + i] != offset) wrong++;
            bzero(work + to, size);
            for (int i = 0; i < size; i++) if (work[to + i]) wrong++;

            char *a = end_a - size - offset, *b = end_b - size;
            for (int i = 0; i < size; i++) a[i] = b[i] = (char)(next() % 255 + 1);
            if (memcmp(a, b, size) != 0) wrong++;
            if (size > 0) {
                int place = (int)(next() % size);
                b[place] ^= 1 << next() % 8;
                if (b[place] == 0) b[place] = 1;
                if (sign(memcmp(a, b, size)) != plain_compare((unsigned char *)a, (unsigned char *)b, size)) wrong++;
                if (sign(strncmp(a, b, size)) != plain_compare((unsigned char *)a, (unsigned char *)b, size)) wrong++;
                char *expected = NULL;
                for (int i = 0; i < size && !expected; i++) if (b[i] == a[place]) expected = b + i;
                if (memchr(b, a[place], size) != expected) wrong++;
                expected = NULL;
                for (int i = size - 1; i >= 0 && !expected; i--) if (b[i] == a[place]) expected = b + i;
                if (memrchr(b, a[place], size) != expected) wrong++;
                b[size - 1] = 0;
                a[size - 1] = 0;
                size_t length = 0;
                while (b[length]) length++;
                if (strlen(b) != length || strnlen(b, size) != length || (char *)rawmemchr(b, 0) != b + length) wrong++;
                if (strcmp(strcpy(work + to, b), b) != 0 || stpcpy(work + to, b) != work + to + length) wrong++;
                strcat(work + to, "tail");
                if (strcmp(work + to + length, "tail") != 0) wrong++;
                memset(work, 'x', 400);
                strncpy(work + offset, b, size + 5);
                for (int i = 0; i < size + 5; i++) if (work[offset + i] != (i < (int)length ? b[i] : 0)) wrong++;
            }
        }
    }
    printf("%d wrong\n", wrong);

    char text[] = "a,b;;c , d", *save, haystack[] = "the cat and the cattle in the catalogue";
    for (char *t = strtok_r(text, ",; ", &save); t; t = strtok_r(NULL, ",; ", &save)) printf("[%s]", t);
    puts("");
    printf("%ld %ld %ld\n", (long)(strstr(haystack, "cattle") - haystack), (long)(strrchr(haystack, 'c') - haystack), (long)(strchrnul(haystack, 'z') - haystack));
    printf("%d %d %ld\n", strstr(haystack, "dog") == NULL, strstr(haystack, "") == haystack, (long)((char *)memmem(haystack, sizeof haystack, "catal", 5) - haystack));
    printf("%zu %zu %ld\n", strspn(haystack, "the "), strcspn(haystack, "lgu"), (long)(strpbrk(haystack, "xyzu") - haystack));
    printf("%d %d %d\n", sign(strcasecmp("Hello", "hELLO")), sign(strncasecmp("Hellx", "hELLY", 5)), strcasestr(haystack, "CATTLE") != NULL);
    printf("%d %d\n", sign(strverscmp("file10", "file9")), sign(strcoll("a", "b")));
    char *copy = strdup(haystack), *part = strndup(haystack, 7);
    printf("%s|%s|%s\n", copy + 20, part, basename("/usr/lib/x.so"));
    printf("%d %d %d %d\n", ffs(0), ffs(8), ffsl(1L << 40), ffsll(0x8000000000000000LL));
    char swapped[5] = "";
    swab("badc", swapped, 4);
    printf("%s\n", swapped);
    char *fields = strdup("x::y"), *cursor = fields;
    while (cursor) printf("<%s>", strsep(&cursor, ":"));
    puts("");
    wchar_t wide[50];
    printf("%zu %d\n", mbstowcs(wide, "wide characters", 50), (int)wcslen(wide));
    printf("%ls %d\n", wide, wcscmp(wide, L"wide"));
    swprintf(wide, 50, L"%d %s %ls", 42, "narrow", L"broad");
    printf("%ls\n", wide);
    int classes = 0;
    for (int c = 0; c < 256; c++) classes += isalpha(c) * 0 + (isalpha(c) != 0) + 2 * (isdigit(c) != 0) + 3 * (ispunct(c) != 0) + 5 * (isspace(c) != 0) + 7 * (isprint(c) != 0) + (toupper(c) != c);
    printf("%d\n", classes);
    printf("%lx\n", sum(model, 5000));
    printf("%s, %s\n", strerror(2), strerror(110));
    return 0;
}
