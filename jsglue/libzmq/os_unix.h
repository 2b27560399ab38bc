/* The parts of os.h that Unix systems share. */
#ifndef CORE_OS_UNIX_H
#define CORE_OS_UNIX_H

#include <poll.h>
#include <signal.h>

/* How the C library interprets formats of printf(), for the attribute format. */
#define CORE_PRINTF printf

/* The mode of open() that allows neither reading nor writing. */
extern const int core_open_neither;

/* core_event_new() for a process in which 0, 1 and 2 are open. */
zmq_fd_t core_event_open(void);

/* Restricts the calling thread to a set of processors (a bit each, count at most): 0, or an
 * errno. */
int core_set_processors(const uint64_t *processors, int count);

static inline int core_poll(struct pollfd *polled, size_t count, int timeout)
{
    return poll(polled, (nfds_t)count, timeout);
}

static inline int core_is_alone(void)
{
    return 0;
}

typedef sigset_t core_signals;

static inline void core_signals_block(core_signals *before)
{
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, before);
}

/* If those that instructions raise were blocked, they would end the process at once. */
static inline void core_signals_fill(core_signals *mask)
{
    sigfillset(mask);
    sigdelset(mask, SIGSEGV);
    sigdelset(mask, SIGBUS);
    sigdelset(mask, SIGFPE);
}

static inline void core_signals_hold(core_signals *before)
{
    sigset_t mask;
    core_signals_fill(&mask);
    pthread_sigmask(SIG_SETMASK, &mask, before);
}

static inline void core_signals_restore(const core_signals *before)
{
    pthread_sigmask(SIG_SETMASK, before, NULL);
}

#endif
