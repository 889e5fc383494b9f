#include "sub/scale.h"

static long total;

long sum(long n)
{
  long result = 0;
  for (long i = 0; i < n; i++)
    result += scale(i);

  return result;
}

int main(void)
{
  total = sum(10);
  return (int)total;
}
