/* Atomic operations on 1, 2, 4 and 8 bytes, alone and between threads that fight for one word. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum { THREADS = 4, ROUNDS = 2000 };

static uint8_t byte_counter;
static uint16_t half_counter;
static uint32_t word_counter;
static uint64_t long_counter;
static _Atomic int ticket, serving;
static int in_order[THREADS * 100], served;
static atomic_flag flag = ATOMIC_FLAG_INIT;
static int flagged;

struct node { struct node *next; int value; };
static struct node nodes[THREADS * 200];
static _Atomic(struct node *) top;

static void *fight(void *argument)
{
    int number = (int)(long)argument;
    for (int i = 0; i < ROUNDS; i++) {
        __sync_fetch_and_add(&byte_counter, 1);
        __atomic_add_fetch(&half_counter, 3, __ATOMIC_RELAXED);
        __atomic_fetch_add(&word_counter, 5, __ATOMIC_ACQ_REL);
        uint64_t old = __atomic_load_n(&long_counter, __ATOMIC_ACQUIRE);
        while (!__atomic_compare_exchange_n(&long_counter, &old, old + 7, i & 1, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED)) ;
    }
    for (int i = 0; i < 100; i++) {
        int mine = atomic_fetch_add(&ticket, 1);
        while (atomic_load(&serving) != mine) ;
        in_order[served++] = mine;
        atomic_store(&serving, mine + 1);
        while (atomic_flag_test_and_set(&flag)) ;
        flagged++;
        atomic_flag_clear(&flag);
    }
    for (int i = 0; i < 200; i++) {
        struct node *n = &nodes[number * 200 + i];
        n->value = number * 200 + i;
        n->next = atomic_load(&top);
        while (!atomic_compare_exchange_weak(&top, &n->next, n)) ;
    }
    return NULL;
}

#define TRY(type, initial) do { \
    type v = (type)(initial); \
    printf("%lld ", (long long)__sync_fetch_and_sub(&v, 3)); \
    printf("%lld ", (long long)__sync_or_and_fetch(&v, 0x11)); \
    printf("%lld ", (long long)__sync_fetch_and_and(&v, 0x7e)); \
    printf("%lld ", (long long)__sync_xor_and_fetch(&v, 0x55)); \
    printf("%lld ", (long long)__sync_nand_and_fetch(&v, 0x0f)); \
    printf("%d ", __sync_bool_compare_and_swap(&v, v, 9)); \
    printf("%lld ", (long long)__sync_val_compare_and_swap(&v, 8, 1)); \
    printf("%lld ", (long long)__atomic_exchange_n(&v, 100, __ATOMIC_SEQ_CST)); \
    type expected = 1; \
    printf("%d %lld %lld\n", __atomic_compare_exchange_n(&v, &expected, 2, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST), (long long)expected, (long long)v); \
} while (0)

int main(void)
{
    pthread_t threads[THREADS];
    long sum = 0;
    int count = 0, wrong = 0;

    TRY(uint8_t, 2); TRY(int8_t, -128); TRY(uint16_t, 1); TRY(int16_t, -32768); TRY(uint32_t, 0); TRY(int32_t, -5); TRY(uint64_t, 1); TRY(int64_t, INT64_MIN);
    for (long i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, fight, (void *)i);
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    printf("%u %u %u %llu\n", byte_counter, half_counter, word_counter, (unsigned long long)long_counter);
    for (int i = 0; i < THREADS * 100; i++) wrong += in_order[i] != i;
    for (struct node *n = top; n; n = n->next) sum += n->value, count++;
    printf("%d %d %d %ld\n", wrong, flagged, count, sum);
    printf("%d %d\n", __atomic_always_lock_free(8, 0), atomic_is_lock_free(&ticket));
    return 0;
}
