/* SIGSEGV, SIGBUS, SIGILL and SIGTRAP with their codes, addresses and registers; handlers that change NIP or a register and go on.
 * expected: QEMU 7.2 leaves DAR, DSISR and trap as they are, and gives SIGSEGV the code of memory that is not mapped also where it is protected.
 * notice: There is no instruction 0x00000000
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

enum { NIP = 32, CTR = 35, LNK = 36, TRAP = 40, DAR = 41, DSISR = 42 };

static long page;
static char *area;
static int mode;
static uint64_t seen[8];

static const char *place(void *address)
{
    static char text[40];
    snprintf(text, sizeof text, "area%+ld", (long)((char *)address - area));
    return address == NULL ? "null" : (char *)address == area + 4 * page ? "area + 4 pages" : text;
}

static void on_fault(int number, siginfo_t *info, void *context)
{
    ucontext_t *c = context;
    unsigned long *gpr = c->uc_mcontext.gp_regs;
    const uint32_t *instruction = (const uint32_t *)gpr[NIP];

    switch (number) {
    case SIGSEGV:
    case SIGBUS:
        printf("signal %d code %d at %s, DAR the same: %d, trap %lx, store %d\n", number, info->si_code,
               (char *)info->si_addr == (char *)0x10 ? "0x10" : place(info->si_addr),
               gpr[DAR] == (uintptr_t)info->si_addr, gpr[TRAP] & 0xfff, (gpr[DSISR] & 0x02000000) != 0);
        break;
    default:
        printf("signal %d code %d at the instruction: %d, word %08x\n", number, info->si_code, info->si_addr == instruction, *instruction);
    }
    memcpy(seen, gpr + 14, sizeof seen);
    switch (mode) {
    case 0: gpr[NIP] += 4; break;
    case 1: mprotect(area, 8 * page, PROT_READ | PROT_WRITE); break;
    case 2: gpr[9] = (uintptr_t)area + page; break;
    case 3: gpr[NIP] = gpr[LNK]; gpr[3] = 1234; break;
    }
}

static long load(uintptr_t address)
{
    long value;
    __asm__ volatile ("li %0,-1\n\tld %0,0(%1)" : "=&r"(value) : "b"(address) : "memory");
    return value;
}

static void store(uintptr_t address, long value)
{
    __asm__ volatile ("std %1,0(%0)" : : "b"(address), "r"(value) : "memory");
}

static long redirected(uintptr_t address)
{
    long value;
    __asm__ volatile ("mr 9,%1\n\tlwz %0,8(9)" : "=r"(value) : "r"(address) : "r9", "memory");
    return value;
}

static uint64_t with_registers(void)
{
    __asm__ volatile (
        "lis 14,0x1234\n\tori 14,14,0x5678\n\tli 15,15\n\tli 16,-16\n\tsldi 17,14,32\n\tli 9,0\n\tlbz 10,0x10(9)"
        : : : "r9", "r10", "r14", "r15", "r16", "r17", "memory");
    return seen[0];
}

int main(void)
{
    struct sigaction action = { .sa_sigaction = on_fault, .sa_flags = SA_SIGINFO };
    page = sysconf(_SC_PAGESIZE);
    area = mmap(NULL, 8 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    sigaction(SIGSEGV, &action, NULL);
    sigaction(SIGBUS, &action, NULL);
    sigaction(SIGILL, &action, NULL);
    sigaction(SIGTRAP, &action, NULL);

    printf("%ld\n", load((uintptr_t)area + 24));
    store((uintptr_t)area + 40, 1);
    printf("%ld\n", load(0x10));
    printf("%lx %lx %lx %lx\n", (long)with_registers(), (long)seen[1], (long)seen[2], (long)seen[3]);
    mode = 1;
    store((uintptr_t)area + 16, 99);
    printf("%ld\n", load((uintptr_t)area + 16));
    mprotect(area, page, PROT_READ);
    printf("%ld\n", load((uintptr_t)area + 16));
    store((uintptr_t)area + 16, 100);
    printf("%ld\n", load((uintptr_t)area + 16));
    mode = 2;
    *(int *)(area + page + 8) = 4711;
    munmap(area, page);
    printf("%ld\n", redirected((uintptr_t)area));
    mode = 0;
    __asm__ volatile (".long 0");
    __asm__ volatile ("trap");
    __asm__ volatile ("twi 31,3,0");
    __asm__ volatile ("mfmsr 9" : : : "r9");
    mode = 3;
    static volatile uintptr_t descriptor[3];
    descriptor[0] = (uintptr_t)area + 4 * page;
    printf("%d\n", ((int (*)(void))(uintptr_t)descriptor)());
    return 0;
}
