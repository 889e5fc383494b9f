#define _GNU_SOURCE
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

static volatile int count, depth, deepest, budget;
static char alternate[65536] __attribute__((aligned(16)));
static char *handler_stack;
static sigjmp_buf back;

static void counts(int signal) { count++; }

static void tells(int signal, siginfo_t *info, void *context)
{
  int value = info->si_code == SI_QUEUE ? info->si_value.sival_int : -1;
  printf("signal %d code %d own pid %d value %d\n", signal, info->si_code, info->si_pid == getpid(), value);
}

static void nests(int signal)
{
  depth++;
  if (depth > deepest)
    deepest = depth;
  if (depth < 3 && budget-- > 0)
    raise(signal);
  depth--;
}

static void marks(int signal)
{
  char here;
  handler_stack = &here;
}

static void jumps(int signal, siginfo_t *info, void *context) { siglongjmp(back, info->si_code); }

static void skips(int signal, siginfo_t *info, void *context)
{
  ucontext_t *user = context;
  printf("signal %d code %d at nip %d regs %d\n", signal, info->si_code,
         (unsigned long)info->si_addr == user->uc_mcontext.gp_regs[32],
         (void *)user->uc_mcontext.regs == (void *)user->uc_mcontext.gp_regs);
  user->uc_mcontext.gp_regs[32] += 4;
  user->uc_mcontext.gp_regs[3] = 77;
}

static void install(int signal, void (*handler)(int), int flags)
{
  struct sigaction action = { .sa_handler = handler, .sa_flags = flags };
  sigaction(signal, &action, NULL);
}

static void install_info(int signal, void (*handler)(int, siginfo_t *, void *))
{
  struct sigaction action = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO };
  sigaction(signal, &action, NULL);
}

static void alarm_in(int microseconds, int period)
{
  struct itimerval timer = { { 0, period }, { 0, microseconds } };
  setitimer(ITIMER_REAL, &timer, NULL);
}

static void queueing(void)
{
  sigset_t mask, old, pending;
  union sigval value;
  install_info(SIGUSR2, tells);
  raise(SIGUSR2);
  kill(getpid(), SIGUSR2);
  value.sival_int = 42;
  sigqueue(getpid(), SIGUSR2, value);

  install_info(SIGRTMIN + 1, tells);
  install(SIGUSR1, counts, 0);
  sigemptyset(&mask);
  sigaddset(&mask, SIGRTMIN + 1);
  sigaddset(&mask, SIGUSR1);
  sigprocmask(SIG_BLOCK, &mask, &old);
  for (int i = 0; i < 3; i++) {
    value.sival_int = i;
    sigqueue(getpid(), SIGRTMIN + 1, value);
  }
  raise(SIGUSR1);
  raise(SIGUSR1);
  sigpending(&pending);
  printf("pending %d %d %d\n", sigismember(&pending, SIGUSR1), sigismember(&pending, SIGRTMIN + 1), sigismember(&pending, SIGUSR2));
  sigprocmask(SIG_SETMASK, &old, NULL);
  printf("count %d\n", count);
}

static void flags(void)
{
  struct sigaction now;
  stack_t stack = { .ss_sp = alternate, .ss_size = sizeof alternate };
  budget = 6;
  install(SIGHUP, nests, SA_NODEFER);
  raise(SIGHUP);
  printf("nested %d\n", deepest);
  deepest = 0;
  install(SIGHUP, nests, 0);
  raise(SIGHUP);
  printf("deferred %d\n", deepest);
  install(SIGHUP, counts, SA_RESETHAND);
  raise(SIGHUP);
  sigaction(SIGHUP, NULL, &now);
  printf("reset %d\n", now.sa_handler == SIG_DFL);
  sigaltstack(&stack, NULL);
  install(SIGHUP, marks, SA_ONSTACK);
  raise(SIGHUP);
  printf("alternate stack %d\n", handler_stack >= alternate && handler_stack < alternate + sizeof alternate);
}

static void faults(void)
{
  register long r3 asm("r3");
  int code;
  install_info(SIGSEGV, jumps);
  if ((code = sigsetjmp(back, 1)) == 0)
    *(volatile int *)16 = 1;
  printf("no mapping %d\n", code == SEGV_MAPERR);
  if ((code = sigsetjmp(back, 1)) == 0)
    *(volatile int *)faults = 1;
  printf("no right %d\n", code == SEGV_ACCERR);
  install_info(SIGILL, skips);
  install_info(SIGTRAP, skips);
  r3 = 1;
  asm volatile(".long 0" : "+r"(r3));
  long first = r3;
  r3 = 1;
  asm volatile("trap" : "+r"(r3));
  long second = r3;
  printf("skipped %ld %ld\n", first, second);
}

static void interrupts(void)
{
  int ends[2], result;
  char byte;
  struct timespec time = { 1, 0 }, rest = { 9, 9 };
  struct itimerval old;
  sigset_t mask, none, blocked;
  siginfo_t info;

  pipe(ends);
  install(SIGALRM, counts, 0);
  count = 0;
  alarm_in(20000, 0);
  result = read(ends[0], &byte, 1);
  printf("read %d EINTR %d count %d\n", result, errno == EINTR, count);
  alarm_in(250000, 0);
  result = nanosleep(&time, &rest);
  printf("nanosleep %d EINTR %d rest 0.%ld\n", result, errno == EINTR, rest.tv_nsec / 100000000);
  count = 0;
  alarm_in(10000, 10000);
  while (count < 5)
    pause();
  getitimer(ITIMER_REAL, &old);
  alarm_in(0, 0);
  printf("ticks %d period %ld\n", count, (long)old.it_interval.tv_usec);

  sigemptyset(&mask);
  sigemptyset(&none);
  sigaddset(&mask, SIGALRM);
  sigprocmask(SIG_BLOCK, &mask, NULL);
  alarm(1);
  printf("sigwaitinfo %d\n", sigwaitinfo(&mask, &info) == SIGALRM);
  time.tv_sec = 0;
  time.tv_nsec = 1000000;
  result = sigtimedwait(&mask, &info, &time);
  printf("sigtimedwait %d EAGAIN %d\n", result, errno == EAGAIN);
  count = 0;
  alarm(1);
  result = sigsuspend(&none);
  sigprocmask(SIG_BLOCK, NULL, &blocked);
  printf("sigsuspend %d count %d still blocked %d\n", result, count, sigismember(&blocked, SIGALRM));
  sigprocmask(SIG_UNBLOCK, &mask, NULL);

  install(SIGALRM, counts, SA_RESTART);
  alarm_in(20000, 0);
  time.tv_nsec = 50000000;
  printf("clock_nanosleep EINTR %d\n", clock_nanosleep(CLOCK_MONOTONIC, 0, &time, &rest) == EINTR);
  signal(SIGPIPE, SIG_IGN);
  close(ends[0]);
  result = write(ends[1], "x", 1);
  printf("write %d EPIPE %d\n", result, errno == EPIPE);
  result = kill(99999, 0);
  printf("kill %d ESRCH %d\n", result, errno == ESRCH);
}

int main(void)
{
  setvbuf(stdout, NULL, _IONBF, 0);
  queueing();
  flags();
  faults();
  interrupts();
  signal(SIGTERM, SIG_IGN);
  raise(SIGTERM);
  puts("alive");
  signal(SIGTERM, SIG_DFL);
  raise(SIGTERM);
  return 0;
}
