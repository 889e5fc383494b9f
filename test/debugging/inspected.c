/* What a debugger has to show: every kind of type, inlined functions, recursion, a signal handler. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum colour { RED, GREEN = 5, BLUE };
enum flags { READ = 1, WRITE = 2, EXECUTE = 4 };
struct point { int x, y; };
union number { int i; float f; unsigned char bytes[4]; };
struct bits { unsigned a : 3; int b : 5; unsigned long c : 40; };
typedef struct node { struct node *next; long value; char name[8]; } node_t;
typedef int (*operation)(int, int);

static int counter = 3;
struct point origin = { 1, -2 };
static volatile int caught;

static int add(int a, int b) { return a + b; }

static inline __attribute__((always_inline)) int square(int base)
{
  int result = base * base;
  counter += result;
  return result;
}

static __attribute__((noinline)) long sum_list(const node_t *list)
{
  long total = 0;
  for (const node_t *at = list; at; at = at->next)
    total += at->value;
  return total;
}

static __attribute__((noinline)) int factorial(int n)
{
  if (n < 2)
    return 1;
  int rest = factorial(n - 1);
  return n * rest;
}

static __attribute__((noinline)) void on_signal(int number)
{
  int local = number * 2;
  caught = local;
}

static __attribute__((noinline)) double mixed(float single, double twice, unsigned char letter, struct point *place)
{
  double product = single * twice;
  place->x += letter;
  return product + place->x;
}

int main(void)
{
  struct point points[3] = { { 1, 2 }, { 3, 4 }, { 5, 6 } };
  union number number = { .i = 0x41200000 };
  struct bits bits = { 5, -3, 123456789012ul };
  enum colour colour = GREEN;
  enum flags flags = READ | EXECUTE;
  node_t second = { NULL, 20, "two" };
  node_t first = { &second, 10, "one" };
  operation op = add;
  char text[16] = "hi\n\"x\"";
  short small = -7;
  double d = 0;
  int grid[2][3] = { { 1, 2, 3 }, { 4, 5, 6 } };
  long sum = sum_list(&first);
  int squared = square(points[1].x);
  sum += squared + op(small, grid[1][2]);
  sum += factorial(4);
  signal(SIGUSR1, on_signal);
  raise(SIGUSR1);
  d = mixed(1.5f, 2.25, 'A', &points[2]);
  origin.x += bits.b + colour + flags + text[0];
  printf("%ld %d %g %d %d\n", sum, caught, d, origin.x, number.i);
  return 0;
}
