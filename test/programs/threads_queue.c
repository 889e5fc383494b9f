/* Producers and consumers around a bounded queue: mutexes, condition variables, join with results. */
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { CAPACITY = 8, PRODUCERS = 4, CONSUMERS = 3, ITEMS = 500 };

static int queue[CAPACITY], head, length;
static int finished;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t not_full = PTHREAD_COND_INITIALIZER, not_empty = PTHREAD_COND_INITIALIZER;

static void *produce(void *argument)
{
    long number = (long)argument, sum = 0;
    for (int i = 0; i < ITEMS; i++) {
        int item = (int)(number * 10000 + i);
        pthread_mutex_lock(&lock);
        while (length == CAPACITY) pthread_cond_wait(&not_full, &lock);
        queue[(head + length++) % CAPACITY] = item;
        pthread_cond_signal(&not_empty);
        pthread_mutex_unlock(&lock);
        sum += item;
    }
    return (void *)sum;
}

static void *consume(void *argument)
{
    long sum = 0;
    for (;;) {
        pthread_mutex_lock(&lock);
        while (length == 0 && !finished) pthread_cond_wait(&not_empty, &lock);
        if (length == 0) {
            pthread_mutex_unlock(&lock);
            pthread_exit((void *)sum);
        }
        sum += queue[head];
        head = (head + 1) % CAPACITY;
        length--;
        pthread_cond_signal(&not_full);
        pthread_mutex_unlock(&lock);
    }
}

static pthread_mutex_t counter_lock;
static long counter;

static void deeper(int depth)
{
    pthread_mutex_lock(&counter_lock);
    if (depth > 0) deeper(depth - 1);
    else counter++;
    pthread_mutex_unlock(&counter_lock);
}

static void *count(void *argument)
{
    for (int i = 0; i < 200; i++) deeper(3);
    return NULL;
}

int main(void)
{
    pthread_t producers[PRODUCERS], consumers[CONSUMERS];
    long produced = 0, consumed = 0;
    void *result;

    for (long i = 0; i < PRODUCERS; i++) pthread_create(&producers[i], NULL, produce, (void *)i);
    for (long i = 0; i < CONSUMERS; i++) pthread_create(&consumers[i], NULL, consume, NULL);
    for (int i = 0; i < PRODUCERS; i++) {
        pthread_join(producers[i], &result);
        printf("producer %d: %ld\n", i, (long)result);
        produced += (long)result;
    }
    pthread_mutex_lock(&lock);
    finished = 1;
    pthread_cond_broadcast(&not_empty);
    pthread_mutex_unlock(&lock);
    for (int i = 0; i < CONSUMERS; i++) {
        pthread_join(consumers[i], &result);
        consumed += (long)result;
    }
    printf("%ld %ld\n", produced, consumed);

    pthread_mutexattr_t recursive;
    pthread_mutexattr_init(&recursive);
    pthread_mutexattr_settype(&recursive, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&counter_lock, &recursive);
    for (int i = 0; i < 3; i++) pthread_create(&consumers[i], NULL, count, NULL);
    for (int i = 0; i < 3; i++) pthread_join(consumers[i], NULL);
    printf("%ld\n", counter);

    pthread_mutex_t checking;
    pthread_mutexattr_settype(&recursive, PTHREAD_MUTEX_ERRORCHECK);
    pthread_mutex_init(&checking, &recursive);
    pthread_mutex_lock(&checking);
    printf("%d %d\n", pthread_mutex_lock(&checking) == EDEADLK, pthread_mutex_trylock(&checking) == EBUSY);
    pthread_mutex_unlock(&checking);
    printf("%d\n", pthread_mutex_unlock(&checking) == EPERM);

    struct timespec due;
    clock_gettime(CLOCK_REALTIME, &due);
    due.tv_nsec += 2000000;
    if (due.tv_nsec >= 1000000000) { due.tv_sec++; due.tv_nsec -= 1000000000; }
    pthread_mutex_lock(&lock);
    printf("%d\n", pthread_cond_timedwait(&not_full, &lock, &due) == ETIMEDOUT);
    printf("%d\n", pthread_mutex_timedlock(&lock, &due) == ETIMEDOUT);
    pthread_mutex_unlock(&lock);
    return 0;
}
