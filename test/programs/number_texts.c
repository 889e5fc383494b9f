/* Texts to numbers and back: strtod, strtold, strtol and their errors; decimal and hexadecimal, denormals, round trips. */
#include <errno.h>
#include <fenv.h>
#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t bits(double x)
{
    uint64_t b;
    memcpy(&b, &x, 8);
    return b;
}

int main(void)
{
    static const char *const texts[] = {
        "0", "-0", "1", "0.1", "1e308", "1.7976931348623157e308", "1.7976931348623159e308", "1e309", "2.2250738585072014e-308",
        "2.2250738585072011e-308", "4.9406564584124654e-324", "2.4703282292062327e-324", "2.4703282292062328e-324", "1e-400",
        "9007199254740993", "9007199254740992.999999999999999999999", "123456789012345678901234567890", "0x1.8p3", "0x.1p-1074",
        "0x1.fffffffffffff8p0", "inf", "-INFINITY", "nan", "nan(123)", "  12.5abc", ".5", "5.", ".", "e5", "1e", "1e+", "+1.5e+2", "", "0x", "1,5",
    };
    static const char *const integers[] = { "0", "123", "-123", "0x7f", "077", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "zz", "  +42 ", "99999999999999999999", "-", "" };
    uint64_t state = 42;
    char text[64], *end;
    int wrong = 0;

    for (unsigned i = 0; i < sizeof texts / sizeof *texts; i++) {
        errno = 0;
        double x = strtod(texts[i], &end);
        printf("[%s] %016" PRIx64 " %s %d [%s]\n", texts[i], isnan(x) ? 0 : bits(x), isnan(x) ? "nan" : "number", errno, end);
        errno = 0;
        float f = strtof(texts[i], &end);
        long double l = strtold(texts[i], NULL);
        if (!isnan(f)) printf("  %.9g %.33Lg %d\n", f, l, errno);
    }
    for (unsigned i = 0; i < sizeof integers / sizeof *integers; i++) {
        for (int base = 0; base <= 36; base += base == 0 ? 8 : base == 8 ? 2 : base == 10 ? 6 : 20) {
            errno = 0;
            long value = strtol(integers[i], &end, base);
            unsigned long plain = strtoul(integers[i], NULL, base);
            printf("%ld/%lu/%d/%ld ", value, plain, errno, (long)(end - integers[i]));
        }
        puts("");
    }
    for (int i = 0; i < 3000; i++) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        uint64_t pattern = state ^ state >> 29;
        double x;
        memcpy(&x, &pattern, 8);
        if (!isfinite(x)) continue;
        snprintf(text, sizeof text, i & 1 ? "%.17g" : "%a", x);
        if (bits(strtod(text, NULL)) != pattern) wrong++;
    }
    printf("%d wrong round trips\n", wrong);
    static const int modes[] = { FE_TONEAREST, FE_DOWNWARD, FE_UPWARD, FE_TOWARDZERO };
    for (int i = 0; i < 4; i++) {
        fesetround(modes[i]);
        printf("%016" PRIx64 " %016" PRIx64 " %.3f %.3f %.0f\n", bits(strtod("0.1", NULL)), bits(strtod("-0.1", NULL)), 2.0005, -2.0005, 2.5);
    }
    fesetround(FE_TONEAREST);
    printf("%d %ld %g %lld\n", atoi("  42x"), atol("-7"), atof("2.5e3z"), atoll("123456789012345"));
    div_t d = div(-7, 2);
    ldiv_t l = ldiv(7, -2);
    printf("%d %d %ld %ld %d\n", d.quot, d.rem, l.quot, l.rem, abs(-5));
    printf("%jd\n", strtoimax("-123456789", NULL, 10));
    srand(1);
    int first = rand();
    srand(1);
    printf("%d %ld %.10f\n", rand() == first, lrand48(), drand48());
    return 0;
}
