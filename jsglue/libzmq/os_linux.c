#include "core.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <linux/membarrier.h>
#include <sched.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* ---- events ---- */

const int core_open_neither = O_PATH;

zmq_fd_t core_event_open(void)
{
    return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}

void core_event_set(zmq_fd_t event)
{
    uint64_t one = 1;
    ssize_t written = write(event, &one, sizeof one);
    (void)written; /* the counter cannot be full */
}

int core_event_reset(zmq_fd_t event)
{
    uint64_t count;
    return read(event, &count, sizeof count) >= 0;
}

/* ---- threads ---- */

static int membarrier(int command)
{
    return (int)syscall(SYS_membarrier, command, 0, 0);
}

int core_has_barrier(void)
{
    int commands = membarrier(MEMBARRIER_CMD_QUERY);
    return commands > 0 && (commands & MEMBARRIER_CMD_PRIVATE_EXPEDITED) != 0;
}

/* The process has to register for it first, which takes milliseconds if it has several threads. */
int core_barrier(void)
{
    if (membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED) == 0)
        return 0;
    if (membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED) == 0)
        return membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED);
    return membarrier(MEMBARRIER_CMD_GLOBAL);
}

int core_set_processors(const uint64_t *processors, int count)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    for (int i = 0; i < count; i++)
        if (processors[i / 64] >> i % 64 & 1)
            CPU_SET((size_t)i, &set);
    return pthread_setaffinity_np(pthread_self(), sizeof set, &set);
}

int core_is_on_stack(uintptr_t address)
{
    pthread_attr_t attributes;
    void *stack;
    size_t size;
    if (pthread_getattr_np(pthread_self(), &attributes) != 0)
        return 0;
    int known = pthread_attr_getstack(&attributes, &stack, &size) == 0;
    pthread_attr_destroy(&attributes);
    return known && address - (uintptr_t)stack < size;
}

/* syscall() is not a cancellation point. */

void core_word_change(core_word *word)
{
    atomic_fetch_add(word, 1);
    syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0);
}

void core_word_wait(core_word *word, uint32_t seen, int64_t deadline)
{
    const struct timespec until = {.tv_sec = deadline / 1000000000, .tv_nsec = deadline % 1000000000};
    if (deadline > 0) /* on the clock of core_now() */
        syscall(SYS_futex, word, FUTEX_WAIT_BITSET_PRIVATE, seen, &until, NULL, FUTEX_BITSET_MATCH_ANY);
}

/* The calls without a signal mask are faster by 13 and 40 ns; processors for which Linux came later, arm64 among them,
 * have only those with one. */
int core_epoll_now(int epoll, struct epoll_event *events, int count)
{
#ifdef SYS_epoll_wait
    return (int)syscall(SYS_epoll_wait, epoll, events, count, 0);
#else
    return (int)syscall(SYS_epoll_pwait, epoll, events, count, 0, NULL, (size_t)0);
#endif
}

int core_poll_now(struct pollfd *polled, size_t count)
{
#ifdef SYS_poll
    return (int)syscall(SYS_poll, polled, (nfds_t)count, 0);
#else
    struct timespec none = {0, 0};
    return (int)syscall(SYS_ppoll, polled, (nfds_t)count, &none, NULL, (size_t)0);
#endif
}
