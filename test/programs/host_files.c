/* Files of the folder that the program is started in: read, counted, mapped; they cannot be written.
 * args: host_files.c
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    FILE *f = fopen(argv[1], "r");
    long lines = 0, words = 0, bytes = 0;
    int c, inside = 0;
    struct stat s;

    if (argc != 2 || f == NULL) return 1;
    while ((c = getc(f)) != EOF) {
        bytes++;
        lines += c == '\n';
        if (isspace(c)) inside = 0;
        else if (!inside) inside = 1, words++;
    }
    fclose(f);
    printf("%ld %ld %ld\n", lines, words, bytes);
    int fd = open(argv[1], O_RDONLY);
    fstat(fd, &s);
    char *text = mmap(NULL, s.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    long mapped = 0;
    for (off_t i = 0; i < s.st_size; i++) mapped += text[i] == '\n';
    printf("%d %d\n", mapped == lines, s.st_size == bytes);
    int found = 0;
    DIR *directory = opendir(".");
    for (struct dirent *entry; (entry = readdir(directory)) != NULL; ) found += strcmp(entry->d_name, argv[1]) == 0;
    closedir(directory);
    printf("%d\n", found);
    printf("%d %d\n", open("no such file", O_RDONLY), errno == ENOENT);
    printf("%d\n", S_ISDIR(stat("..", &s) == 0 ? s.st_mode : 0));
    return 0;
}
