#include "glue.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

atomic_int glue_is_child;

static void child_after_fork(void)
{
    atomic_store(&glue_is_child, 1);
}

__attribute__((constructor)) static void watch_forks(void)
{
    pthread_atfork(NULL, NULL, child_after_fork);
}

glue_runtime *glue_runtime_new(void)
{
    glue_runtime *runtime = calloc(1, sizeof *runtime);
    if (runtime == NULL)
        return NULL;
    if (glue_runtime_open(runtime) == 0)
        return runtime;
    int error = errno;
    free(runtime);
    errno = error;
    return NULL;
}

int glue_runtime_open(glue_runtime *runtime)
{
    int descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (descriptor < 0)
        return -1;
    runtime->wake_descriptor = descriptor;
    runtime->contexts = NULL;
    atomic_store(&runtime->interrupts, 0);
    glue_runtime_admit(runtime);
    return 0;
}

void glue_runtime_close(glue_runtime *runtime)
{
    close(runtime->wake_descriptor);
}

void glue_runtime_free(glue_runtime *runtime)
{
    glue_runtime_close(runtime);
    free(runtime);
}

void glue_runtime_interrupt(glue_runtime *runtime)
{
    int error = errno;
    uint64_t one = 1;
    if (atomic_exchange(&runtime->interrupts, 1) == 0) {
        ssize_t written = write(runtime->wake_descriptor, &one, sizeof one);
        (void)written; /* the counter cannot be full */
    }
    errno = error;
}
