/*
 * posix.h - the part of POSIX that cases use and mingw lacks
 *
 * Included before everything else. Functions that Windows does not have end the case as skipped,
 * with a line that names them.
 */
#ifndef POSIX_H
#define POSIX_H

#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>
#include <time.h>

#define LIBRARY_FILE "zmqjs.dll"
#define LIBZMQ_FILE LIBRARY_FILE /* libzmq is inside */

/* ---- dlfcn.h ---- */

enum { RTLD_NOW = 2, RTLD_LOCAL = 0 };
void *dlopen(const char *path, int flags);
void *dlsym(void *library, const char *name);
int dlclose(void *library);
const char *dlerror(void);

/* ---- sys/mman.h: memory of pages, which mmap() gives access to, or takes from ---- */

enum { PROT_NONE = 0, PROT_READ = 1, PROT_WRITE = 2 };
enum { MAP_PRIVATE = 2, MAP_FIXED = 16, MAP_ANONYMOUS = 32 };
#define MAP_FAILED ((void *)-1)
void *mmap(void *address, size_t size, int access, int flags, int file, int64_t offset);
int mprotect(void *address, size_t size, int access);
int munmap(void *address, size_t size);

/* ---- signals: none is ever blocked ---- */

typedef _sigset_t sigset_t;
#define SIGHUP 1
#define SIGBUS 7
#define SIGKILL 9
#define SIGUSR1 10
#define SIGUSR2 12
#define SIGPIPE 13
#define SIGALRM 14
#define SIGCHLD 17
#define SIGPROF 27
#define SIGURG 24
#define SIGRTMIN 34
enum { SA_RESTART = 1, SA_NODEFER = 2, SA_NOCLDSTOP = 4, SA_SIGINFO = 8 };
#ifndef SIG_BLOCK
enum { SIG_BLOCK, SIG_UNBLOCK, SIG_SETMASK };
#endif
struct sigaction {
    void (*sa_handler)(int);
    sigset_t sa_mask;
    int sa_flags;
};
int sigaction(int number, const struct sigaction *action, struct sigaction *before);
int sigemptyset(sigset_t *set);
int sigfillset(sigset_t *set);
int sigaddset(sigset_t *set, int number);
int sigismember(const sigset_t *set, int number);
#undef pthread_sigmask
int pthread_sigmask(int how, const sigset_t *set, sigset_t *before);
#define raise posix_raise
int posix_raise(int number);
#define pthread_kill posix_pthread_kill
int posix_pthread_kill(pthread_t thread, int number);
int kill(pid_t process, int number);
unsigned alarm(unsigned seconds);

typedef struct posix_timer *timer_t;
struct sigevent;
int timer_create(clockid_t clock, struct sigevent *event, timer_t *timer);
int timer_settime(timer_t timer, int flags, const struct itimerspec *value, struct itimerspec *before);
int timer_delete(timer_t timer);

/* ---- processes ---- */

int fork(void);
pid_t waitpid(pid_t process, int *status, int options);
enum { WNOHANG = 1 };
#define WIFEXITED(status) ((status) >= 0)
#define WEXITSTATUS(status) (status)
#define WIFSIGNALED(status) ((status) < 0)
#define WTERMSIG(status) (-(status))
pid_t gettid(void);
int pause(void);
FILE *posix_popen(const char *command, const char *mode);
#undef popen
#define popen posix_popen
int setenv(const char *name, const char *value, int replace);
int posix_unsetenv(const char *name);
#define unsetenv posix_unsetenv

/* ---- descriptors and files ---- */

enum { RLIMIT_NOFILE };
typedef unsigned long long rlim_t;
struct rlimit {
    rlim_t rlim_cur, rlim_max;
};
int getrlimit(int resource, struct rlimit *limit);
int setrlimit(int resource, const struct rlimit *limit);
int pipe(int ends[2]);
int memfd_create(const char *name, unsigned flags); /* an empty file */
char *mkdtemp(char *pattern);

/* ---- sockets: of ws2_32.dll, whose header would bring all of windows.h ---- */

enum { AF_INET = 2, SOCK_STREAM = 1, SOCK_DGRAM = 2 };
#define INADDR_LOOPBACK 0x7f000001u
typedef int socklen_t;
struct sockaddr {
    unsigned short sa_family;
};
struct in_addr {
    uint32_t s_addr;
};
struct sockaddr_in {
    unsigned short sin_family, sin_port;
    struct in_addr sin_addr;
    char zeros[8];
};
uintptr_t __stdcall socket(int family, int type, int protocol);
int __stdcall bind(uintptr_t socket, const struct sockaddr *address, socklen_t size);
int __stdcall listen(uintptr_t socket, int waiting);
int __stdcall connect(uintptr_t socket, const struct sockaddr *address, socklen_t size);
uintptr_t __stdcall accept(uintptr_t socket, struct sockaddr *address, socklen_t *size);
int __stdcall send(uintptr_t socket, const char *data, int size, int flags);
int __stdcall getsockname(uintptr_t socket, struct sockaddr *address, socklen_t *size);
uint32_t __stdcall htonl(uint32_t number);
uint16_t __stdcall ntohs(uint16_t number);

#endif
