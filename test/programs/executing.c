/* exec: a process goes on with the same program anew: arguments, environment, descriptors, handlers; vfork, posix_spawn, system.
 * expected: QEMU 7.2 hands execve to its host, which does not run programs of another processor, and vfork is a fork there.
 * end: exit 23
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int global = 1;

static void ignore(int number) { }

static void report(const char *what, pid_t pid, int status)
{
    printf("%s: %s %d\n", what, WIFEXITED(status) ? "exit" : "signal", WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
    fflush(stdout);
}

int main(int argc, char **argv)
{
    int status;
    pid_t pid;

    if (argc > 1 && strcmp(argv[1], "executed") == 0) {
        printf("executed: %d %s %s %s %d\n", argc, argv[2], getenv("COLOUR"), getenv("GREETING") ? "?" : "none", global);
        printf("closed on exec: %d\n", fcntl(9, F_GETFD) < 0);
        struct sigaction now;
        sigaction(SIGUSR1, NULL, &now);
        printf("handler %d, ignored %d\n", now.sa_handler != SIG_DFL, signal(SIGUSR2, SIG_DFL) == SIG_IGN);
        fflush(stdout);
        return 23;
    }
    global = 2;
    fflush(stdout);
    char *arguments[] = { argv[0], "executed", "with an argument", NULL }, *environment[] = { "COLOUR=green", NULL };
    if ((pid = fork()) == 0) {
        signal(SIGUSR1, ignore);
        signal(SIGUSR2, SIG_IGN);
        dup2(1, 9);
        fcntl(9, F_SETFD, FD_CLOEXEC);
        execve("/proc/self/exe", arguments, environment);
        _exit(99);
    }
    report("execve", waitpid(pid, &status, 0), status);
    if ((pid = vfork()) == 0) {
        execve("/no/such/program", arguments, environment);
        _exit(errno == ENOENT ? 55 : 56);
    }
    report("vfork", waitpid(pid, &status, 0), status);
    environment[0] = "COLOUR=blue";
    printf("%d\n", posix_spawn(&pid, "/proc/self/exe", NULL, NULL, arguments, environment));
    fflush(stdout);
    report("posix_spawn", waitpid(pid, &status, 0), status);
    printf("%d\n", posix_spawn(&pid, "/no/such/program", NULL, NULL, arguments, environment) == ENOENT);
    execv("/tmp", arguments);
    printf("%s\n", strerror(errno));

    printf("%d\n", WEXITSTATUS(system("true")));
    printf("goes on\n");
    fflush(stdout);
    environment[0] = "COLOUR=red";
    execve(argv[0], arguments, environment);
    return 1;
}
