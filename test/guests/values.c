/* Values of many types, for expressions of C and for data breakpoints. */
struct flags { unsigned low : 3; int middle : 9; unsigned wide : 32; };
struct node { struct node *next; int (*work)(int); };

signed char tiny = -1;
unsigned char byte = 255;
short small = -2;
int word = -3;
unsigned count = 1;
long big = 5000000000;
unsigned long huge = 0xffffffffffffffff;
float single = 1.5f;
double wide = 2.25;
_Bool is_ready = 0;
struct flags flags = { 5, -3, 7 };
int table[4] = { 10, 20, 30, 40 };
struct node node;

static int twice(int value)
{
  return value * 2;
}

static int thrice(int value)
{
  return value * 3;
}

static int apply(int (*work)(int), int value)
{
  int result = work(value);
  node.work = work;
  return result;
}

static int bump(int by)
{
  int local = by;
  int *at = &local;
  *at += 1;
  table[2] += local;
  return local;
}

int main(void)
{
  int sum = apply(twice, 5) + apply(thrice, 1);
  for (int i = 0; i < 2; i++)
    sum += bump(i);
  return sum + node.work(1) + byte + tiny;
}
