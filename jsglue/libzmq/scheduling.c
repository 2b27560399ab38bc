#include "scheduling.h"

static void note_processor(core_scheduling *scheduling, int processor, int wanted)
{
    if (processor < 0 || processor >= CORE_PROCESSORS)
        return;
    uint64_t bit = (uint64_t)1 << processor % 64;
    if (wanted)
        scheduling->processors[processor / 64] |= bit;
    else
        scheduling->processors[processor / 64] &= ~bit;
}

void core_scheduling_note(core_scheduling *scheduling, int option, int value)
{
    switch (option) {
    case ZMQ_THREAD_PRIORITY:
        scheduling->priority = value;
        break;
    case ZMQ_THREAD_SCHED_POLICY:
        scheduling->policy = value;
        break;
    case ZMQ_THREAD_AFFINITY_CPU_ADD:
        note_processor(scheduling, value, 1);
        break;
    case ZMQ_THREAD_AFFINITY_CPU_REMOVE:
        note_processor(scheduling, value, 0);
        break;
    }
}
