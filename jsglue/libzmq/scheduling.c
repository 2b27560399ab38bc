/*
 * libzmq ends the process where the system does not let its threads run as their context's
 * options say. So before libzmq starts them, a thread of the library's tries the same.
 */
#include "glue.h"

#include <semaphore.h>
#include <unistd.h>

void glue_scheduling_note(glue_scheduling *scheduling, int option, int value)
{
    switch (option) {
    case ZMQ_THREAD_PRIORITY:
        scheduling->priority = value;
        break;
    case ZMQ_THREAD_SCHED_POLICY:
        scheduling->policy = value;
        break;
    case ZMQ_THREAD_AFFINITY_CPU_ADD:
        CPU_SET((size_t)value, &scheduling->processors);
        break;
    case ZMQ_THREAD_AFFINITY_CPU_REMOVE:
        CPU_CLR((size_t)value, &scheduling->processors);
        break;
    }
}

struct trial {
    const glue_scheduling *scheduling;
    int error;
    sem_t over;
};

/* What libzmq's threads do, call by call: 0, or an errno. */
static int apply(const glue_scheduling *scheduling)
{
    int policy;
    struct sched_param parameter;
    int error = pthread_getschedparam(pthread_self(), &policy, &parameter);
    if (scheduling->policy != ZMQ_THREAD_SCHED_POLICY_DFLT)
        policy = scheduling->policy;
    int has_priorities = policy == SCHED_FIFO || policy == SCHED_RR;
    if (!has_priorities)
        parameter.sched_priority = 0;
    else if (scheduling->priority != ZMQ_THREAD_PRIORITY_DFLT)
        parameter.sched_priority = scheduling->priority;
    if (error == 0)
        error = pthread_setschedparam(pthread_self(), policy, &parameter);
    errno = 0;
    if (error == 0 && !has_priorities && scheduling->priority > 0 && nice(-20) == -1)
        error = errno != 0 ? errno : EINVAL; /* of -1 as a result libzmq thinks the same */
    if (error == 0 && CPU_COUNT(&scheduling->processors) > 0)
        error = pthread_setaffinity_np(pthread_self(), sizeof scheduling->processors, &scheduling->processors);
    return error;
}

static void try_out(void *argument)
{
    struct trial *trial = argument;
    trial->error = apply(trial->scheduling);
    sem_post(&trial->over);
}

int glue_scheduling_try(const glue_scheduling *scheduling)
{
    struct trial trial = {.scheduling = scheduling};
    if (scheduling->policy == ZMQ_THREAD_SCHED_POLICY_DFLT && scheduling->priority == ZMQ_THREAD_PRIORITY_DFLT &&
        CPU_COUNT(&scheduling->processors) == 0)
        return 0;
    sem_init(&trial.over, 0, 0);
    int error = glue_thread_start(try_out, &trial);
    while (error == 0 && sem_wait(&trial.over) != 0)
        continue; /* EINTR */
    sem_destroy(&trial.over);
    return error != 0 ? error : trial.error;
}
