/*
 * Resources that are needed for loading. Go ends the process if one is missing, not always with a
 * message, and a constructor cannot make dlopen() fail. So each is tried before Go starts, and the
 * process ends with a line that names the missing one.
 */
#include "host_signals_linux.h"
#include "denied.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/futex.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* ---- system calls ---- */

static void close_tried(const char *call, int descriptor)
{
    if (descriptor < 0)
        load_fail(call, errno);
    close(descriptor);
}

static void try_calls(void)
{
    stack_t stack;
    struct sigaction action;
    sigset_t mask;
    if (sigaction(SIGPROF, NULL, &action) != 0)
        load_fail("sigaction()", errno);
    if (sigprocmask(SIG_BLOCK, NULL, &mask) != 0)
        load_fail("sigprocmask()", errno);
    if (sigaltstack(NULL, &stack) != 0)
        load_fail("sigaltstack()", errno);
    if (poll(NULL, 0, 0) < 0 && errno != EINTR)
        load_fail("poll()", errno);
    if (core_is_denied(fcntl(-1, F_GETFL)))
        load_fail("fcntl()", errno);
    int word = 0;
    if (syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0) < 0)
        load_fail("futex()", errno);
    close_tried("eventfd()", eventfd(0, EFD_CLOEXEC));
    close_tried("epoll_create1()", epoll_create1(EPOLL_CLOEXEC));
}

/* ---- threads ---- */

/* The number of threads that Go begins with. */
enum { THREADS = 5, THREAD_STACK = 64 * 1024 };

static void *wait_for_others(void *barrier)
{
    pthread_mutex_lock(barrier);
    pthread_mutex_unlock(barrier);
    return NULL;
}

/* With all signals blocked. */
static void try_threads(void)
{
    pthread_mutex_t barrier = PTHREAD_MUTEX_INITIALIZER;
    pthread_t threads[THREADS];
    pthread_attr_t attributes;
    int made = 0, error = pthread_attr_init(&attributes);
    size_t least = PTHREAD_STACK_MIN; /* twice THREAD_STACK on some processors */
    if (error == 0)
        error = pthread_attr_setstacksize(&attributes, least > THREAD_STACK ? least : THREAD_STACK);
    pthread_mutex_lock(&barrier);
    while (error == 0 && made < THREADS) {
        error = plain_thread_create(&threads[made], &attributes, wait_for_others, &barrier);
        made += error == 0;
    }
    pthread_mutex_unlock(&barrier);
    for (int i = 0; i < made; i++)
        pthread_join(threads[i], NULL);
    pthread_attr_destroy(&attributes);
    if (error != 0)
        load_fail("threads (RLIMIT_NPROC, or the control group's pids.max)", error);
}

/* ---- address space ---- */

/* The address space that Go reserves when it starts, and some for the threads' stacks. */
static const size_t address_space = (size_t)720 << 20;

static void try_address_space(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return;
    void *reserved = mmap(NULL, address_space, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (reserved == MAP_FAILED)
        load_fail("720 MiB of address space (RLIMIT_AS)", errno);
    munmap(reserved, address_space);
}

/* ---- data ---- */

/* What Go writes to when it starts. The stacks of its threads count too. */
static const size_t data_of_go = (size_t)36 << 20;

static size_t usual_stack_size(void)
{
    pthread_attr_t attributes;
    size_t size = 0;
    if (pthread_getattr_default_np(&attributes) == 0) {
        pthread_attr_getstacksize(&attributes, &size);
        pthread_attr_destroy(&attributes);
    }
    return size;
}

static void try_data(void)
{
    struct rlimit limit;
    char what[80];
    if (getrlimit(RLIMIT_DATA, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return;
    size_t size = data_of_go + THREADS * usual_stack_size();
    void *data = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (data == MAP_FAILED) {
        int error = errno;
        snprintf(what, sizeof what, "%zu MiB of data (RLIMIT_DATA)", size >> 20);
        load_fail(what, error);
    }
    munmap(data, size);
}

/* ---- the stack ---- */

/* The size that constructors need of the stack on which dlopen() was called. */
enum { STACK_NEEDED = 20 * 1024 };

static void try_stack(void)
{
    pthread_attr_t attributes;
    void *stack;
    size_t size;
    char here;
    if (gettid() == getpid() || pthread_getattr_np(pthread_self(), &attributes) != 0)
        return; /* the main thread's stack grows */
    int known = pthread_attr_getstack(&attributes, &stack, &size) == 0;
    pthread_attr_destroy(&attributes);
    size_t left = (size_t)(&here - (char *)stack);
    if (known && left < size && left < STACK_NEEDED) /* otherwise it is another stack, such as a coroutine's */
        load_fail("a larger stack of the thread that calls dlopen()", ENOMEM);
}

void load_limits_try(void)
{
    try_stack();
    try_calls();
    try_address_space();
    try_data();
    try_threads();
}
