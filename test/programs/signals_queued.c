/* Real-time signals keep their number, order and value; sigwaitinfo, sigtimedwait, sigpending, kill and its errors. */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int seen[16], count;

static void record(int number, siginfo_t *info, void *context)
{
    seen[count++] = (number - SIGRTMIN) * 100 + info->si_value.sival_int;
}

static void usr(int number, siginfo_t *info, void *context)
{
    printf("signal %d code %d from me %d value %d\n", number, info->si_code, info->si_pid == getpid(), info->si_code == SI_QUEUE ? info->si_value.sival_int : 0);
}

static void queue(int number, int value)
{
    union sigval v = { .sival_int = value };
    if (sigqueue(getpid(), number, v) != 0) perror("sigqueue");
}

int main(void)
{
    struct sigaction action = { .sa_sigaction = record, .sa_flags = SA_SIGINFO };
    sigset_t set, pending, old;
    siginfo_t info;
    struct timespec none = { 0, 0 }, soon = { 0, 2000000 };

    sigfillset(&action.sa_mask);
    for (int i = 0; i < 4; i++) sigaction(SIGRTMIN + i, &action, NULL);
    sigemptyset(&set);
    for (int i = 0; i < 4; i++) sigaddset(&set, SIGRTMIN + i);
    sigaddset(&set, SIGUSR1);
    sigprocmask(SIG_BLOCK, &set, &old);
    queue(SIGRTMIN + 2, 1);
    queue(SIGRTMIN + 1, 2);
    queue(SIGRTMIN + 2, 3);
    queue(SIGRTMIN, 4);
    queue(SIGRTMIN + 1, 5);
    sigpending(&pending);
    for (int i = 0; i < 4; i++) printf("%d", sigismember(&pending, SIGRTMIN + i));
    printf(" %d\n", sigismember(&pending, SIGUSR1));
    sigprocmask(SIG_SETMASK, &old, NULL);
    for (int i = 0; i < count; i++) printf("%d ", seen[i]);
    puts("");

    action.sa_sigaction = usr;
    sigaction(SIGUSR1, &action, NULL);
    queue(SIGUSR1, 77);
    raise(SIGUSR1);
    kill(getpid(), SIGUSR1);
    sigprocmask(SIG_BLOCK, &set, &old);
    kill(getpid(), SIGUSR1);
    kill(getpid(), SIGUSR1);
    kill(getpid(), SIGUSR1);
    sigprocmask(SIG_SETMASK, &old, NULL);

    sigprocmask(SIG_BLOCK, &set, &old);
    queue(SIGRTMIN + 3, 9);
    queue(SIGRTMIN + 3, 10);
    printf("%d ", sigwaitinfo(&set, &info) - SIGRTMIN);
    printf("%d %d\n", info.si_value.sival_int, info.si_code == SI_QUEUE);
    printf("%d ", sigtimedwait(&set, &info, &none) - SIGRTMIN);
    printf("%d\n", info.si_value.sival_int);
    printf("%d %s\n", sigtimedwait(&set, &info, &soon), strerror(errno));
    printf("%d %s\n", kill(getpid(), 0), "");
    printf("%d ", kill(getpid(), 200));
    printf("%s\n", strerror(errno));
    printf("%d ", kill(999999, SIGTERM));
    printf("%s\n", strerror(errno));
    printf("%d ", sigaction(SIGKILL, &action, NULL));
    printf("%s\n", strerror(errno));
    printf("%s, %s\n", strsignal(SIGSEGV), sigabbrev_np(SIGBUS));
    return 0;
}
