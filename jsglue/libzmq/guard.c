#include "guard.h"

void core_guard_begin(core_guard *guard)
{
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &guard->cancel_state);
    core_signals_hold(&guard->signals);
}

void core_guard_end(const core_guard *guard)
{
    core_signals_restore(&guard->signals);
    pthread_setcancelstate(guard->cancel_state, NULL);
}
