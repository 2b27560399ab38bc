/* Code that must not be left halfway. */
#ifndef CORE_GUARD_H
#define CORE_GUARD_H

#include "core.h"

/* Surround code that must not be left halfway: the thread cannot be cancelled in it, and no
 * handler of the host that could jump out runs. They nest. */
typedef struct core_guard {
    core_signals signals;
    int cancel_state;
} core_guard;
void core_guard_begin(core_guard *guard);
void core_guard_end(const core_guard *guard);

#endif
