/* macOS. make cross compiles and links this file; it has not been run. */
#include "core.h"
#include "wait.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/event.h>
#include <time.h>
#include <unistd.h>

/* ---- events: a kqueue with one user event, which no child inherits ---- */

const int core_open_neither = O_EVTONLY;

enum { EVENT_IDENTITY = 1 };

zmq_fd_t core_event_open(void)
{
    struct kevent event;
    int queue = kqueue();
    if (queue < 0)
        return CORE_NO_FD;
    EV_SET(&event, EVENT_IDENTITY, EVFILT_USER, EV_ADD | EV_CLEAR, 0, 0, NULL);
    if (fcntl(queue, F_SETFD, FD_CLOEXEC) == 0 && kevent(queue, &event, 1, NULL, 0, NULL) == 0)
        return queue;
    int error = errno;
    close(queue);
    errno = error;
    return CORE_NO_FD;
}

void core_event_set(zmq_fd_t event)
{
    struct kevent change;
    EV_SET(&change, EVENT_IDENTITY, EVFILT_USER, 0, NOTE_TRIGGER, 0, NULL);
    kevent(event, &change, 1, NULL, 0, NULL);
}

int core_event_reset(zmq_fd_t event)
{
    const struct timespec none = {0, 0};
    struct kevent happened;
    return kevent(event, NULL, 0, &happened, 1, &none) > 0;
}

/* ---- threads ---- */

int core_has_barrier(void)
{
    return 0;
}

int core_barrier(void)
{
    return -1;
}

/* libzmq has no such option on macOS. */
int core_set_processors(const uint64_t *processors, int count)
{
    (void)processors, (void)count;
    return 0;
}

int core_is_on_stack(uintptr_t address)
{
    uintptr_t top = (uintptr_t)pthread_get_stackaddr_np(pthread_self());
    return top - address - 1 < pthread_get_stacksize_np(pthread_self());
}

/* A handler may jump out of the wait, which pthread's conditions do not allow. The C++ library
 * of the system waits with these functions; no header declares them. */
enum { UL_COMPARE_AND_WAIT = 1, ULF_WAKE_ALL = 0x100 };
int __ulock_wait(uint32_t operation, void *address, uint64_t value, uint32_t microseconds);
int __ulock_wake(uint32_t operation, void *address, uint64_t value);

void core_word_change(core_word *word)
{
    atomic_fetch_add(word, 1);
    __ulock_wake(UL_COMPARE_AND_WAIT | ULF_WAKE_ALL, word, 0);
}

void core_word_wait(core_word *word, uint32_t seen, int64_t deadline)
{
    int64_t left = (deadline - core_now()) / 1000;
    if (deadline > 0 && left > 0) /* 0 would wait without limit */
        __ulock_wait(UL_COMPARE_AND_WAIT, word, seen, left < UINT32_MAX ? (uint32_t)left : UINT32_MAX);
}

/* poll() as a system call, which is not a cancellation point. */
int poll_not_cancelled(struct pollfd *polled, nfds_t count, int timeout) __asm__("_poll$NOCANCEL");

int core_poll_now(struct pollfd *polled, size_t count)
{
    return poll_not_cancelled(polled, (nfds_t)count, 0);
}
