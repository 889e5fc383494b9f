/* Handlers on a stack of their own, SA_NODEFER, SA_RESETHAND, masks, nested handlers, recovery from a stack that is used up. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static char *alternate;
static size_t alternate_size;
static volatile int depth, deepest, calls;
static sigjmp_buf back;

static int on_alternate(void)
{
    char here;
    stack_t now;
    sigaltstack(NULL, &now);
    int is_inside = &here >= alternate && &here < alternate + alternate_size;
    return is_inside * 2 + (now.ss_flags & SS_ONSTACK ? 1 : 0);
}

static void plain(int number) { printf("signal %d, alternate stack %d\n", number, on_alternate()); }

static void nested(int number)
{
    depth++;
    if (depth > deepest) deepest = depth;
    if (++calls < 5) raise(number);
    depth--;
}

static void masked(int number)
{
    printf("enter %d\n", number);
    if (number == SIGUSR1) raise(SIGUSR2);
    printf("leave %d\n", number);
}

static void overflow(int number, siginfo_t *info, void *context)
{
    printf("overflow: signal %d code %d alternate %d\n", number, info->si_code, on_alternate());
    siglongjmp(back, 1);
}

static int recurse(int n)
{
    volatile char block[4096];
    block[0] = (char)n;
    block[4095] = (char)recurse(n + 1);
    return block[0] + block[4095];
}

static void install(int number, void (*handler)(int), int flags, int also)
{
    struct sigaction action = { .sa_handler = handler, .sa_flags = flags };
    sigemptyset(&action.sa_mask);
    if (also) sigaddset(&action.sa_mask, also);
    sigaction(number, &action, NULL);
}

int main(void)
{
    alternate_size = 65536;
    alternate = malloc(alternate_size);
    stack_t stack = { .ss_sp = alternate, .ss_size = alternate_size }, old;
    printf("%d\n", sigaltstack(&stack, &old));
    printf("%d\n", (old.ss_flags & SS_DISABLE) != 0);

    install(SIGUSR1, plain, 0, 0);
    raise(SIGUSR1);
    install(SIGUSR1, plain, SA_ONSTACK, 0);
    raise(SIGUSR1);

    install(SIGUSR2, nested, SA_NODEFER, 0);
    raise(SIGUSR2);
    printf("%d calls, %d deep\n", calls, deepest);
    calls = deepest = 0;
    install(SIGUSR2, nested, 0, 0);
    raise(SIGUSR2);
    printf("%d calls, %d deep\n", calls, deepest);

    install(SIGUSR1, masked, 0, SIGUSR2);
    install(SIGUSR2, masked, 0, 0);
    raise(SIGUSR1);
    install(SIGUSR1, masked, 0, 0);
    raise(SIGUSR1);

    install(SIGUSR1, plain, SA_RESETHAND, 0);
    raise(SIGUSR1);
    struct sigaction now;
    sigaction(SIGUSR1, NULL, &now);
    printf("%d\n", now.sa_handler == SIG_DFL);

    struct sigaction action = { .sa_sigaction = overflow, .sa_flags = SA_ONSTACK | SA_SIGINFO };
    sigemptyset(&action.sa_mask);
    sigaction(SIGSEGV, &action, NULL);
    struct rlimit limit = { 1 << 20, 8 << 20 };
    setrlimit(RLIMIT_STACK, &limit);
    if (sigsetjmp(back, 1) == 0) printf("%d\n", recurse(0));
    if (sigsetjmp(back, 1) == 0) printf("%d\n", recurse(0));
    puts("recovered twice");

    stack.ss_flags = SS_DISABLE;
    printf("%d\n", sigaltstack(&stack, NULL));
    install(SIGUSR1, plain, SA_ONSTACK, 0);
    raise(SIGUSR1);
    stack.ss_flags = 0;
    stack.ss_size = 100;
    printf("%d\n", sigaltstack(&stack, NULL));
    fflush(stdout);
    signal(SIGSEGV, SIG_DFL);
    *(volatile int *)16 = 1;
    return 0;
}
