/* What a program is started with: arguments, environment, auxiliary vector, files; its own name in /proc.
 * args: one --two=2 three,three
 */
#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <link.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/utsname.h>
#include <unistd.h>

extern char **environ;
extern char etext, edata, end;
static int order[4], next;

static void __attribute__((constructor)) before(void) { order[next++] = 1; }
static void __attribute__((destructor)) after(void) { puts("destructor"); fflush(stdout); }
static void at_exit(void) { puts("atexit"); }

int main(int argc, char **argv, char **envp)
{
    char path[300], line[600];
    struct utsname name;

    order[next++] = 2;
    atexit(at_exit);
    printf("%d", argc);
    for (int i = 1; i < argc; i++) printf(" [%s]", argv[i]);
    printf(" %d\n", argv[argc] == NULL);
    printf("%d %s %s [%s] %s\n", envp == environ, getenv("GREETING"), getenv("LANG"), getenv("EMPTY"), getenv("NONE") ? "?" : "none");
    setenv("ADDED", "here", 1);
    unsetenv("GREETING");
    putenv("PUT=there");
    printf("%s %s %d\n", getenv("ADDED"), getenv("PUT"), getenv("GREETING") == NULL);
    clearenv();
    printf("%d\n", environ == NULL || *environ == NULL);

    printf("%d %d\n", getauxval(AT_PAGESZ) == (unsigned long)sysconf(_SC_PAGESIZE), getauxval(AT_CLKTCK) == 100);
    printf("64 %d, altivec %d, fpu %d\n", (getauxval(AT_HWCAP) & 0x40000000) != 0, (getauxval(AT_HWCAP) & 0x10000000) != 0, (getauxval(AT_HWCAP) & 0x08000000) != 0);
    printf("%d %d\n", getauxval(AT_PHENT) == sizeof(Elf64_Phdr), getauxval(AT_PHNUM) > 2);
    const Elf64_Phdr *headers = (const Elf64_Phdr *)getauxval(AT_PHDR);
    printf("%d\n", headers[0].p_type == PT_LOAD || headers[0].p_type == PT_PHDR);
    printf("%d\n", getauxval(AT_ENTRY) != 0);
    const char *platform = (const char *)getauxval(AT_PLATFORM);
    printf("%d\n", platform == NULL || strlen(platform) > 2);
    const uint64_t *random = (const uint64_t *)getauxval(AT_RANDOM);
    printf("%d\n", random[0] != random[1]);
    printf("%s\n", basename((const char *)getauxval(AT_EXECFN)));
    printf("%d %d\n", getauxval(AT_SECURE) == 0, getauxval(AT_UID) == getuid());
    errno = 0;
    printf("%lu %d\n", getauxval(12345), errno == ENOENT);

    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    path[length < 0 ? 0 : length] = 0;
    printf("%s\n", basename(path));
    printf("%s\n", program_invocation_short_name);
    FILE *maps = fopen("/proc/self/maps", "r");
    int stack = 0, heap = 0, own = 0;
    uintptr_t here = (uintptr_t)&main, there = (uintptr_t)&stack;
    while (fgets(line, sizeof line, maps)) {
        unsigned long from, to;
        char access[5];
        if (sscanf(line, "%lx-%lx %4s", &from, &to, access) != 3) continue;
        if (there >= from && there < to) stack = strcmp(access, "rw-p") == 0 && strstr(line, "[stack]") != NULL;
        if (*(uintptr_t *)here >= from && *(uintptr_t *)here < to) own = access[2] == 'x';
    }
    fclose(maps);
    printf("%d %d\n", stack, own);
    FILE *command = fopen("/proc/self/cmdline", "r");
    size_t bytes = fread(line, 1, sizeof line, command);
    printf("%d %s\n", bytes > strlen(line), line + bytes - 12);
    uname(&name);
    printf("%s %s\n", name.sysname, name.machine);
    printf("%d %d\n", getpid() > 1, getppid() > 0);
    printf("%d %d %d\n", isatty(0), isatty(1), errno == ENOTTY);
    printf("%d %d\n", order[0], order[1]);
    printf("%d\n", &etext < &edata && &edata <= &end && sbrk(0) >= (void *)&end);
    exit(41);
}
