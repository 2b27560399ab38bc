/* Scheduling of libzmq's threads of a context: scheduling.c, scheduling_unix.c. */
#ifndef CORE_SCHEDULING_H
#define CORE_SCHEDULING_H

#include "core.h"

enum { CORE_PROCESSORS = 1024 };
typedef struct core_scheduling {
    int priority, policy; /* ZMQ_THREAD_PRIORITY, ZMQ_THREAD_SCHED_POLICY */
    uint64_t processors[CORE_PROCESSORS / 64]; /* a bit each: ZMQ_THREAD_AFFINITY_CPU_ADD */
} core_scheduling;

/* Notes an option of a context if it concerns scheduling. Processors from CORE_PROCESSORS on are
 * ignored. */
void core_scheduling_note(core_scheduling *scheduling, int option, int value);

/* Whether the system allows such scheduling for libzmq's threads: 0, or an errno. */
int core_scheduling_try(const core_scheduling *scheduling);

#endif
