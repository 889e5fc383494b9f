/* fork, wait, exit statuses, pipes between processes, memory that is private or shared, sessions, orphans. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static int global = 1;
static volatile sig_atomic_t children_ended;
static char big[200000];

static void on_child(int number, siginfo_t *info, void *context)
{
    if (info->si_code == CLD_EXITED || info->si_code == CLD_KILLED || info->si_code == CLD_DUMPED) children_ended++;
}

static void report(const char *what, pid_t pid, int status)
{
    if (pid < 0) printf("%s: %s\n", what, strerror(errno));
    else if (WIFEXITED(status)) printf("%s: exit %d\n", what, WEXITSTATUS(status));
    else if (WIFSIGNALED(status)) printf("%s: signal %d\n", what, WTERMSIG(status));
    fflush(stdout);
}

static pid_t start(void (*work)(void))
{
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        work();
        exit(0);
    }
    return pid;
}

static void change_memory(void)
{
    int local = 5;
    global = 100;
    local++;
    memset(big, 'c', sizeof big);
    char *heap = malloc(100000);
    memset(heap, 1, 100000);
    printf("child: %d %d %c %d\n", global, local, big[150000], heap[99999]);
    exit(7);
}

static void die(void) { *(volatile int *)8 = 1; }
static void stop_here(void) { for (;;) pause(); }
static void say_no(void) { _exit(300 & 0xff); }

static void grandchildren(void)
{
    int status, sum = 0;
    for (int i = 1; i <= 3; i++)
        if (fork() == 0) _exit(i);
    while (wait(&status) > 0) sum += WEXITSTATUS(status);
    exit(sum);
}

static int fib(int n)
{
    if (n < 2) return n;
    int status, ends[2], other;
    pipe(ends);
    if (fork() == 0) {
        int value = fib(n - 1);
        write(ends[1], &value, sizeof value);
        _exit(0);
    }
    int own = fib(n - 2);
    read(ends[0], &other, sizeof other);
    close(ends[0]);
    close(ends[1]);
    wait(&status);
    return own + other;
}

int main(void)
{
    int status, ends[2], back[2];
    pid_t pid;
    char line[100];

    setvbuf(stdout, NULL, _IOFBF, 4096);
    struct sigaction action = { .sa_sigaction = on_child, .sa_flags = SA_SIGINFO | SA_RESTART };
    sigaction(SIGCHLD, &action, NULL);
    memset(big, 'p', sizeof big);

    pid = start(change_memory);
    printf("%d\n", waitpid(pid, &status, 0) == pid);
    report("change_memory", pid, status);
    printf("parent: %d %c, %d\n", global, big[150000], children_ended);
    pid = start(die);
    report("die", waitpid(pid, &status, 0), status);
    pid = start(say_no);
    report("say_no", wait(&status), status);
    pid = start(stop_here);
    printf("%d\n", waitpid(pid, &status, WNOHANG));
    kill(pid, SIGTERM);
    report("stop_here", waitpid(-1, &status, 0), status);
    report("nobody", wait(&status), status);
    report("grandchildren", waitpid(start(grandchildren), &status, 0), status);
    printf("fib %d\n", fib(7));

    pipe(ends);
    pipe(back);
    fflush(stdout);
    if ((pid = fork()) == 0) {
        close(ends[1]);
        FILE *in = fdopen(ends[0], "r"), *out = fdopen(back[1], "w");
        for (int n = 1; fgets(line, sizeof line, in); n++) fprintf(out, "%d: %s", n, line);
        fclose(out);
        _exit(0);
    }
    close(ends[0]);
    close(back[1]);
    write(ends[1], "alpha\nbeta\ngamma\n", 17);
    close(ends[1]);
    FILE *answers = fdopen(back[0], "r");
    while (fgets(line, sizeof line, answers)) printf("answer %s", line);
    fclose(answers);
    report("filter", waitpid(pid, &status, 0), status);

    struct shared { sem_t turn[2]; pthread_mutex_t lock; int counter; char text[40]; } *shared;
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    sem_init(&shared->turn[0], 1, 1);
    sem_init(&shared->turn[1], 1, 0);
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    pthread_mutex_init(&shared->lock, &attributes);
    pid = fork();
    for (int i = 0; i < 5; i++) {
        int me = pid == 0;
        sem_wait(&shared->turn[me]);
        sprintf(shared->text + strlen(shared->text), "%d%c ", i, me ? 'c' : 'p');
        sem_post(&shared->turn[!me]);
    }
    for (int i = 0; i < 1000; i++) {
        pthread_mutex_lock(&shared->lock);
        shared->counter++;
        pthread_mutex_unlock(&shared->lock);
    }
    if (pid == 0) _exit(0);
    waitpid(pid, &status, 0);
    printf("%s %d\n", shared->text, shared->counter);

    if ((pid = fork()) == 0) _exit(setpgid(0, 0) != 0 || getpgrp() != getpid());
    report("process group", waitpid(pid, &status, 0), status);
    if ((pid = fork()) == 0) _exit(setsid() != getpid() || getsid(0) != getpid());
    report("session", waitpid(pid, &status, 0), status);
    siginfo_t info;
    if ((pid = fork()) == 0) _exit(9);
    printf("%d ", waitid(P_PID, pid, &info, WEXITED | WNOWAIT));
    printf("%d %d %d\n", info.si_pid == pid, info.si_code == CLD_EXITED, info.si_status);
    printf("%d ", waitid(P_ALL, 0, &info, WEXITED));
    printf("%d\n", waitid(P_ALL, 0, &info, WEXITED) == -1 && errno == ECHILD);
    struct rusage usage;
    getrusage(RUSAGE_CHILDREN, &usage);
    printf("%d\n", usage.ru_utime.tv_sec * 1000000 + usage.ru_utime.tv_usec + usage.ru_minflt > 0);
    signal(SIGCHLD, SIG_IGN);
    if ((pid = fork()) == 0) _exit(1);
    printf("%d\n", wait(NULL) == -1 && errno == ECHILD);

    pipe(ends);
    fflush(stdout);
    if (fork() == 0) {
        pid_t parent = getpid();
        if (fork() == 0) {
            close(ends[1]);
            read(ends[0], line, 1);
            while (getppid() == parent) usleep(500);
            printf("orphan: %d\n", getppid() != parent);
            exit(0);
        }
        exit(0);
    }
    close(ends[0]);
    usleep(3000);
    printf("the parent ends\n");
    return 3;
}
