#define _GNU_SOURCE
#include "system.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

int system_duplicate(int descriptor, system_socket *duplicate)
{
    *duplicate = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
    return *duplicate < 0 ? errno : 0;
}

void system_close(system_socket descriptor)
{
    close(descriptor);
}

void *system_function(const char *name)
{
    return dlsym(RTLD_DEFAULT, name);
}

int system_thread_start(pthread_t *thread, void *(*run)(void *argument), void *argument)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int error = pthread_create(thread, NULL, run, argument);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return error;
}

int system_at_exit(void (*run)(void))
{
    return atexit(run);
}
