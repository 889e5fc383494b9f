/* The mathematical functions in double and single precision, with rounding modes and exception flags. */
#include <complex.h>
#include <fenv.h>
#include <float.h>
#include <math.h>
#include <stdio.h>

static const char *flags(void)
{
    static char text[40];
    int raised = fetestexcept(FE_ALL_EXCEPT);
    snprintf(text, sizeof text, "%s%s%s%s%s", raised & FE_INVALID ? "V" : "", raised & FE_DIVBYZERO ? "Z" : "", raised & FE_OVERFLOW ? "O" : "",
             raised & FE_UNDERFLOW ? "U" : "", raised & FE_INEXACT ? "X" : "");
    feclearexcept(FE_ALL_EXCEPT);
    return text;
}

#define ONE(f) do { \
    printf("%-10s", #f); \
    for (unsigned i_ = 0; i_ < sizeof values / sizeof *values; i_++) printf(" %.15g", canonical(f(values[i_]))); \
    puts(""); \
} while (0)
#define ONEF(f) do { \
    printf("%-10s", #f); \
    for (unsigned i_ = 0; i_ < sizeof values / sizeof *values; i_++) printf(" %.7g", canonical(f((float)values[i_]))); \
    puts(""); \
} while (0)
#define TWO(f) do { \
    printf("%-10s", #f); \
    for (unsigned i_ = 0; i_ < sizeof values / sizeof *values; i_++) printf(" %.15g", canonical(f(values[i_], values[(i_ * 3 + 1) % 14]))); \
    puts(""); \
} while (0)

static double canonical(double x) { return isnan(x) ? fabs(x) : x; }

int main(void)
{
    static const double values[] = { 0.0, -0.0, 0.5, 1.0, -1.0, 2.5, -2.5, 10.25, 100.0, 1e-8, -1e5, 1e20, INFINITY, NAN };
    volatile double zero = 0, one = 1, three = 3, huge = DBL_MAX, tiny = DBL_MIN, x;
    volatile float f;
    static const int modes[] = { FE_TONEAREST, FE_DOWNWARD, FE_UPWARD, FE_TOWARDZERO };

    ONE(sin); ONE(cos); ONE(tan); ONE(asin); ONE(acos); ONE(atan); ONE(sinh); ONE(cosh); ONE(tanh); ONE(asinh); ONE(acosh); ONE(atanh);
    ONE(exp); ONE(exp2); ONE(expm1); ONE(log); ONE(log2); ONE(log10); ONE(log1p); ONE(sqrt); ONE(cbrt); ONE(tgamma); ONE(lgamma); ONE(erf); ONE(erfc);
    ONE(floor); ONE(ceil); ONE(round); ONE(trunc); ONE(rint); ONE(nearbyint); ONE(logb); ONE(j0); ONE(y1);
    ONEF(sinf); ONEF(cosf); ONEF(expf); ONEF(logf); ONEF(sqrtf); ONEF(tanhf); ONEF(cbrtf); ONEF(roundf);
    TWO(pow); TWO(atan2); TWO(fmod); TWO(remainder); TWO(hypot); TWO(fmin); TWO(fmax); TWO(fdim); TWO(nextafter); TWO(copysign);
    int exponent, quotient;
    double whole;
    printf("%.17g %d %.17g %.17g %d\n", frexp(-12.3, &exponent), exponent, modf(-3.75, &whole), ldexp(0.7, -1070), ilogb(1e-310));
    printf("%.17g ", remquo(29.0, 3.0, &quotient));
    printf("%d %ld %lld %.17g %.17g\n", quotient & 7, lrint(2.5), llround(-2.5), fma(0.1, 10, -1), scalbn(1.5, 1023));
    printf("%d %d %d %d %d\n", fpclassify(zero) == FP_ZERO, fpclassify(tiny / 4) == FP_SUBNORMAL, isinf(-huge * 2), signbit(-zero) != 0, isunordered(zero / zero, 1));

    flags();
    x = one / zero; printf("[%s] ", flags());
    x = zero / zero; printf("[%s] ", flags());
    x = huge * huge; printf("[%s] ", flags());
    x = tiny / three; printf("[%s] ", flags());
    x = one / three; printf("[%s] ", flags());
    x = one / 4; printf("[%s] ", flags());
    x = sqrt(-one); printf("[%s] ", flags());
    f = (float)one / 3; printf("[%s] ", flags());
    f = (float)huge; printf("[%s] ", flags());
    x = (int)3.5e10; printf("[%s] ", flags());
    x = log(zero); printf("[%s] ", flags());
    x = exp(1000 * one); printf("[%s]\n", flags());
    for (int i = 0; i < 4; i++) {
        fesetround(modes[i]);
        x = one / three;
        f = (float)one / 3.0f;
        printf("%d %a %a %.1f %.1f %ld %ld %a\n", fegetround() == modes[i], x, f, rint(2.5), rint(-1.5), lrint(one / three), lrint(-one / three), sqrt(2 * one));
    }
    fesetround(FE_TONEAREST);
    fenv_t environment;
    feholdexcept(&environment);
    x = one / zero;
    feupdateenv(&environment);
    printf("[%s]\n", flags());
    feraiseexcept(FE_INVALID | FE_OVERFLOW);
    printf("[%s]\n", flags());
    double complex z = csqrt(-4 + 3 * I);
    printf("%.15g %.15g %.15g\n", creal(z), cimag(z), cabs(cpow(z, 2)));
    printf("%.30Lg %.30Lg %.30Lg\n", sinl(1), expl(1), sqrtl(2));
    printf("%.30Lg %.30Lg %.30Lg %.30Lg\n", powl(2, 0.5L), logl(10), floorl(1e25L + 0.5L), fmodl(1e20L, 7));
    return 0;
}
