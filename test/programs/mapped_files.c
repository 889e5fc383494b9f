/* Files in memory: shared and private mappings, SIGBUS beyond the end, growing and shrinking under a mapping, mremap, msync.
 * expected: QEMU 7.2 gives SIGBUS an address of its own process, and SIGSEGV the code of memory that is not mapped also where it is protected.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static sigjmp_buf back;
static long page;
static char *area;

static void on_fault(int number, siginfo_t *info, void *context)
{
    printf("signal %d code %d at page %ld\n", number, info->si_code, ((char *)info->si_addr - area) / page);
    siglongjmp(back, 1);
}

static void touch(volatile char *place)
{
    if (sigsetjmp(back, 1) == 0) printf("read %d\n", *place);
}

static void store(volatile char *place, char value)
{
    if (sigsetjmp(back, 1) == 0) {
        *place = value;
        puts("written");
    }
}

int main(void)
{
    char name[] = "/tmp/mappedXXXXXX", text[16] = "";
    struct sigaction action = { .sa_sigaction = on_fault, .sa_flags = SA_SIGINFO };
    int fd = mkstemp(name);

    page = sysconf(_SC_PAGESIZE);
    sigaction(SIGBUS, &action, NULL);
    sigaction(SIGSEGV, &action, NULL);
    if (fd < 0) return 1;
    ftruncate(fd, page + 10);
    area = mmap(NULL, 4 * page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (area == MAP_FAILED) return 2;
    touch(area);
    store(area + page + 9, 'z');
    store(area + page + 10, 'y');
    touch(area + 2 * page);
    store(area + 3 * page, 1);

    ftruncate(fd, 3 * page);
    touch(area + 2 * page);
    touch(area + page + 9);
    ftruncate(fd, 5);
    touch(area + page);
    touch(area + 4);
    memcpy(area, "hello", 5);
    lseek(fd, 0, SEEK_SET);
    printf("%zd %s\n", read(fd, text, 15), text);
    pwrite(fd, "J", 1, 0);
    printf("%.5s\n", area);

    char *own = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
    own[1] = 'U';
    area[2] = 'L';
    printf("%.5s %.5s\n", own, area);
    pread(fd, text, 5, 0);
    printf("%s\n", text);
    printf("%d %d\n", msync(area, page, MS_SYNC), msync(area, page, MS_ASYNC));
    munmap(area + page, page);
    printf("%d ", msync(area, 2 * page, MS_SYNC));
    printf("%d\n", errno == ENOMEM);
    touch(area + page);
    mprotect(area, page, PROT_READ);
    store(area, 'x');
    touch(area);
    mprotect(area, page, PROT_NONE);
    touch(area);

    close(fd);
    unlink(name);
    printf("%c\n", own[0]);
    int reading = open("/dev/zero", O_RDONLY);
    char *zeros = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_PRIVATE, reading, 0);
    printf("%d\n", zeros[page - 1]);
    printf("%d %d\n", mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_SHARED, 99, 0) == MAP_FAILED, errno == EBADF);
    printf("%d %d\n", mmap(NULL, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED, errno == EINVAL);
    fd = open("mapped_files.c", O_RDONLY);
    printf("%d %d\n", mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) == MAP_FAILED, errno == EACCES);
    char *source = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
    printf("%.17s\n", source);

    char *grown = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memset(grown, 7, 2 * page);
    char *wall = mmap(grown + 2 * page, page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    printf("%d ", mremap(grown, 2 * page, 3 * page, 0) == MAP_FAILED);
    grown = mremap(grown, 2 * page, 64 * page, MREMAP_MAYMOVE);
    printf("%d %d %d %d\n", grown[0], grown[2 * page - 1], grown[2 * page], grown != wall - 2 * page);
    area = grown;
    grown = mremap(grown, 64 * page, page, 0);
    touch(grown + page);
    madvise(grown, page, MADV_DONTNEED);
    printf("%d\n", grown[0]);
    return 0;
}
