#include "system.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

char **system_arguments(int *count, char **arguments)
{
    (void)count;
    return arguments;
}

int system_handle(int signal_number, void (*handler)(int))
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    return sigaction(signal_number, &action, NULL) == 0 ? 0 : errno;
}

int system_start_thread(pthread_t *thread, void *(*routine)(void *))
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int error = pthread_create(thread, NULL, routine, NULL);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return error;
}

clockid_t system_condition(pthread_cond_t *condition)
{
#ifdef __APPLE__ /* which has no pthread_condattr_setclock() */
    pthread_cond_init(condition, NULL);
    return CLOCK_REALTIME;
#else
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(condition, &attributes);
    pthread_condattr_destroy(&attributes);
    return CLOCK_MONOTONIC;
#endif
}

static char *text;
static size_t size;

FILE *system_open_text(void)
{
    return open_memstream(&text, &size);
}

char *system_close_text(FILE *stream)
{
    if (fclose(stream) == 0)
        return text;
    free(text);
    return NULL;
}
