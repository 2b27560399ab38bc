/*
 * The descriptors that Go waits with: an epoll, and in it an eventfd. They are opened on first use
 * of the library, so that a host can close unknown descriptors after loading it. If the host closes
 * them later, Go ends the process as soon as it waits.
 */
#include "_cgo_export.h"
#include "capi.h"
#include "denied.h"
#include "guard.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>


static int epoll = -1, event = -1;

static int is_of_library(uint64_t address)
{
    const void *there = core_module_of((const void *)(uintptr_t)address).base;
    return there != NULL && there == core_module_of(&epoll).base;
}

/* Looks in an epoll for the entry of Go's eventfd, whose data is the address of a variable in
 * the library. */
static void look_into(int number)
{
    char path[64], line[256];
    snprintf(path, sizeof path, "/proc/self/fdinfo/%d", number);
    FILE *information = fopen(path, "re");
    if (information == NULL)
        return;
    while (epoll < 0 && fgets(line, sizeof line, information) != NULL) {
        int descriptor;
        uint64_t data;
        if (sscanf(line, "tfd: %d events: %*x data: %" SCNx64, &descriptor, &data) == 2 && is_of_library(data)) {
            event = descriptor;
            epoll = number;
        }
    }
    fclose(information);
}

static int is_epoll(int number)
{
    static const char epoll_name[] = "anon_inode:[eventpoll]";
    char path[64], target[sizeof epoll_name];
    snprintf(path, sizeof path, "/proc/self/fd/%d", number);
    return readlink(path, target, sizeof target) == sizeof target - 1 &&
           memcmp(target, epoll_name, sizeof target - 1) == 0;
}

static void find(void)
{
    DIR *directory = opendir("/proc/self/fd");
    if (directory == NULL)
        return;
    for (const struct dirent *entry; epoll < 0 && (entry = readdir(directory)) != NULL;) {
        int number = (int)strtol(entry->d_name, NULL, 10); /* 0 for . and .. */
        if (is_epoll(number))
            look_into(number);
    }
    closedir(directory);
}

/* Calls by which libzmq makes a context and its threads, and the C library and Go get memory, with arguments that have
 * no effect. Returns NULL, or the call that a filter (seccomp) denies, with errno. */
static const char *denied_for_context(void)
{
    struct sched_param parameters = {0};
    /* By syscall(), since musl's functions for scheduling fail with ENOSYS whatever the kernel says. */
    if (core_is_denied(fcntl(-1, F_GETFL)))
        return "fcntl()";
    if (core_is_denied(syscall(SYS_sched_getscheduler, -1)))
        return "sched_getscheduler()";
    if (core_is_denied(syscall(SYS_sched_getparam, -1, &parameters)))
        return "sched_getparam()";
    if (core_is_denied(syscall(SYS_sched_setscheduler, -1, SCHED_OTHER, &parameters)))
        return "sched_setscheduler()";
    if (core_is_denied((long)(intptr_t)mmap(NULL, 0, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)))
        return "mmap()";
    if (core_is_denied(mprotect(NULL, 0, PROT_NONE)))
        return "mprotect()";
    return NULL;
}

/* Makes the system calls that Go and libzmq are about to make. Returns NULL, or the call that
 * fails, with errno. */
static const char *failing(int tried, int epoll_tried)
{
    struct epoll_event nothing = {.events = EPOLLIN};
    uint64_t count = 1;
    int word = 0;
    const char *denied = denied_for_context();
    if (denied != NULL)
        return denied;
    if (epoll_ctl(epoll_tried, EPOLL_CTL_ADD, tried, &nothing) != 0)
        return "epoll_ctl()";
    if (epoll_pwait(epoll_tried, &nothing, 1, 0, NULL) < 0)
        return "epoll_pwait()";
    if (epoll_wait(epoll_tried, &nothing, 1, 0) < 0)
        return "epoll_wait()";
    if (write(tried, &count, sizeof count) != sizeof count)
        return "write()";
    if (read(tried, &count, sizeof count) != sizeof count)
        return "read()";
    return syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0) < 0 ? "futex()" : NULL;
}

/* Returns 0, or an errno and the call that fails. */
static int try_descriptors(const char **call)
{
    int tried = core_event_new(), error = errno;
    if (tried < 0) {
        *call = "eventfd()";
        return error;
    }
    int epoll_tried = epoll_create1(EPOLL_CLOEXEC);
    *call = epoll_tried < 0 ? "epoll_create1()" : failing(tried, epoll_tried);
    error = *call != NULL ? errno : 0;
    if (close(tried) != 0 && error == 0) {
        *call = "close()";
        error = errno;
    }
    if (epoll_tried >= 0)
        close(epoll_tried);
    return error;
}

static int open_now(const char **call)
{
    signal_mask mask;
    int error = try_descriptors(call);
    if (error != 0)
        return error;
    host_signals_block(&mask);
    goSleep();
    host_signals_restore(&mask);
    find();
    return 0;
}

int go_descriptors_open(const char **call)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static atomic_int opened;
    int error = 0;
    core_guard guard;
    if (atomic_load(&opened))
        return 0;
    core_guard_begin(&guard);
    pthread_mutex_lock(&lock);
    if (!atomic_load(&opened)) {
        error = open_now(call);
        atomic_store(&opened, error == 0);
    }
    pthread_mutex_unlock(&lock);
    core_guard_end(&guard);
    return error;
}

/* Files of a file system and devices have a type; an eventfd has none. */
static int has_type(int descriptor)
{
    struct stat status;
    return fstat(descriptor, &status) == 0 && (status.st_mode & S_IFMT) != 0;
}

int go_descriptors_lost(void)
{
    int error = errno, added = EEXIST;
    struct epoll_event nothing = {0};
    if (epoll >= 0)
        added = epoll_ctl(epoll, EPOLL_CTL_ADD, event, &nothing) == 0 ? 0 : errno;
    if (added == 0) /* to another epoll, or another eventfd */
        epoll_ctl(epoll, EPOLL_CTL_DEL, event, &nothing);
    int lost = added == 0 || added == EBADF || added == EINVAL || (added == EPERM && has_type(event));
    errno = error;
    return lost;
}
