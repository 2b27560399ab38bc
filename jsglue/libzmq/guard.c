#include "glue.h"

void glue_guard_begin(glue_guard *guard)
{
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &guard->cancel_state);
    glue_signals_hold(&guard->signals);
}

void glue_guard_end(const glue_guard *guard)
{
    glue_signals_restore(&guard->signals);
    pthread_setcancelstate(guard->cancel_state, NULL);
}
