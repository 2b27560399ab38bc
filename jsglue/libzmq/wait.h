/* Waiting, and the time. */
#ifndef CORE_WAIT_H
#define CORE_WAIT_H

#include "core.h"

enum core_wait_result {
    CORE_WAIT_READY = 1,
    CORE_WAIT_TIMEOUT = 2,
    CORE_WAIT_INTERRUPTED = 3, /* by core_runtime_interrupt or asked */
    CORE_WAIT_SIGNAL = 4,      /* a signal handler has run */
    CORE_WAIT_FAILED = 5       /* errno */
};

/* The conditions of a wait. */
typedef struct core_wait {
    zmq_fd_t descriptor; /* one descriptor to become readable; CORE_NO_FD: those of poller */
    core_poller *poller; /* or NULL: none */
    int64_t deadline; /* CLOCK_MONOTONIC in ns; negative: none */
    /* Called at least every 50 ms and after a signal, if not NULL. */
    int (*interrupted)(void *argument);
    void *argument;
} core_wait;

enum core_wait_result core_wait_for(core_runtime *runtime, const core_wait *wait);

/* CLOCK_MONOTONIC in nanoseconds. */
int64_t core_now(void);

/* The time after a number of milliseconds; for a negative number there is none. */
int64_t core_deadline(int milliseconds);

#endif
