/* Output on both streams and what happens at the end: atexit, buffers, abort. */
#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void last(void) { write(1, "last\n", 5); }
static void first(void) { fputs("first, still buffered\n", stdout); }
static void on_exit_told(int status, void *argument) { printf("on_exit %d %s\n", status, (char *)argument); }
static void on_abort(int number) { static const char text[] = "SIGABRT caught\n"; write(2, text, sizeof text - 1); }

int main(void)
{
    static const unsigned char bytes[] = { 0, 1, 0xff, 0xfe, 0x80, '\r', '\n', 0xc3, 0x28, 0 };
    char buffer[64];

    setvbuf(stdout, buffer, _IOLBF, sizeof buffer);
    fwrite(bytes, 1, sizeof bytes, stdout);
    fprintf(stderr, "to stderr %d\n", 1);
    fputs("no newline yet", stdout);
    fflush(stdout);
    fputs(" now\n", stdout);
    errno = EACCES;
    perror("perror");
    for (int i = 0; i < 2000; i++) printf("%d%c", i, i % 20 == 19 ? '\n' : ' ');
    atexit(last);
    on_exit(on_exit_told, "with an argument");
    atexit(first);
    signal(SIGABRT, on_abort);
    setvbuf(stdin, NULL, _IONBF, 0);
    printf("%d %d\n", getchar(), feof(stdin) != 0);
    dprintf(1, "dprintf\n");
    fclose(stdout);
    errno = 0;
    printf("lost");
    fprintf(stderr, "%s\n", strerror(errno));
    abort();
}
