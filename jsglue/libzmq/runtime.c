#include "glue.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

atomic_int glue_is_child;

/* Every runtime that was made. */
static glue_runtime *_Atomic every;

static void child_after_fork(void)
{
    atomic_store(&glue_is_child, 1);
    for (glue_runtime *runtime = atomic_load(&every); runtime != NULL; runtime = runtime->next_made)
        atomic_store(&runtime->handle, NULL);
}

__attribute__((constructor)) static void watch_forks(void)
{
    glue_after_fork(child_after_fork);
}

handle_table glue_runtime_handles = HANDLE_TABLE_INITIALIZER(1);

static glue_runtime *spare;
static pthread_mutex_t spare_lock = PTHREAD_MUTEX_INITIALIZER;

/* A runtime that nobody uses, perhaps a new one; NULL if memory runs out. */
static glue_runtime *take_spare(void)
{
    pthread_mutex_lock(&spare_lock);
    glue_runtime *taken = spare;
    if (taken != NULL)
        spare = taken->next_spare;
    pthread_mutex_unlock(&spare_lock);
    if (taken != NULL)
        return taken;
    taken = calloc(1, sizeof *taken);
    if (taken == NULL)
        return NULL;
    zmq_msg_init(&taken->message);
    taken->next_made = atomic_load(&every);
    while (!atomic_compare_exchange_weak(&every, &taken->next_made, taken))
        continue;
    return taken;
}

static void keep_spare(glue_runtime *runtime)
{
    pthread_mutex_lock(&spare_lock);
    runtime->next_spare = spare;
    spare = runtime;
    pthread_mutex_unlock(&spare_lock);
}

/* 0, or an errno. */
static int open_runtime(glue_runtime *runtime, const zmqjs_engine *engine, void *payload)
{
    runtime->wake_event = glue_event_new();
    if (runtime->wake_event == GLUE_NO_FD)
        return errno;
    runtime->engine = engine != NULL ? *engine : (zmqjs_engine){0};
    runtime->payload = payload;
    runtime->contexts = NULL;
    runtime->retry_signals = 0;
    runtime->confirm_interrupt = NULL;
    atomic_store(&runtime->interrupts, 0);
    glue_runtime_admit(runtime);
    zmqjs_runtime *handle = handle_add(&glue_runtime_handles, runtime);
    if (handle == NULL) {
        glue_runtime_shut(runtime);
        glue_event_close(runtime->wake_event);
        return ENOMEM;
    }
    atomic_store(&runtime->handle, handle);
    return 0;
}

glue_runtime *glue_runtime_new(const zmqjs_engine *engine, void *payload)
{
    glue_runtime *runtime = take_spare();
    if (runtime == NULL)
        return NULL;
    int error = open_runtime(runtime, engine, payload);
    if (error == 0)
        return runtime;
    keep_spare(runtime);
    errno = error;
    return NULL;
}

int glue_runtime_free(zmqjs_runtime *handle, int timeout)
{
    glue_runtime *runtime = handle_acquire(&glue_runtime_handles, handle);
    if (runtime == NULL)
        return EINVAL;
    if (glue_runtime_leave(runtime, timeout) != 0) {
        handle_release(&glue_runtime_handles, handle);
        return EBUSY;
    }
    atomic_store(&runtime->handle, NULL);
    handle_remove(&glue_runtime_handles, handle);
    glue_event_close(runtime->wake_event);
    zmq_msg_close(&runtime->message);
    zmq_msg_init(&runtime->message);
    keep_spare(runtime);
    return 0;
}

int glue_runtime_interrupt(zmqjs_runtime *handle)
{
    int error = errno;
    glue_runtime *runtime = handle_acquire(&glue_runtime_handles, handle);
    if (runtime == NULL)
        return EINVAL;
    if (atomic_exchange(&runtime->interrupts, 1) == 0)
        glue_event_set(runtime->wake_event);
    handle_release(&glue_runtime_handles, handle);
    errno = error;
    return 0;
}
