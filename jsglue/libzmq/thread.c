#include "thread.h"

#include <stdlib.h>

struct start {
    void (*routine)(void *argument);
    void *argument;
};

static void *begin(void *argument)
{
    struct start start = *(struct start *)argument;
    free(argument);
    start.routine(start.argument);
    return NULL;
}

int core_thread_start(void (*routine)(void *argument), void *argument)
{
    struct start *start = malloc(sizeof *start);
    if (start == NULL)
        return ENOMEM;
    *start = (struct start){routine, argument};
    pthread_attr_t attributes;
    pthread_t thread;
    core_signals before;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attributes, (size_t)256 * 1024);
    core_signals_block(&before);
    int error = pthread_create(&thread, &attributes, begin, start);
    core_signals_restore(&before);
    pthread_attr_destroy(&attributes);
    if (error != 0)
        free(start);
    return error;
}
