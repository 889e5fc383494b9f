/* setjmp and longjmp, with registers of all kinds and with signal masks; contexts that call each other. */
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <ucontext.h>

static jmp_buf back;
static sigjmp_buf back_with_mask;

static void descend(int depth, double weight)
{
    if (depth == 0) longjmp(back, 7);
    descend(depth - 1, weight * 1.5);
}

static int blocked(int number)
{
    sigset_t set;
    sigprocmask(SIG_BLOCK, NULL, &set);
    return sigismember(&set, number);
}

static void on_signal(int number) { siglongjmp(back_with_mask, number); }
static void on_signal_plain(int number) { _longjmp(back, number); }

static ucontext_t main_context, generator_context;
static int yielded;

static void generator(int from, int to)
{
    for (int i = from; i <= to; i++) {
        yielded = i * i;
        swapcontext(&generator_context, &main_context);
    }
    yielded = -1;
}

int main(void)
{
    volatile int count = 0;
    double a = 1.25, b = 2.5, c = 5.0;

    switch (setjmp(back)) {
    case 0: puts("first"); descend(50, 1.0); break;
    case 7: puts("came back with 7"); break;
    default: return 1;
    }
    if (setjmp(back) < 5) {
        count++;
        longjmp(back, count);
    }
    printf("%d %.3f %.3f %.3f\n", count, a, b, c);
    printf("%d\n", setjmp(back) == 0 ? (longjmp(back, 0), -1) : 1);

    signal(SIGUSR1, on_signal);
    for (volatile int i = 0; i < 3; i++) {
        int number = sigsetjmp(back_with_mask, 1);
        if (number == 0) raise(SIGUSR1);
        printf("signal %d, blocked %d\n", number, blocked(SIGUSR1));
    }
    signal(SIGUSR1, on_signal_plain);
    if (_setjmp(back) == 0) raise(SIGUSR1);
    printf("blocked %d after a jump without the mask\n", blocked(SIGUSR1));

    char *stack = malloc(256 << 10);
    getcontext(&generator_context);
    generator_context.uc_stack.ss_sp = stack;
    generator_context.uc_stack.ss_size = 256 << 10;
    generator_context.uc_link = &main_context;
    makecontext(&generator_context, (void (*)(void))generator, 2, 3, 8);
    for (;;) {
        swapcontext(&main_context, &generator_context);
        if (yielded < 0) break;
        printf("%d ", yielded);
    }
    puts("end");
    free(stack);
    return 0;
}
