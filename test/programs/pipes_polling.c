/* Pipes with readv and writev, without blocking, with poll and select; what their ends say when the other has gone. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/uio.h>
#include <unistd.h>

static int broken;
static void on_pipe(int number) { broken++; }

static void *slow_writer(void *argument)
{
    int fd = *(int *)argument;
    usleep(3000);
    write(fd, "late", 4);
    return NULL;
}

static void *drain(void *argument)
{
    char block[5000];
    long sum = 0;
    ssize_t got;
    while ((got = read(*(int *)argument, block, sizeof block)) > 0)
        for (ssize_t i = 0; i < got; i++) sum = sum * 31 % 1000003 + block[i];
    return (void *)sum;
}

int main(void)
{
    int a[2], b[2];
    char first[6] = "", second[20] = "", byte;
    pthread_t thread;

    pipe(a);
    struct iovec out[] = { { "alpha", 5 }, { "", 0 }, { "beta gamma", 10 } };
    printf("%zd\n", writev(a[1], out, 3));
    int waiting = -1;
    ioctl(a[0], FIONREAD, &waiting);
    printf("%d waiting\n", waiting);
    struct iovec in[] = { { first, 5 }, { second, 19 } };
    printf("%zd [%s] [%s]\n", readv(a[0], in, 2), first, second);

    pipe2(b, O_NONBLOCK | O_CLOEXEC);
    printf("%zd ", read(b[0], &byte, 1));
    printf("%s\n", strerror(errno));
    printf("%d %d\n", fcntl(b[0], F_GETFD), (fcntl(b[0], F_GETFL) & O_NONBLOCK) != 0);
    static char filler[4096];
    long total = 0;
    ssize_t written;
    while ((written = write(b[1], filler, sizeof filler)) > 0) total += written;
    printf("%ld %s\n", total, strerror(errno));

    struct pollfd set[] = { { a[0], POLLIN }, { b[1], POLLOUT }, { b[0], POLLIN }, { -1, POLLIN }, { 77, POLLIN } };
    printf("%d", poll(set, 5, 0));
    for (int i = 0; i < 5; i++) printf(" %x", set[i].revents);
    puts("");
    read(b[0], filler, sizeof filler);
    set[1].revents = 0;
    printf("%d %x\n", poll(set + 1, 1, 100), set[1].revents);

    pthread_create(&thread, NULL, slow_writer, &a[1]);
    printf("%d %x\n", poll(set, 1, -1), set[0].revents);
    pthread_join(thread, NULL);
    printf("%zd\n", read(a[0], second, 19));
    pthread_create(&thread, NULL, slow_writer, &a[1]);
    fd_set reading, writing;
    FD_ZERO(&reading);
    FD_ZERO(&writing);
    FD_SET(a[0], &reading);
    printf("%d ", select(a[0] + 1, &reading, &writing, NULL, NULL));
    printf("%d\n", FD_ISSET(a[0], &reading) != 0);
    pthread_join(thread, NULL);
    read(a[0], second, 19);
    FD_SET(a[0], &reading);
    FD_SET(a[1], &writing);
    struct timeval none = { 0, 0 };
    printf("%d ", select(a[1] + 1, &reading, &writing, NULL, &none));
    printf("%d %d\n", FD_ISSET(a[0], &reading) != 0, FD_ISSET(a[1], &writing) != 0);
    printf("%d\n", poll(set, 1, 3));

    signal(SIGPIPE, on_pipe);
    close(b[0]);
    printf("%zd ", write(b[1], "x", 1));
    printf("%s, %d signals\n", strerror(errno), broken);
    set[1].revents = 0;
    poll(set + 1, 1, 0);
    printf("%d\n", (set[1].revents & POLLERR) != 0);
    write(a[1], "end", 3);
    close(a[1]);
    poll(set, 1, -1);
    printf("%x\n", set[0].revents);
    printf("%zd ", read(a[0], second, 19));
    printf("%zd\n", read(a[0], second, 19));
    poll(set, 1, -1);
    printf("%x\n", set[0].revents);
    close(a[0]);
    close(b[1]);
    printf("%zd %s\n", read(a[0], &byte, 1), strerror(errno));

    pipe(a);
    pthread_create(&thread, NULL, drain, &a[0]);
    long sum = 0;
    char *block = malloc(300000);
    for (int i = 0; i < 300000; i++) {
        block[i] = (char)(i * 7 & 0x7f);
        sum = sum * 31 % 1000003 + block[i];
    }
    printf("%zd\n", write(a[1], block, 300000));
    close(a[1]);
    void *result;
    pthread_join(thread, &result);
    printf("%d\n", (long)result == sum);
    FILE *stream = fdopen(open("/dev/null", O_WRONLY), "w");
    printf("%d %d\n", fprintf(stream, "nothing"), fclose(stream));
    return 0;
}
