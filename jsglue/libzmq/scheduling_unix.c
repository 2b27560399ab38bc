//go:build unix

/*
 * libzmq ends the process if the system refuses the scheduling that the options of a context demand
 * for its threads. So a thread of the library tries it before libzmq starts its own.
 */
#include "scheduling.h"
#include "thread.h"

#include <sched.h>
#include <unistd.h>

struct trial {
    const core_scheduling *scheduling;
    int error;
    int over;
    pthread_mutex_t lock;
    pthread_cond_t ended;
};

static int wants_processors(const core_scheduling *scheduling)
{
    for (int i = 0; i < CORE_PROCESSORS / 64; i++)
        if (scheduling->processors[i] != 0)
            return 1;
    return 0;
}

/* Makes the system calls of libzmq's threads: 0, or an errno. */
static int apply(const core_scheduling *scheduling)
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
        error = errno != 0 ? errno : EINVAL; /* libzmq treats a result of -1 in the same way */
    if (error == 0 && wants_processors(scheduling))
        error = core_set_processors(scheduling->processors, CORE_PROCESSORS);
    return error;
}

static void try_out(void *argument)
{
    struct trial *trial = argument;
    trial->error = apply(trial->scheduling);
    pthread_mutex_lock(&trial->lock);
    trial->over = 1;
    pthread_cond_signal(&trial->ended);
    pthread_mutex_unlock(&trial->lock);
}

int core_scheduling_try(const core_scheduling *scheduling)
{
    struct trial trial = {
        .scheduling = scheduling,
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .ended = PTHREAD_COND_INITIALIZER,
    };
    if (scheduling->policy == ZMQ_THREAD_SCHED_POLICY_DFLT && scheduling->priority == ZMQ_THREAD_PRIORITY_DFLT &&
        !wants_processors(scheduling))
        return 0;
    int error = core_thread_start(try_out, &trial);
    pthread_mutex_lock(&trial.lock);
    while (error == 0 && !trial.over)
        pthread_cond_wait(&trial.ended, &trial.lock);
    pthread_mutex_unlock(&trial.lock);
    return error != 0 ? error : trial.error;
}
