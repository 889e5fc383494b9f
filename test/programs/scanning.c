/* scanf on standard input: numbers of all kinds, words, sets, widths, lines, the end of the input. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
    int a, b, count;
    long long big;
    unsigned hex, octal;
    double x, y;
    float f;
    long double wide;
    char word[20], set[20], c, *allocated, line[200];
    short small;
    unsigned char tiny;
    size_t size;

    printf("%d ", scanf("%d %d", &a, &b));
    printf("%d %d\n", a, b);
    printf("%d ", scanf("%lld %x %o %i", &big, &hex, &octal, &a));
    printf("%lld %x %o %d\n", big, hex, octal, a);
    printf("%d ", scanf("%lf %le %g %Lf", &x, &y, &f, &wide));
    printf("%g %g %g %.20Lg\n", x, y, f, wide);
    printf("%d ", scanf("%5s %[a-c]%c", word, set, &c));
    printf("[%s] [%s] [%c]\n", word, set, c);
    printf("%d ", scanf("%hd %hhu %zu %3d%3d", &small, &tiny, &size, &a, &b));
    printf("%d %u %zu %d %d\n", small, tiny, size, a, b);
    printf("%d ", scanf(" point ( %d , %d )%n", &a, &b, &count));
    printf("%d %d %d\n", a, b, count);
    printf("%d ", scanf("%ms", &allocated));
    printf("%s\n", allocated);
    free(allocated);
    printf("%d\n", scanf("%d", &a));
    scanf("%*s");
    getchar();
    while (fgets(line, sizeof line, stdin) && strcmp(line, "numbers\n") != 0) printf("<%.*s>\n", (int)strcspn(line, "\n"), line);
    double sum = 0;
    long values = 0;
    while (scanf("%lf", &x) == 1) {
        sum += x;
        values++;
    }
    printf("%ld %.10g\n", values, sum);
    printf("%d %d\n", scanf("%d", &a), getchar());
    printf("%d %d\n", feof(stdin) != 0, ferror(stdin) != 0);
    return 0;
}
