/* Code that is finished once it has begun. */
#ifndef CORE_GUARD_H
#define CORE_GUARD_H

#include "core.h"

/* Surround what must be finished once it has begun: the thread is not cancelled, and no handler of the
 * host's runs that could jump out of it. They nest. */
typedef struct core_guard {
    core_signals signals;
    int cancel_state;
} core_guard;
void core_guard_begin(core_guard *guard);
void core_guard_end(const core_guard *guard);

#endif
