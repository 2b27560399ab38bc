/* posix.c - see posix.h */
#include "posix.h"

#include "check.h"

#include <fcntl.h>
#include <io.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define WIN32_LEAN_AND_MEAN /* posix.h declares the functions of sockets */
#include <windows.h>

/* ---- dlfcn.h ---- */

static char load_error[128];

void *dlopen(const char *path, int flags)
{
    wchar_t wide[4096];
    (void)flags;
    HMODULE library = NULL;
    if (MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, path, -1, wide, 4096) > 0) library = LoadLibraryW(wide);
    if (!library) snprintf(load_error, sizeof load_error, "LoadLibraryW: error %lu", GetLastError());
    return library;
}

void *dlsym(void *library, const char *name)
{
    FARPROC function = GetProcAddress(library, name);
    void *symbol = NULL;
    if (!function && strncmp(name, "zmq_", 4) == 0) skip("libzmq is inside the DLL, which does not export it");
    memcpy(&symbol, &function, sizeof symbol);
    return symbol;
}

int dlclose(void *library) { return FreeLibrary(library) ? 0 : -1; }

const char *dlerror(void) { return load_error; }

/* ---- memory ---- */

static DWORD protection(int access) { return access == PROT_NONE ? PAGE_NOACCESS : PAGE_READWRITE; }

void *mmap(void *address, size_t size, int access, int flags, int file, int64_t offset)
{
    (void)file, (void)offset;
    /* Fresh pages; those without access are given back. */
    if (flags & MAP_FIXED && !VirtualFree(address, size, MEM_DECOMMIT)) return MAP_FAILED;
    if (flags & MAP_FIXED && access == PROT_NONE) return address;
    if (flags & MAP_FIXED) return VirtualAlloc(address, size, MEM_COMMIT, protection(access)) ? address : MAP_FAILED;
    void *memory = VirtualAlloc(NULL, size, MEM_RESERVE | MEM_COMMIT, protection(access));
    return memory ? memory : MAP_FAILED;
}

int mprotect(void *address, size_t size, int access)
{
    DWORD before;
    return VirtualProtect(address, size, protection(access), &before) ? 0 : -1;
}

int munmap(void *address, size_t size)
{
    (void)size;
    return VirtualFree(address, 0, MEM_RELEASE) ? 0 : -1;
}

/* ---- signals ---- */

#define NO_SIGNALS "Windows has no such signals"

int sigaction(int number, const struct sigaction *action, struct sigaction *before)
{
    (void)number, (void)action, (void)before;
    skip(NO_SIGNALS);
}

int sigemptyset(sigset_t *set)
{
    *set = 0;
    return 0;
}

int sigfillset(sigset_t *set)
{
    *set = ~(sigset_t)0;
    return 0;
}

int sigaddset(sigset_t *set, int number)
{
    *set |= (sigset_t)1 << number;
    return 0;
}

int sigismember(const sigset_t *set, int number) { return (*set >> number & 1) != 0; }

int pthread_sigmask(int how, const sigset_t *set, sigset_t *before)
{
    (void)how;
    if (set) skip(NO_SIGNALS);
    if (before) *before = 0;
    return 0;
}

int posix_raise(int number)
{
    (void)number;
    skip(NO_SIGNALS);
}

int posix_pthread_kill(pthread_t thread, int number)
{
    (void)thread, (void)number;
    skip(NO_SIGNALS);
}

int kill(pid_t process, int number)
{
    (void)process, (void)number;
    skip(NO_SIGNALS);
}

unsigned alarm(unsigned seconds)
{
    (void)seconds;
    skip(NO_SIGNALS);
}

int timer_create(clockid_t clock, struct sigevent *event, timer_t *timer)
{
    (void)clock, (void)event, (void)timer;
    skip(NO_SIGNALS);
}

int timer_settime(timer_t timer, int flags, const struct itimerspec *value, struct itimerspec *before)
{
    (void)timer, (void)flags, (void)value, (void)before;
    skip(NO_SIGNALS);
}

int timer_delete(timer_t timer)
{
    (void)timer;
    skip(NO_SIGNALS);
}

/* ---- processes ---- */

int fork(void) { skip("Windows has no fork()"); }

pid_t waitpid(pid_t process, int *status, int options)
{
    (void)process, (void)status, (void)options;
    skip("Windows has no fork()");
}

pid_t gettid(void) { return GetCurrentThreadId(); }

int pause(void)
{
    for (;;) Sleep(INFINITE);
}

FILE *posix_popen(const char *command, const char *mode)
{
    (void)command, (void)mode;
    skip("Windows has no /proc");
}

/* Where the library reads it. */
int setenv(const char *name, const char *value, int replace)
{
    (void)replace;
    return _putenv_s(name, value);
}

int posix_unsetenv(const char *name) { return _putenv_s(name, ""); }

/* ---- descriptors and files ---- */

int getrlimit(int resource, struct rlimit *limit)
{
    (void)resource, (void)limit;
    skip("Windows has no limits of descriptors");
}

int setrlimit(int resource, const struct rlimit *limit)
{
    (void)resource, (void)limit;
    skip("Windows has no limits of descriptors");
}

int pipe(int ends[2]) { return _pipe(ends, 4096, _O_BINARY | _O_NOINHERIT); }

int memfd_create(const char *name, unsigned flags)
{
    (void)flags;
    char *path = _tempnam(NULL, name);
    int file = path ? _open(path, _O_CREAT | _O_EXCL | _O_RDWR | _O_BINARY | _O_TEMPORARY, _S_IREAD | _S_IWRITE) : -1;
    free(path);
    return file;
}

char *mkdtemp(char *pattern) { return _mktemp(pattern) && mkdir(pattern) == 0 ? pattern : NULL; }

/* ---- sockets ---- */

int __stdcall WSAStartup(unsigned short version, void *data);

__attribute__((constructor)) static void start(void)
{
    _setmode(1, _O_BINARY);
    _setmode(2, _O_BINARY);
    static uint64_t data[128]; /* WSADATA, which is smaller */
    if (WSAStartup(0x0202, data) != 0) FAIL("no sockets");
}
