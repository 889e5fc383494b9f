/*
 * System calls that signals interrupt: EINTR, SA_RESTART, sigsuspend, timers, pause, what is left of a sleep. Where an
 * alarm could come before the call that it is to interrupt, it comes again and again, and the call would take long.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/select.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t alarms, wanted_write = -1;
static int ends[2];

static void on_alarm(int number)
{
    alarms++;
    if (wanted_write >= 0 && alarms >= wanted_write) {
        wanted_write = -1;
        if (write(ends[1], "x", 1) != 1) _exit(9);
    }
}

static void install(int flags)
{
    struct sigaction action = { .sa_handler = on_alarm, .sa_flags = flags };
    sigemptyset(&action.sa_mask);
    sigaction(SIGALRM, &action, NULL);
}

static void timer(long microseconds, long interval)
{
    struct itimerval value = { { 0, interval }, { 0, microseconds } };
    setitimer(ITIMER_REAL, &value, NULL);
}

/* What a call that would take longer than the test said; the alarms that interrupt it end with it. */
static const char *interrupted(int result)
{
    int error = errno;
    timer(0, 0);
    return result >= 0 ? "done" : error == EINTR ? "EINTR" : strerror(error);
}

static const char *how(int result) { return result >= 0 ? "done" : errno == EINTR ? "EINTR" : strerror(errno); }

int main(void)
{
    char byte;
    struct timespec rest, request = { 100, 0 };
    sigset_t mask, old;
    struct itimerval left;

    if (pipe(ends) != 0) return 1;
    install(0);
    timer(3000, 3000);
    printf("read: %s\n", interrupted(read(ends[0], &byte, 1)));

    install(SA_RESTART);
    alarms = 0;
    wanted_write = 3;
    timer(3000, 3000);
    printf("read with SA_RESTART: %s, %d\n", how(read(ends[0], &byte, 1)), alarms >= 3);
    timer(0, 0);

    timer(3000, 3000);
    printf("nanosleep: %s, ", interrupted(nanosleep(&request, &rest)));
    printf("%d\n", rest.tv_sec >= 10 && rest.tv_sec < 100);

    timer(3000, 3000);
    printf("poll: %s\n", interrupted(poll(NULL, 0, 100000)));
    struct timeval long_time = { 100, 0 };
    timer(3000, 3000);
    printf("select: %s\n", interrupted(select(0, NULL, NULL, NULL, &long_time)));
    timer(3000, 3000);
    printf("pause: %s\n", interrupted(pause()));

    sigemptyset(&mask);
    sigaddset(&mask, SIGALRM);
    sigprocmask(SIG_BLOCK, &mask, &old);
    alarms = 0;
    timer(2000, 0);
    request = (struct timespec){ 0, 8000000 };
    printf("nanosleep with the signal blocked: %s, %d alarms\n", how(nanosleep(&request, NULL)), alarms);
    printf("sigsuspend: %s, ", how(sigsuspend(&old)));
    printf("%d alarms\n", alarms);
    timer(2000, 0);
    struct timespec minute = { 60, 0 };
    printf("ppoll: %s, ", how(ppoll(NULL, 0, &minute, &old)));
    printf("%d alarms\n", alarms);
    timer(2000, 0);
    printf("pselect: %s, ", how(pselect(0, NULL, NULL, NULL, &minute, &old)));
    printf("%d alarms\n", alarms);
    sigprocmask(SIG_BLOCK, NULL, &mask);
    printf("still blocked: %d\n", sigismember(&mask, SIGALRM));
    sigprocmask(SIG_SETMASK, &old, NULL);

    struct itimerval later = { { 0, 250000 }, { 100, 500000 } };
    setitimer(ITIMER_REAL, &later, NULL);
    getitimer(ITIMER_REAL, &left);
    printf("%d %ld\n", left.it_value.tv_sec >= 10 && left.it_value.tv_sec <= 100, (long)left.it_interval.tv_usec);
    timer(0, 0);
    getitimer(ITIMER_REAL, &left);
    printf("%ld %ld\n", (long)left.it_value.tv_sec, (long)left.it_value.tv_usec);
    alarm(30);
    printf("%u %u\n", alarm(0), alarm(0));

    alarms = 0;
    timer(1000, 1000);
    for (volatile long i = 0; alarms < 5; i++) ;
    timer(0, 0);
    puts("five alarms in a loop");
    signal(SIGALRM, SIG_IGN);
    timer(1000, 0);
    request.tv_nsec = 4000000;
    printf("ignored: %s\n", how(nanosleep(&request, NULL)));
    fflush(stdout);
    signal(SIGALRM, SIG_DFL);
    timer(1000, 0);
    for (;;) pause();
}
