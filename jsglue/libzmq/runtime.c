#include "runtime.h"
#include "guard.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

atomic_int core_is_child;

core_runtime *_Atomic core_runtimes;

static void child_after_fork(void)
{
    atomic_store(&core_is_child, 1);
    for (core_runtime *runtime = atomic_load(&core_runtimes); runtime != NULL; runtime = runtime->next_made)
        atomic_store(&runtime->handle, NULL);
}

__attribute__((constructor)) static void watch_forks(void)
{
    core_after_fork(child_after_fork);
}

handle_table core_runtime_handles = HANDLE_TABLE_INITIALIZER(1);

static core_runtime *spare;
static pthread_mutex_t spare_lock = PTHREAD_MUTEX_INITIALIZER;

/* An unused runtime, perhaps a new one; NULL if memory runs out. */
static core_runtime *take_spare(void)
{
    pthread_mutex_lock(&spare_lock);
    core_runtime *taken = spare;
    if (taken != NULL)
        spare = taken->next_spare;
    pthread_mutex_unlock(&spare_lock);
    if (taken != NULL)
        return taken;
    taken = calloc(1, sizeof *taken);
    if (taken == NULL)
        return NULL;
    zmq_msg_init(&taken->message);
    taken->next_made = atomic_load(&core_runtimes);
    while (!atomic_compare_exchange_weak(&core_runtimes, &taken->next_made, taken))
        continue;
    return taken;
}

static void keep_spare(core_runtime *runtime)
{
    pthread_mutex_lock(&spare_lock);
    runtime->next_spare = spare;
    spare = runtime;
    pthread_mutex_unlock(&spare_lock);
}

/* Returns 0, or an errno. */
static int open_runtime(core_runtime *runtime, const zmqjs_engine *engine, void *payload)
{
    runtime->wake_event = core_event_new();
    if (runtime->wake_event == CORE_NO_FD)
        return errno;
    runtime->engine = engine != NULL ? *engine : (zmqjs_engine){0};
    runtime->payload = payload;
    runtime->contexts = NULL;
    runtime->retry_signals = 0;
    runtime->confirm_interrupt = NULL;
    atomic_store(&runtime->interrupts, 0);
    core_runtime_admit(runtime);
    zmqjs_runtime *handle = handle_add(&core_runtime_handles, runtime);
    if (handle == NULL) {
        core_runtime_shut(runtime);
        core_event_close(runtime->wake_event);
        return ENOMEM;
    }
    atomic_store(&runtime->handle, handle);
    return 0;
}

core_runtime *core_runtime_new(const zmqjs_engine *engine, void *payload)
{
    core_guard guard;
    int error = 0;
    core_guard_begin(&guard);
    core_runtime *runtime = take_spare();
    if (runtime != NULL && (error = open_runtime(runtime, engine, payload)) != 0) {
        keep_spare(runtime);
        runtime = NULL;
    }
    core_guard_end(&guard);
    if (error != 0)
        errno = error;
    return runtime;
}

/* Shuts the runtime of a handle: NULL with errno on failure. */
static core_runtime *shut(zmqjs_runtime *handle, uintptr_t here)
{
    core_runtime *runtime = handle_acquire(&core_runtime_handles, handle);
    if (runtime == NULL) {
        errno = EINVAL;
        return NULL;
    }
    core_runtime_forget_left(runtime, here);
    int error = core_runtime_shut(runtime) == 0 ? 0 : EBUSY;
    handle_release(&core_runtime_handles, handle);
    errno = error;
    return error == 0 ? runtime : NULL;
}

/* Ends a runtime whose thread has left a call. */
static void end(zmqjs_runtime *handle, core_runtime *runtime)
{
    atomic_store(&runtime->waits_at, 0);
    handle_acquire(&core_runtime_handles, handle);
    atomic_store(&runtime->handle, NULL);
    handle_remove(&core_runtime_handles, handle);
    core_event_close(runtime->wake_event);
    zmq_msg_close(&runtime->message);
    zmq_msg_init(&runtime->message);
    keep_spare(runtime);
}

int core_runtime_free(zmqjs_runtime *handle, int timeout, uintptr_t here)
{
    core_guard guard;
    core_guard_begin(&guard);
    core_runtime *runtime = shut(handle, here);
    int error = errno;
    if (runtime != NULL) {
        atomic_store(&runtime->waits_in, core_thread());
        atomic_store(&runtime->waits_at, (uintptr_t)__builtin_frame_address(0));
    }
    core_guard_end(&guard);
    if (runtime == NULL)
        return error;
    core_runtime_leave(runtime, timeout);
    core_guard_begin(&guard);
    end(handle, runtime);
    core_guard_end(&guard);
    return 0;
}

int core_runtime_interrupt(zmqjs_runtime *handle)
{
    int error = errno;
    core_guard guard;
    core_guard_begin(&guard);
    core_runtime *runtime = handle_acquire(&core_runtime_handles, handle);
    if (runtime != NULL) {
        if (atomic_exchange(&runtime->interrupts, 1) == 0)
            core_event_set(runtime->wake_event);
        handle_release(&core_runtime_handles, handle);
    }
    core_guard_end(&guard);
    errno = error;
    return runtime != NULL ? 0 : EINVAL;
}
