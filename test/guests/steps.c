/* A line that is stepped over, with a call in it and locals around it. */
static int twice(int value)
{
  return value * 2;
}

int main(void)
{
  int first = 20;
  int second = twice(first);
  int sum = first + second;
  return sum;
}
