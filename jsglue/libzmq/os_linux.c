#include "glue.h"

#include <fcntl.h>
#include <linux/membarrier.h>
#include <sched.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* ---- events ---- */

const int glue_open_neither = O_PATH;

zmq_fd_t glue_event_open(void)
{
    return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}

void glue_event_set(zmq_fd_t event)
{
    uint64_t one = 1;
    ssize_t written = write(event, &one, sizeof one);
    (void)written; /* the counter cannot be full */
}

int glue_event_reset(zmq_fd_t event)
{
    uint64_t count;
    return read(event, &count, sizeof count) >= 0;
}

/* ---- threads ---- */

static int membarrier(int command)
{
    return (int)syscall(SYS_membarrier, command, 0, 0);
}

int glue_has_barrier(void)
{
    int commands = membarrier(MEMBARRIER_CMD_QUERY);
    return commands > 0 && (commands & MEMBARRIER_CMD_PRIVATE_EXPEDITED) != 0;
}

/* It has to be asked for first, which takes milliseconds where there are threads. */
int glue_barrier(void)
{
    if (membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED) == 0)
        return 0;
    if (membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED) == 0)
        return membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED);
    return membarrier(MEMBARRIER_CMD_GLOBAL);
}

int glue_set_processors(const uint64_t *processors, int count)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    for (int i = 0; i < count; i++)
        if (processors[i / 64] >> i % 64 & 1)
            CPU_SET((size_t)i, &set);
    return pthread_setaffinity_np(pthread_self(), sizeof set, &set);
}

void glue_condition_init(pthread_cond_t *condition)
{
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(condition, &attributes);
    pthread_condattr_destroy(&attributes);
}

int glue_condition_wait_until(pthread_cond_t *condition, pthread_mutex_t *lock, int64_t deadline)
{
    struct timespec time = {.tv_sec = deadline / 1000000000, .tv_nsec = deadline % 1000000000};
    return pthread_cond_timedwait(condition, lock, &time);
}
