#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/* Prints a call and its result, and the error's name where it failed. */
#define SHOW(call) \
  do { \
    long result = (call); \
    printf("%s = %ld %s\n", #call, result, result < 0 ? strerrorname_np(errno) : ""); \
  } while (0)

static char buffer[256];

static void bytes(void)
{
  struct stat status;
  struct iovec out[3] = { { "ab", 2 }, { "", 0 }, { "cde", 3 } };
  char first[2], second[10];
  struct iovec in[2] = { { first, 2 }, { second, 10 } };
  int fd = open("f", O_RDWR | O_CREAT | O_EXCL, 0644);
  SHOW(open("f", O_RDWR | O_CREAT | O_EXCL, 0644));
  SHOW(write(fd, "hello world", 11));
  SHOW(lseek(fd, 6, SEEK_SET));
  SHOW(read(fd, buffer, 100));
  SHOW(read(fd, buffer, 100));
  SHOW(pwrite(fd, "WORLD", 5, 6));
  SHOW(pread(fd, buffer, 20, 0));
  puts(buffer);
  SHOW(lseek(fd, -1, SEEK_SET));
  SHOW(lseek(fd, 100000, SEEK_END));
  SHOW(write(fd, "Z", 1));
  fstat(fd, &status);
  printf("size %ld mode %o links %ld\n", (long)status.st_size, status.st_mode, (long)status.st_nlink);

  char *map = mmap(NULL, 131072, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  printf("mapped %c %d %c\n", map[6], map[5000], map[100011]);
  map[0] = 'J';
  pread(fd, buffer, 5, 0);
  pwrite(fd, "K", 1, 1);
  printf("shared %.5s %c\n", buffer, map[1]);
  SHOW(ftruncate(fd, 3));
  SHOW(ftruncate(fd, 5000));
  printf("cut %d %c\n", map[3], map[2]);
  SHOW(munmap(map, 131072));
  map = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
  map[0] = 'Q';
  pread(fd, buffer, 1, 0);
  printf("private %c %c\n", map[0], buffer[0]);
  lseek(fd, 0, SEEK_SET);
  SHOW(writev(fd, out, 3));
  lseek(fd, 0, SEEK_SET);
  SHOW(readv(fd, in, 2));
  printf("vectors %.2s %.3s\n", first, second);
  close(fd);
}

static void descriptors(void)
{
  int fd = open("f", O_RDWR);
  SHOW(dup2(fd, 20));
  SHOW(fcntl(20, F_GETFL) & O_ACCMODE);
  SHOW(fcntl(20, F_SETFD, FD_CLOEXEC));
  SHOW(fcntl(20, F_GETFD));
  SHOW(close(20));
  SHOW(close(20));
  SHOW(dup3(fd, fd, 0));
  SHOW(write(-1, buffer, 1));
  SHOW(read(0x7fff, buffer, 1));
  SHOW(read(fd, (void *)8, 4));
  close(fd);
}

static void names(void)
{
  struct stat status;
  struct dirent *entry;
  int files = 0, folders = 0;
  SHOW(rename("f", "g"));
  SHOW(stat("f", &status));
  SHOW(unlink("g"));
  SHOW(unlink("g"));
  SHOW(open("none/x", O_RDONLY));
  SHOW(open("/dev/null/x", O_RDONLY));
  SHOW(open(".", O_WRONLY));
  SHOW(open("", O_RDONLY));
  SHOW(open((char *)8, O_RDONLY));
  close(open("a", O_CREAT | O_WRONLY, 0600));
  SHOW(mkdir("b", 0700));
  SHOW(mkdir("b", 0700));
  SHOW(open("a", O_DIRECTORY));
  DIR *folder = opendir(".");
  while ((entry = readdir(folder)) != NULL) {
    files += entry->d_type == DT_REG;
    folders += entry->d_type == DT_DIR;
  }
  closedir(folder);
  printf("%d file, %d folders\n", files, folders);
  SHOW(rmdir("../refault"));
  SHOW(rmdir("a"));
  SHOW(unlink("b"));
  SHOW(unlink("a"));
  SHOW(rmdir("b"));
  SHOW(chdir(".."));
  SHOW(rmdir("refault"));
  SHOW(access("refault", F_OK));
}

static void pipes(void)
{
  int ends[2];
  fd_set readable;
  struct timeval time = { 0, 1000 };
  pipe(ends);
  struct pollfd both[2] = { { ends[0], POLLIN, 0 }, { ends[1], POLLOUT, 0 } };
  SHOW(poll(both, 2, 0));
  SHOW(write(ends[1], "abc", 3));
  SHOW(poll(both, 2, -1));
  printf("events %x %x\n", both[0].revents, both[1].revents);
  FD_ZERO(&readable);
  FD_SET(ends[0], &readable);
  SHOW(select(ends[0] + 1, &readable, NULL, NULL, &time));
  SHOW(read(ends[0], buffer, 10));
  time.tv_usec = 1000;
  SHOW(select(ends[0] + 1, &readable, NULL, NULL, &time));
  printf("still in the set %d\n", FD_ISSET(ends[0], &readable) != 0);
  SHOW(fcntl(ends[0], F_SETFL, O_NONBLOCK));
  SHOW(read(ends[0], buffer, 1));
  SHOW(lseek(ends[0], 0, SEEK_SET));
  SHOW(pread(ends[0], buffer, 1, 0));
  close(ends[1]);
  SHOW(read(ends[0], buffer, 1));
  SHOW(poll(both, 1, 0));
  printf("events %x\n", both[0].revents);
}

int main(void)
{
  setvbuf(stdout, NULL, _IONBF, 0);
  chdir("/tmp");
  mkdir("refault", 0755);
  chdir("refault");
  bytes();
  descriptors();
  names();
  pipes();
  return 0;
}
