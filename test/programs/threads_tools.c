/* Thread-local storage, keys, barriers, once, read-write locks, semaphores, spin locks, cancellation with cleanup, attributes. */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { THREADS = 6, ROUNDS = 5 };

static __thread int local = 40;
static __thread char text[100] = "initial";
static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_barrier_t barrier;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_spinlock_t spin;
static sem_t tokens;
static int initialised, destroyed, phase_sum[ROUNDS], shared_value, spun, inside, most_inside;

static void initialise(void) { initialised++; }
static void destroy(void *value) { __atomic_fetch_add(&destroyed, *(int *)value, __ATOMIC_SEQ_CST); free(value); }

static void *work(void *argument)
{
    int number = (int)(long)argument;
    int *own = malloc(sizeof *own);
    int serial = 0;

    pthread_once(&once, initialise);
    *own = number;
    pthread_setspecific(key, own);
    local += number;
    snprintf(text, sizeof text, "thread %d", number);
    for (int round = 0; round < ROUNDS; round++) {
        __atomic_fetch_add(&phase_sum[round], number + round, __ATOMIC_SEQ_CST);
        if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD) serial++;
        if (phase_sum[round] != THREADS * (THREADS - 1) / 2 + THREADS * round) puts("passed the barrier too early");
        pthread_barrier_wait(&barrier);
    }
    for (int i = 0; i < 20; i++) {
        if (i % 5 == 0) {
            pthread_rwlock_wrlock(&rwlock);
            int before = shared_value;
            sched_yield();
            shared_value = before + 1;
        } else {
            pthread_rwlock_rdlock(&rwlock);
        }
        pthread_rwlock_unlock(&rwlock);
        pthread_spin_lock(&spin);
        spun++;
        pthread_spin_unlock(&spin);
        sem_wait(&tokens);
        int now = __atomic_add_fetch(&inside, 1, __ATOMIC_SEQ_CST);
        if (now > most_inside) most_inside = now;
        sched_yield();
        __atomic_sub_fetch(&inside, 1, __ATOMIC_SEQ_CST);
        sem_post(&tokens);
    }
    return (void *)(long)(local * 100 + (strncmp(text, "thread ", 7) == 0) + (*(int *)pthread_getspecific(key) == number) + serial * 0);
}

static void cleanup(void *argument) { printf("cleanup %s\n", (const char *)argument); }

static void *wait_for_ever(void *argument)
{
    pthread_cleanup_push(cleanup, "outer");
    pthread_cleanup_push(cleanup, "inner");
    sem_post(argument);
    for (;;) pause();
    pthread_cleanup_pop(0);
    pthread_cleanup_pop(0);
    return NULL;
}

static void *spin_for_ever(void *argument)
{
    pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
    sem_post(argument);
    for (;;) ;
}

static void *block_signals(void *argument)
{
    sigset_t set;
    int number;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigwait(&set, &number);
    return (void *)(long)number;
}

int main(void)
{
    pthread_t threads[THREADS], other;
    void *result;
    sem_t started;

    pthread_key_create(&key, destroy);
    pthread_barrier_init(&barrier, NULL, THREADS);
    pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE);
    sem_init(&tokens, 0, 2);
    sem_init(&started, 0, 0);
    for (long i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, work, (void *)i);
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], &result);
        printf("%ld ", (long)result);
    }
    printf("\n%d %d %d %d %d %d %s\n", initialised, destroyed, shared_value, spun, most_inside <= 2, local, text);

    pthread_create(&other, NULL, wait_for_ever, &started);
    sem_wait(&started);
    pthread_cancel(other);
    pthread_join(other, &result);
    printf("%d\n", result == PTHREAD_CANCELED);
    pthread_create(&other, NULL, spin_for_ever, &started);
    sem_wait(&started);
    pthread_cancel(other);
    pthread_join(other, &result);
    printf("%d\n", result == PTHREAD_CANCELED);

    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    pthread_create(&other, NULL, block_signals, NULL);
    pthread_kill(other, SIGUSR1);
    pthread_join(other, &result);
    printf("%ld\n", (long)result);

    pthread_attr_t attributes;
    size_t size;
    int state;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 1 << 20);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_attr_getstacksize(&attributes, &size);
    pthread_attr_getdetachstate(&attributes, &state);
    printf("%zu %d\n", size, state == PTHREAD_CREATE_DETACHED);
    printf("%d\n", pthread_equal(pthread_self(), pthread_self()) != 0);
    printf("%d %d\n", sem_trywait(&started), errno == EAGAIN);
    pthread_setname_np(pthread_self(), "renamed");
    char name[16];
    pthread_getname_np(pthread_self(), name, sizeof name);
    puts(name);
    return 0;
}
