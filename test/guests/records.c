enum state { IDLE, BUSY, DONE = 7 };
struct place { short x, y; };
struct record {
  struct record *next;
  enum state state;
  unsigned priority : 3;
  int balance : 9;
  char name[6];
  struct place corners[2];
};

static struct record last = { 0, DONE, 5, -3, "last", { { 1, 2 }, { 3, -4 } } };
static struct record first = { &last, BUSY, 1, 40, "first", { { 5, 6 }, { 7, 8 } } };

static inline int area(const struct place *corners)
{
  int width = corners[1].x - corners[0].x;
  int height = corners[1].y - corners[0].y;
  return width * height;
}

static __attribute__((noinline)) int visit(struct record *record, double scale)
{
  int sum = record->balance;
  sum += area(record->corners);
  return sum + (int)scale;
}

int main(void)
{
  int sum = 0;
  for (struct record *at = &first; at; at = at->next)
    sum += visit(at, 1.5);
  return sum;
}
