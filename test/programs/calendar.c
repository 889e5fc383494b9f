/* Calendar and clocks: gmtime, mktime, strftime, strptime with time zones; clocks that go forward. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/times.h>
#include <time.h>
#include <unistd.h>

static long nanoseconds(const struct timespec *a, const struct timespec *b)
{
    return (b->tv_sec - a->tv_sec) * 1000000000L + b->tv_nsec - a->tv_nsec;
}

int main(void)
{
    static const time_t times[] = { 0, 1, 951782400, 1158278400, 2147483647, 2147483648LL, -1, -2208988800LL, 4102444800LL, 253402300799LL };
    static const char *const zones[] = { "UTC0", "CET-1CEST,M3.5.0,M10.5.0/3", "EST5EDT,M3.2.0,M11.1.0", "IST-5:30" };
    char text[200];
    struct tm tm;
    struct timespec a, b, resolution, sleep = { 0, 5000000 };
    struct timeval tv;

    for (unsigned z = 0; z < 4; z++) {
        setenv("TZ", zones[z], 1);
        tzset();
        for (unsigned i = 0; i < sizeof times / sizeof *times; i++) {
            localtime_r(&times[i], &tm);
            strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S %a %b %j %U %V %G %Z %z %p %I", &tm);
            printf("%s %d\n", text, mktime(&tm) == times[i]);
        }
    }
    setenv("TZ", "UTC0", 1);
    tzset();
    memset(&tm, 0, sizeof tm);
    tm.tm_year = 106;
    tm.tm_mon = 8 + 24;
    tm.tm_mday = -20;
    tm.tm_hour = 100;
    time_t t = mktime(&tm);
    printf("%ld %s", (long)t, asctime(&tm));
    printf("%s", ctime(&times[3]));
    memset(&tm, 0, sizeof tm);
    char *rest = strptime("2006-09-15T12:34:56 tail", "%Y-%m-%dT%H:%M:%S", &tm);
    printf("%d %d %d %d:%d:%d [%s]\n", tm.tm_year, tm.tm_mon, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec, rest);
    printf("%.0f\n", difftime(times[3], times[2]));
    memset(&tm, 0, sizeof tm);
    tm.tm_year = 72;
    tm.tm_mday = 29;
    tm.tm_mon = 1;
    printf("%ld\n", (long)timegm(&tm));

    clock_gettime(CLOCK_MONOTONIC, &a);
    printf("%d\n", nanosleep(&sleep, NULL));
    clock_gettime(CLOCK_MONOTONIC, &b);
    long took = nanoseconds(&a, &b);
    printf("%d\n", took >= 5000000 && took < 100000000000);
    a = b;
    a.tv_nsec += 3000000;
    if (a.tv_nsec >= 1000000000) { a.tv_nsec -= 1000000000; a.tv_sec++; }
    printf("%d\n", clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &a, NULL));
    clock_gettime(CLOCK_MONOTONIC, &b);
    printf("%d\n", nanoseconds(&a, &b) >= 0);
    clock_getres(CLOCK_MONOTONIC, &resolution);
    printf("%d\n", resolution.tv_sec == 0 && resolution.tv_nsec > 0);
    gettimeofday(&tv, NULL);
    clock_gettime(CLOCK_REALTIME, &a);
    t = time(NULL);
    printf("%d %d\n", labs(a.tv_sec - tv.tv_sec) <= 100, labs(t - tv.tv_sec) <= 100);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
    clock_t before = clock();
    volatile double sum = 0;
    for (int i = 0; i < 300000; i++) sum += 1.0 / (i + 1);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
    printf("%d %d %.6f\n", nanoseconds(&a, &b) > 0, clock() >= before, sum);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &b);
    printf("%d\n", nanoseconds(&a, &b) > 0);
    struct tms used;
    printf("%d\n", times[0] == 0 && times != NULL);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("%d\n", usage.ru_utime.tv_sec * 1000000 + usage.ru_utime.tv_usec > 0);
    printf("%d %ld\n", clock_gettime(1234, &a), sysconf(_SC_CLK_TCK));
    return 0;
}
