/* Calls of every kind: variable arguments, structures by value, many arguments, recursion, function pointers, nested functions, alloca. */
#include <alloca.h>
#include <complex.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct small { char c; short s; };
struct pair { long a; double b; };
struct big { int values[20]; };
struct floats { float x, y, z; };
union both { double d; long l; };

static double sum(const char *format, ...)
{
    va_list list, again;
    double total = 0;
    va_start(list, format);
    va_copy(again, list);
    for (const char *p = format; *p; p++) {
        switch (*p) {
        case 'i': total += va_arg(list, int); break;
        case 'l': total += va_arg(list, long); break;
        case 'd': total += va_arg(list, double); break;
        case 'L': total += (double)va_arg(list, long double); break;
        case 's': total += (double)strlen(va_arg(list, char *)); break;
        case 'p': { struct pair pair = va_arg(list, struct pair); total += pair.a + pair.b; break; }
        case 'b': { struct big big = va_arg(list, struct big); total += big.values[19]; break; }
        }
    }
    va_end(list);
    if (*format == 'i') total += va_arg(again, int) * 1000;
    va_end(again);
    return total;
}

static struct pair swap(struct pair p) { return (struct pair){ (long)p.b, (double)p.a }; }
static struct big shift(struct big b, int by)
{
    for (int i = 0; i < 20; i++) b.values[i] += by;
    return b;
}
static struct small smaller(struct small s) { return (struct small){ s.c + 1, s.s - 1 }; }
static struct floats cross(struct floats a, struct floats b)
{
    return (struct floats){ a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x };
}
static double many(int a, double b, long c, float d, char e, double f, short g, double h, int i, double j, double k, double l, double m, double n,
                   double o, double p, double q, int r, int s, double t, struct pair u, long double v)
{
    return a + b * 2 + c * 3 + d * 4 + e * 5 + f * 6 + g * 7 + h * 8 + i * 9 + j * 10 + k * 11 + l * 12 + m * 13 + n * 14 + o * 15 + p * 16 + q * 17 + r * 18 + s * 19 + t * 20
        + u.a * 21 + u.b * 22 + (double)v * 23;
}

static unsigned ackermann(unsigned m, unsigned n) { return m == 0 ? n + 1 : n == 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1)); }
static long moves;
static void hanoi(int n, int from, int to, int over)
{
    if (n == 0) return;
    hanoi(n - 1, from, over, to);
    moves += from * to;
    hanoi(n - 1, over, to, from);
}
static int queens(int n, unsigned columns, unsigned left, unsigned right)
{
    unsigned all = (1u << n) - 1, free = all & ~(columns | left | right);
    int count = 0;
    if (columns == all) return 1;
    while (free) {
        unsigned bit = free & -free;
        free ^= bit;
        count += queens(n, columns | bit, (left | bit) << 1, (right | bit) >> 1);
    }
    return count;
}
static int is_odd(int n);
static int is_even(int n) { return n == 0 ? 1 : is_odd(n - 1); }
static int is_odd(int n) { return n == 0 ? 0 : is_even(n - 1); }

static int twice(int (*f)(int), int x) { return f(f(x)); }

static double complex iterate(double complex c, int *count)
{
    double complex z = 0;
    for (*count = 0; *count < 100 && cabs(z) < 2; ++*count) z = z * z + c;
    return z;
}

int main(void)
{
    struct big big;
    struct pair pair = { 7, 2.5 };
    int offset = 10, count;

    for (int i = 0; i < 20; i++) big.values[i] = i * i;
    printf("%.3f %.3f\n", sum("idls", 1, 2.5, 3L, "four"), sum("ddddddddddddddddiiii", 1., 2., 3., 4., 5., 6., 7., 8., 9., 10., 11., 12., 13., 14., 15., 16., 1, 2, 3, 4));
    printf("%.3f %.3f\n", sum("pbi", pair, big, 4), sum("dpLbsd", 0.5, pair, 1.25L, big, "x", 9.0));
    pair = swap(pair);
    printf("%ld %g %d\n", pair.a, pair.b, shift(big, 5).values[7]);
    struct small s = smaller((struct small){ 'a', 100 });
    struct floats f = cross((struct floats){ 1, 2, 3 }, (struct floats){ -2, 0.5f, 4 });
    printf("%c %d %g %g %g\n", s.c, s.s, f.x, f.y, f.z);
    printf("%.2f\n", many(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, pair, 3.5L));
    hanoi(12, 1, 3, 2);
    printf("%u %ld %d %d\n", ackermann(2, 9), moves, queens(7, 0, 0, 0), is_even(9999));
    int add(int x) { return x + offset; }
    offset = 100;
    printf("%d %d\n", twice(add, 1), twice(abs, -4));
    double total = 0;
    for (int n = 1; n < 200; n += 17) {
        double *room = alloca(n * sizeof *room);
        int vla[n];
        for (int i = 0; i < n; i++) room[i] = i, vla[i] = -i;
        total += room[n - 1] + vla[n / 2];
    }
    printf("%.1f\n", total);
    union both both = { .d = -0.0 };
    printf("%lx\n", both.l);
    double complex z = iterate(-0.5 + 0.5 * I, &count);
    printf("%d %.6f %.6f %.6f\n", count, creal(z), cimag(z), carg(cexp(I * 2)));
    static void *labels[] = { &&first, &&second, &&last };
    for (int i = 0; ; i++) {
        goto *labels[i];
    first: printf("first "); continue;
    second: printf("second "); continue;
    last: puts("last"); break;
    }
    return (int)ackermann(1, 20);
}
