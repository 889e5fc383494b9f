/* Every conversion of printf for floating point, with flags, widths and precisions. */
#include <float.h>
#include <math.h>
#include <stdio.h>

static void show(double x)
{
    printf("[%f] [%.0f] [%#.0f] [%12.3f] [%-12.3f] [%+012.3f]\n", x, x, x, x, x, x);
    printf("[%e] [%.0e] [%E] [%20.10e] [% .3e]\n", x, x, x, x, x);
    printf("[%g] [%G] [%#g] [%.3g] [%.17g] [%.1g]\n", x, x, x, x, x, x);
    printf("[%a] [%A] [%.0a] [%.3a] [%20.5a]\n", x, x, x, x, x);
}

static void show_long(long double x)
{
    printf("[%Lf] [%.20Lf] [%Le] [%.31Lg] [%LG] [%La]\n", x, x, x, x, x, x);
}

int main(void)
{
    static const double values[] = {
        0.0, -0.0, 1.0, -1.0, 0.5, 1.5, 2.5, 0.1, 1.0 / 3, 9.995, 99999.95, 1e15, 1e16, 1e17, 123456789.123456789,
        DBL_MAX, DBL_MIN, DBL_EPSILON, 4.9406564584124654e-324, 2.2250738585072009e-308, 1e-310, 1e100, 1e-100, M_PI, M_E,
    };
    volatile double zero = 0.0;
    volatile float single = 0.1f;
    int written = 0;

    for (unsigned i = 0; i < sizeof values / sizeof *values; i++)
        show(values[i]);
    printf("[%f] [%F] [%e] [%g] [%a] [%10f] [%-10f] [%010f]\n", 1 / zero, -1 / zero, 1 / zero, -1 / zero, 1 / zero, 1 / zero, 1 / zero, 1 / zero);
    printf("[%f] [%F] [%5.1f]\n", fabs(zero / zero), fabs(zero / zero), copysign(zero / zero, -1));
    printf("[%.9g] [%.17g] [%a]\n", single, single, single);
    show_long(1.0L / 3);
    show_long(2.718281828459045235360287471352662498L);
    show_long(-1e-20L);
    show_long(1e22L + 1e-5L);
    show_long(0.0L);
    printf("[%.31Lg] [%La]\n", LDBL_MAX, LDBL_MAX);
    show_long(LDBL_MIN);
    printf("%d %d %d\n", LDBL_MANT_DIG, LDBL_DIG, LDBL_MAX_10_EXP);
    printf("[%*.*f] [%-*.*f] [%.*e]\n", 12, 4, M_PI, 12, 4, M_PI, 3, M_E);
    printf("[%2$s %1$.2f]\n", 3.14159, "pi");
    printf("%d%n items\n", 12345, &written);
    printf("%d\n", written);
    printf("[%d] [%5d] [%-5d] [%05d] [%+d] [% d] [%x] [%#X] [%o] [%#o] [%u] [%c] [%10.3s] [%%]\n",
           -42, 42, 42, 42, 42, 42, 0xbeefu, 0xbeefu, 8u, 8u, -1, 'x', "string");
    printf("[%hhd] [%hd] [%ld] [%lld] [%zu] [%jd] [%td] [%p] [%p]\n",
           -1, -1, -1L, -1LL, (size_t)-1, (long)-1, (long)-1, (void *)0x1234, (void *)0);
    printf("[%.10d] [%+.3d] [%.0d] [%#010x]\n", 42, 7, 0, 0xff);
    return 0;
}
