/* Loaded before libc: clocks that jump. CLOCK_REALTIME is a day late and a day early in turn;
 * with JUMP_MONOTONIC in the environment, CLOCK_MONOTONIC advances by a day with each call. */
#define _GNU_SOURCE
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static atomic_long asked;

int clock_gettime(clockid_t clock, struct timespec *now)
{
    long result = syscall(SYS_clock_gettime, clock, now);
    if (clock == CLOCK_REALTIME)
        now->tv_sec += atomic_fetch_add(&asked, 1) % 2 ? 86400 : -86400;
    else if (clock == CLOCK_MONOTONIC && getenv("JUMP_MONOTONIC") != NULL)
        now->tv_sec += 86400 * atomic_fetch_add(&asked, 1);
    return (int)result;
}

#include "../../testkit/testdata/calendar.h"
