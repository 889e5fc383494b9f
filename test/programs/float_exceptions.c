/*
 * Enabled floating-point exceptions: SIGFPE with its code and address, the target and the status
 * register as the architecture leaves them. QEMU has other codes for invalid operations, and for two
 * exceptions at once.
 */
#define _GNU_SOURCE
#include <fenv.h>
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>

static sigjmp_buf back;
static volatile int code;
static volatile int at_instruction;

static void handler(int signal, siginfo_t *info, void *context)
{
    const ucontext_t *ucontext = context;
    code = info->si_code;
    at_instruction = (unsigned long)info->si_addr == ucontext->uc_mcontext.gp_regs[32];
    siglongjmp(back, signal);
}

static const char *name(int si_code)
{
    switch (si_code) {
    case FPE_FLTDIV: return "FPE_FLTDIV";
    case FPE_FLTOVF: return "FPE_FLTOVF";
    case FPE_FLTUND: return "FPE_FLTUND";
    case FPE_FLTRES: return "FPE_FLTRES";
    case FPE_FLTINV: return "FPE_FLTINV";
    default: return "?";
    }
}

static volatile double zero = 0.0, one = 1.0, three = 3.0, huge = 1e300, tiny = 1e-300;
static volatile float single = 1e30f;
static volatile double target;

static void divide(void) { target = one / zero; }
static void invalid(void) { target = zero / zero; }
static void overflow(void) { target = huge * huge; }
static void underflow(void) { target = tiny * tiny; }
static void inexact(void) { target = one / three; }
static void narrow(void) { target = single * single; }
static void convert(void) { target = (double)(int)huge; }

static void attempt(const char *what, int exceptions, void (*work)(void))
{
    target = 42;
    code = 0;
    feclearexcept(FE_ALL_EXCEPT);
    feenableexcept(exceptions);
    int signal = sigsetjmp(back, 1);
    if (signal == 0) work();
    fedisableexcept(FE_ALL_EXCEPT);
    if (signal != 0) printf("%s: %s %s, si_addr %s, target %g\n", what, strsignal(signal), name(code), at_instruction ? "is the instruction" : "is elsewhere", target);
    else printf("%s: no signal, target %g\n", what, target);
}

int main(void)
{
    struct sigaction action = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO };
    sigaction(SIGFPE, &action, NULL);
    attempt("one by zero", FE_DIVBYZERO, divide);
    attempt("one by zero, not enabled", FE_OVERFLOW, divide);
    attempt("zero by zero", FE_INVALID, invalid);
    attempt("overflow", FE_OVERFLOW, overflow);
    attempt("underflow", FE_UNDERFLOW, underflow);
    attempt("inexact", FE_INEXACT, inexact);
    attempt("inexact quotient, only overflow enabled", FE_OVERFLOW, inexact);
    attempt("single overflow", FE_OVERFLOW, narrow);
    attempt("conversion", FE_INVALID, convert);
    attempt("overflow that is inexact too", FE_OVERFLOW | FE_INEXACT, overflow);
    printf("enabled at the end: %d\n", fegetexcept());
    return 0;
}
