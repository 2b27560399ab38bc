#ifndef CORE_OS_LINUX_H
#define CORE_OS_LINUX_H

#include "os_unix.h"

#include <sys/epoll.h>

/* epoll_wait() without waiting; the thread cannot be cancelled in it, so that no event is lost. */
int core_epoll_now(int epoll, struct epoll_event *events, int count);

static inline uintptr_t core_thread(void)
{
#if defined(__has_builtin)
#if __has_builtin(__builtin_thread_pointer)
    return (uintptr_t)__builtin_thread_pointer();
#endif
#endif
    return (uintptr_t)pthread_self();
}

#endif
