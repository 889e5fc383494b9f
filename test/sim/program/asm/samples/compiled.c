typedef unsigned long u64;
static long sys(long n, long a, long b, long c) {
  register long r0 asm("r0") = n; register long r3 asm("r3") = a; register long r4 asm("r4")=b; register long r5 asm("r5")=c;
  asm volatile("sc" : "+r"(r0), "+r"(r3), "+r"(r4), "+r"(r5) :: "cr0","ctr","memory","r6","r7","r8","r9","r10","r11","r12");
  return r3;
}
int table[16] = {5,3,9,1,7}; static char buf[64]; const char *names[] = {"zero","one","two"}; double dd = 3.25;
struct s { char c; int i; u64 q; } ss = { 'x', -1, 0x123456789abcdef0 };
static int cmp(int a, int b) { return a < b ? -1 : a > b; }
int (*fp)(int,int) = cmp;
int sw(int x) { switch (x) { case 0: return 5; case 1: return 9; case 2: return 11; case 3: return 44; case 4: return 2; case 9: return 3; default: return x * 3; } }
void sort(int *t, int n) { for (int i = 0; i < n; i++) for (int j = i + 1; j < n; j++) if (fp(t[j], t[i]) < 0) { int x = t[i]; t[i] = t[j]; t[j] = x; } }
double fl(double a, float b) { return a * b + dd / 3.0; }
void _start(void) { sort(table, 5); buf[0] = '0' + sw(table[1]); buf[1] = '\n'; sys(4, 1, (long)buf, 2); sys(1, table[4] + (int)fl(1.5, 2.5f), 0, 0); }
