/*
 * A signal for the whole process is taken by one thread that does not block it; one for a thread by that thread. The
 * threads unblock it only in ppoll, so that none is taken between two calls.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { THREADS = 3 };

static int ends[2], interrupted, finished, handled;
static __thread int handled_here;
static sem_t ready, woken;

static void on_signal(int number) { __atomic_add_fetch(&handled, 1, __ATOMIC_SEQ_CST); handled_here++; }

static void *reader(void *argument)
{
    char byte;
    sigset_t set;
    struct pollfd end = { ends[0], POLLIN };
    sigemptyset(&set);
    if (argument) sigaddset(&set, SIGUSR1);
    sem_post(&ready);
    for (;;) {
        if (ppoll(&end, 1, NULL, &set) == 1 && read(ends[0], &byte, 1) == 1) break;
        if (errno != EINTR || handled_here == 0) return (void *)1;
        __atomic_add_fetch(&interrupted, 1, __ATOMIC_SEQ_CST);
        sem_post(&woken);
    }
    __atomic_add_fetch(&finished, 1, __ATOMIC_SEQ_CST);
    return NULL;
}

int main(void)
{
    struct sigaction action = { .sa_handler = on_signal };
    pthread_t threads[THREADS], deaf;
    void *result;
    sigset_t set;

    sigemptyset(&action.sa_mask);
    sigaction(SIGUSR1, &action, NULL);
    sem_init(&ready, 0, 0);
    sem_init(&woken, 0, 0);
    if (pipe(ends) != 0) return 1;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    for (int i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, reader, NULL);
    pthread_create(&deaf, NULL, reader, "deaf");
    for (int i = 0; i < THREADS + 1; i++) sem_wait(&ready);
    for (int i = 1; i <= 4; i++) {
        kill(getpid(), SIGUSR1);
        sem_wait(&woken);
        printf("%d handled, %d interrupted\n", handled, interrupted);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_kill(threads[i], SIGUSR1);
        sem_wait(&woken);
    }
    pthread_kill(deaf, SIGUSR1);
    printf("%d handled, %d interrupted\n", handled, interrupted);
    write(ends[1], "abcd", 4);
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], &result);
        printf("%d ", result == NULL);
    }
    pthread_join(deaf, &result);
    printf("%d finished\n", finished);
    kill(getpid(), SIGUSR1);
    printf("%d handled while blocked everywhere\n", handled);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    printf("%d handled, here %d\n", handled, handled_here);
    return 0;
}
