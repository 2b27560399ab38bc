/* Loaded before libc: clocks that jump. CLOCK_REALTIME is a day late and a day early in turn;
 * with JUMP_MONOTONIC in the environment, CLOCK_MONOTONIC advances by a day with each call. */
#define _GNU_SOURCE
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
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

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
    struct timespec time;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &time);
    now->tv_sec = time.tv_sec;
    now->tv_usec = time.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *now)
{
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    if (now != NULL)
        *now = time.tv_sec;
    return time.tv_sec;
}
