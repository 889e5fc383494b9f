/* A little of everything that a compiler writes: made into assembler source, and assembled here. */
static int counter = 5;
static double table[4] = {1.5, 2.5, -3.25, 1e3};
static const char *const names[] = {"zero", "one", "two"};
static char buffer[64];
struct mixed { char c; short h; int i; long l; float f; double d; };
static struct mixed mixed = {'a', -2, 3, 4, 5.5f, 6.5};
static int (*volatile chosen)(int, int);

static long call3(long number, long a, long b, long c)
{
	register long r0 __asm__("r0") = number;
	register long r3 __asm__("r3") = a;
	register long r4 __asm__("r4") = b;
	register long r5 __asm__("r5") = c;
	__asm__ volatile("sc" : "+r"(r3), "+r"(r0), "+r"(r4), "+r"(r5) : : "memory", "cr0", "ctr", "r6", "r7", "r8", "r9", "r10", "r11", "r12");
	return r3;
}

static __attribute__((noinline)) long classify(int x)
{
	switch (x) {
	case 0: return 3;
	case 1: return 0x123456789abcdefL;
	case 2: return 77;
	case 3: return 99;
	case 4: return 1000;
	case 5: return -5;
	default: return counter++;
	}
}

static __attribute__((noinline)) int add(int a, int b) { return a + b + counter; }
static __attribute__((noinline)) double scaled(double x, float y, int i) { return x * y + table[i & 3]; }
static __attribute__((noinline)) long sum(const struct mixed *m) { return m->c + m->h + m->i + m->l + (long)m->f + (long)m->d; }
static __attribute__((noinline)) unsigned long mix(unsigned long a, unsigned int b) { return (a << 13 | a >> 51) ^ (unsigned long)b << 32 ^ 0xdeadbeefcafebabeUL; }

static char *put(char *at, const char *text)
{
	while (*text) *at++ = *text++;
	return at;
}

static char *number(char *at, unsigned long value)
{
	for (int shift = 60; shift >= 0; shift -= 4) *at++ = "0123456789abcdef"[value >> shift & 15];
	*at++ = '\n';
	return at;
}

static void say(unsigned long value)
{
	char *end = number(put(buffer, ""), value);
	call3(4, 1, (long)buffer, end - buffer);
}

void _start(void)
{
	for (int i = 0; i < 8; i++) say(classify(i));
	chosen = add;
	say(chosen(3, 4));
	say((long)scaled(2.0, 1.5f, 2) + (long)scaled(10.0, 0.5f, 3));
	say(sum(&mixed));
	say(mix(0x0123456789abcdefUL, 0x89abcdefU));
	char *end = put(put(put(buffer, names[2]), names[1]), "\n");
	call3(4, 1, (long)buffer, end - buffer);
	call3(234, counter, 0, 0);
}
