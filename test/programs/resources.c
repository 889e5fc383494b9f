/*
 * Limits, usage, priorities, names, identities: what a program may ask about itself. QEMU passes most of it to its host, so nothing
 * is printed that depends on which host that is: its niceness, its name, its limits, its sessions, files that it left open.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysinfo.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

static void error(const char *what, long result) { printf("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : ""); }

int main(void)
{
    struct rlimit limit;
    char name[17], host[256], bytes[32] = { 0 };
    int sum = 0;

    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = 20;
    error("setrlimit", setrlimit(RLIMIT_NOFILE, &limit));
    int opened = 0, fd;
    for (fd = 3; fd < 20; fd++) close(fd);
    while ((fd = open("/dev/null", O_RDONLY)) >= 0) opened++;
    printf("%d %s\n", opened > 0 && opened <= 17, strerror(errno));
    for (fd = 3; fd < 20; fd++) close(fd);
    getrlimit(RLIMIT_NOFILE, &limit);
    printf("%ld\n", (long)limit.rlim_cur);
    error("unknown limit", getrlimit(99, &limit));
    getrlimit(RLIMIT_CORE, &limit);
    printf("%d\n", limit.rlim_cur <= limit.rlim_max);

    error("name", prctl(PR_SET_NAME, "a rather long name for it"));
    prctl(PR_GET_NAME, name);
    printf("%s\n", name);
    printf("%d %d\n", getrandom(bytes, sizeof bytes, 0), getentropy(bytes, 16));
    for (int i = 0; i < 32; i++) sum += bytes[i] != 0;
    printf("%d\n", sum > 20);
    int before = getpriority(PRIO_PROCESS, 0), expected = before + 5 > 19 ? 19 : before + 5;
    printf("%d %d\n", nice(5) == expected, getpriority(PRIO_PROCESS, 0) == expected);
    printf("%d %d %d\n", sched_yield(), sched_get_priority_max(SCHED_FIFO), sched_get_priority_min(SCHED_RR));
    cpu_set_t cpus;
    printf("%d %d\n", sched_getaffinity(0, sizeof cpus, &cpus), CPU_COUNT(&cpus) >= 1);
    printf("%d\n", sysconf(_SC_NPROCESSORS_ONLN) >= 1);
    printf("%ld %d %ld\n", sysconf(_SC_OPEN_MAX), sysconf(_SC_ARG_MAX) > 100000, sysconf(_SC_IOV_MAX));
    printf("%d %d\n", sysconf(_SC_PHYS_PAGES) > 100, get_nprocs() >= 1);
    printf("%d %d\n", getuid() == geteuid(), getgid() == getegid());
    printf("%d %d\n", getpgrp() >= 0, getsid(0) >= 0);
    printf("%d\n", gethostname(host, sizeof host));
    struct sysinfo info;
    printf("%d %d\n", sysinfo(&info), info.totalram > 0 && info.mem_unit > 0);
    struct statvfs fs;
    printf("%d %d\n", statvfs("/tmp", &fs), fs.f_bsize > 0 && fs.f_namemax >= 255);
    error("munmap", munmap((void *)1, 4096));
    error("mprotect", mprotect((void *)0x700000000000, 4096, PROT_READ));
    error("brk", (long)sbrk(0) > 0 ? 0 : -1);
    error("read", read(-1, bytes, 1));
    error("ioctl", isatty(0) - 1);
    error("writev", writev(1, NULL, -1));
    error("kill", kill(-0x3fffffff, 0));
    error("nanosleep", usleep(1));
    struct timespec bad = { 0, 2000000000 };
    error("bad time", nanosleep(&bad, NULL));
    error("sigprocmask", sigprocmask(99, (sigset_t *)bytes, NULL));
    void *area = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    unsigned char present[300];
    long page = sysconf(_SC_PAGESIZE);
    memset(area, 1, page);
    printf("%d %d\n", mincore(area, page, present), present[0] & 1);
    error("madvise", madvise(area, 1 << 20, MADV_DONTNEED));
    error("sync", (sync(), 0));
    error("getgroups", getgroups(0, NULL) >= 0 ? 0 : -1);
    printf("%d\n", gettid() == getpid());
    struct stat s;
    printf("%d %d\n", fstat(1, &s), stat("/dev/null", &s) == 0 && S_ISCHR(s.st_mode));
    printf("%d\n", fcntl(1, F_GETFL) >= 0);
    struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    FILE *f = tmpfile();
    error("lock", fcntl(fileno(f), F_SETLK, &lock));
    error("utimensat", futimens(fileno(f), NULL));
    struct timespec times[2] = { { 1000, 5 }, { 2000, 0 } };
    futimens(fileno(f), times);
    fstat(fileno(f), &s);
    printf("%ld\n", (long)s.st_mtime);
    error("fallocate", posix_fallocate(fileno(f), 0, 10000));
    fstat(fileno(f), &s);
    printf("%ld\n", (long)s.st_size);
    return 0;
}
