#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static pthread_mutex_t robust;
static pthread_barrier_t barrier;
static int count, ready;
static __thread int own = 5;

static void *counts(void *number)
{
  for (int i = 0; i < 2000; i++) {
    pthread_mutex_lock(&lock);
    count++;
    pthread_mutex_unlock(&lock);
    if (i % 100 == 0)
      sched_yield();
  }
  own += (long)number;
  return (void *)(long)own;
}

static void *waits(void *unused)
{
  pthread_mutex_lock(&lock);
  while (!ready)
    pthread_cond_wait(&changed, &lock);
  count++;
  pthread_mutex_unlock(&lock);
  return NULL;
}

static void *meets(void *unused)
{
  return (void *)(long)(pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD);
}

static void *dies_with_lock(void *unused)
{
  pthread_mutex_lock(&robust);
  return NULL;
}

static void says(void *text) { puts(text); }

static void *sleeps(void *unused)
{
  pthread_cleanup_push(says, "cleanup handler");
  for (;;)
    pause();
  pthread_cleanup_pop(0);
  return NULL;
}

static long join_all(pthread_t *threads, int n)
{
  long sum = 0;
  for (int i = 0; i < n; i++) {
    void *result;
    pthread_join(threads[i], &result);
    sum += (long)result;
  }
  return sum;
}

int main(void)
{
  pthread_t threads[8];
  setvbuf(stdout, NULL, _IONBF, 0);

  for (long i = 0; i < 8; i++)
    pthread_create(&threads[i], NULL, counts, (void *)i);
  long sum = join_all(threads, 8);
  printf("count %d, own %d, sum %ld\n", count, own, sum);

  count = 0;
  for (int i = 0; i < 4; i++)
    pthread_create(&threads[i], NULL, waits, NULL);
  usleep(1000);
  pthread_mutex_lock(&lock);
  ready = 1;
  pthread_cond_broadcast(&changed);
  pthread_mutex_unlock(&lock);
  join_all(threads, 4);
  printf("woken %d\n", count);

  pthread_barrier_init(&barrier, NULL, 4);
  for (int i = 0; i < 4; i++)
    pthread_create(&threads[i], NULL, meets, NULL);
  printf("serial %ld\n", join_all(threads, 4));

  struct timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_sec += 1;
  pthread_mutex_lock(&lock);
  printf("timed out %d\n", pthread_cond_timedwait(&changed, &lock, &until) == ETIMEDOUT);
  pthread_mutex_unlock(&lock);

  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
  pthread_mutex_init(&robust, &attributes);
  pthread_create(&threads[0], NULL, dies_with_lock, NULL);
  join_all(threads, 1);
  printf("owner dead %d\n", pthread_mutex_lock(&robust) == EOWNERDEAD);

  /* Cancellation unwinds from the signal handler into pause(). */
  pthread_create(&threads[0], NULL, sleeps, NULL);
  usleep(1000);
  pthread_cancel(threads[0]);
  printf("cancelled %d\n", join_all(threads, 1) == (long)PTHREAD_CANCELED);

  pthread_create(&threads[0], NULL, sleeps, NULL);
  pthread_create(&threads[1], NULL, sleeps, NULL);
  usleep(1000);
  exit(3);
}
