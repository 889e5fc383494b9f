/* Files and folders below /tmp, with system calls and with stdio; the errors of wrong uses. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/filesXXXXXX";

static void error(const char *what, long result) { printf("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : ""); }

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static void list(const char *path)
{
    char *names[20];
    int count = 0;
    DIR *directory = opendir(path);
    for (struct dirent *entry; (entry = readdir(directory)) != NULL; ) {
        names[count] = malloc(300);
        sprintf(names[count++], "%s%s", entry->d_name, entry->d_type == DT_DIR ? "/" : entry->d_type == DT_REG ? "" : "?");
    }
    rewinddir(directory);
    int again = 0;
    while (readdir(directory)) again++;
    closedir(directory);
    qsort(names, count, sizeof *names, by_name);
    for (int i = 0; i < count; i++) printf("%s ", names[i]);
    printf("%s\n", again == count ? "" : "another number the second time");
}

static int sum_sizes;
static int visit(const char *path, const struct stat *s, int type, struct FTW *ftw)
{
    if (type == FTW_F) sum_sizes += s->st_size;
    return remove(path);
}

int main(void)
{
    struct stat s;
    char text[100], line[100];
    int fd;

    if (!mkdtemp(folder) || chdir(folder) != 0) return 1;
    fd = open("data", O_RDWR | O_CREAT | O_EXCL, 0640);
    printf("%zd\n", write(fd, "The quick brown fox\n", 20));
    error("again", open("data", O_CREAT | O_EXCL | O_RDWR, 0600));
    printf("%ld %ld %ld\n", (long)lseek(fd, 4, SEEK_SET), (long)lseek(fd, 6, SEEK_CUR), (long)lseek(fd, -4, SEEK_END));
    error("before the start", lseek(fd, -1, SEEK_SET));
    printf("%zd %.5s\n", pread(fd, text, 5, 4), text);
    pwrite(fd, "slow ", 5, 4);
    lseek(fd, 100, SEEK_SET);
    write(fd, "!", 1);
    fstat(fd, &s);
    printf("%ld %o %d %d\n", (long)s.st_size, s.st_mode & 07777, S_ISREG(s.st_mode), (int)s.st_nlink);
    pread(fd, text, 100, 0);
    printf("%.9s %d %d\n", text, text[50], text[99]);
    ftruncate(fd, 10);
    int copy = dup(fd), higher = fcntl(fd, F_DUPFD, 50);
    lseek(copy, 0, SEEK_SET);
    printf("%zd %d\n", read(higher, text, 100), higher >= 50);
    close(copy);
    close(higher);
    int append = open("data", O_WRONLY | O_APPEND);
    lseek(append, 0, SEEK_SET);
    write(append, "appended", 8);
    stat("data", &s);
    printf("%ld\n", (long)s.st_size);
    error("read a writer", read(append, text, 1));
    error("write a reader", write(open("data", O_RDONLY), text, 1));
    error("closed", close(900));
    error("missing", open("no/such/file", O_RDONLY));
    error("file as folder", open("data/x", O_RDONLY));
    error("not a folder", open("data", O_RDONLY | O_DIRECTORY));
    error("bad buffer", read(fd, (void *)8, 1) == -1 || lseek(fd, 0, SEEK_SET) == 0 ? read(fd, (void *)8, 1) : 0);
    error("bad name", open((char *)8, O_RDONLY));
    error("empty name", open("", O_RDONLY));
    memset(text, 'n', sizeof text);
    char *longname = malloc(300);
    memset(longname, 'n', 299);
    longname[299] = 0;
    error("long name", open(longname, O_RDONLY));

    mkdir("inner", 0755);
    error("folder exists", mkdir("inner", 0755));
    mkdir("inner/deep", 0700);
    stat("inner", &s);
    printf("%d %d\n", S_ISDIR(s.st_mode), (int)s.st_nlink);
    error("write a folder", open("inner", O_RDWR));
    int dirfd = open("inner", O_RDONLY | O_DIRECTORY);
    fd = openat(dirfd, "deep/file", O_CREAT | O_WRONLY, 0600);
    write(fd, "12345", 5);
    error("read a folder", read(dirfd, text, 10));
    fstatat(dirfd, "deep/file", &s, 0);
    printf("%ld\n", (long)s.st_size);
    error("not empty", rmdir("inner"));
    error("unlink folder", unlink("inner"));
    error("rmdir file", rmdir("data"));
    list(".");
    list("inner/deep");
    printf("%d\n", rename("inner/deep/file", "moved"));
    error("rename missing", rename("inner/deep/file", "x"));
    printf("%d\n", rename("inner/deep", "inner2"));
    list(".");
    printf("%d %d %d\n", access("moved", F_OK), access("moved", R_OK | W_OK), access("nothing", F_OK));
    unlink("moved");
    printf("%zd\n", write(fd, "still open", 10));
    fstat(fd, &s);
    printf("%ld %d\n", (long)s.st_size, (int)s.st_nlink);
    chmod("data", 0400);
    stat("data", &s);
    printf("%o\n", s.st_mode & 0777);
    umask(077);
    close(open("private", O_CREAT | O_WRONLY, 0666));
    stat("private", &s);
    printf("%o\n", s.st_mode & 0777);
    printf("%d\n", strcmp(getcwd(text, sizeof text), folder));

    FILE *f = fopen("lines.txt", "w+");
    for (int i = 0; i < 1000; i++) fprintf(f, "line %d has the square %d\n", i, i * i);
    rewind(f);
    int count = 0, number, square;
    while (fscanf(f, "line %d has the square %d\n", &number, &square) == 2) count += square == number * number;
    printf("%d %d\n", count, feof(f) != 0);
    fseek(f, -20, SEEK_END);
    printf("%ld ", ftell(f));
    fgets(line, sizeof line, f);
    fputs(line, stdout);
    fseek(f, 5, SEEK_SET);
    putc('X', f);
    fflush(f);
    fseek(f, 0, SEEK_SET);
    fgets(line, sizeof line, f);
    fputs(line, stdout);
    ungetc('@', f);
    printf("%c%c\n", getc(f), getc(f));
    fclose(f);
    f = fopen("lines.txt", "a");
    fprintf(f, "%ld\n", ftell(f));
    fclose(f);
    f = fopen("binary", "wb");
    double numbers[100];
    for (int i = 0; i < 100; i++) numbers[i] = i / 8.0;
    printf("%zu\n", fwrite(numbers, sizeof *numbers, 100, f));
    fclose(f);
    f = fopen("binary", "rb");
    fseek(f, 50 * 8, SEEK_SET);
    printf("%zu %g %g\n", fread(numbers, 8, 100, f), numbers[0], numbers[49]);
    fclose(f);
    printf("%d %d\n", fopen("nothing", "r") == NULL, errno == ENOENT);
    char *whole = NULL;
    size_t room = 0;
    f = fopen("lines.txt", "r");
    ssize_t length = getline(&whole, &room, f);
    printf("%zd %s", length, whole);
    fclose(f);
    FILE *nameless = tmpfile();
    fputs("nameless", nameless);
    rewind(nameless);
    printf("%s\n", fgets(line, sizeof line, nameless));

    struct dirent **entries;
    count = scandir(".", &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) printf("%s ", entries[i]->d_name);
    puts("");
    chdir("/");
    nftw(folder, visit, 10, FTW_DEPTH | FTW_PHYS);
    printf("%d\n", sum_sizes);
    error("gone", access(folder, F_OK));
    return 0;
}
