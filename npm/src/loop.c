/*
 * Watching by the host's own event loop, where that is libuv's, as in Node and Electron: its functions are looked up in
 * the process, for other hosts with Node-API have none.
 */
#define NAPI_VERSION 8
#include "watcher.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Of libuv's ABI, which its version 1 keeps. */
enum { UV_POLL = 8, UV_MAJOR = 1 };

typedef void handle_callback(void *handle);
typedef void poll_callback(void *handle, int status, int events);

/* libuv's functions; they return 0, or an errno below zero. */
static struct {
    unsigned (*version)(void);
    const char *(*handle_type_name)(int type);
    size_t (*handle_size)(int type);
    void (*handle_set_data)(void *handle, void *data);
    void *(*handle_get_data)(const void *handle);
    void (*ref)(void *handle);
    void (*unref)(void *handle);
    void (*close)(void *handle, handle_callback *callback);
    int (*poll_init)(void *loop, void *handle, system_socket descriptor);
    int (*poll_start)(void *handle, int events, poll_callback *callback);
    int (*poll_stop)(void *handle);
    napi_status (*get_loop)(napi_env env, void **loop);
} uv;

static const struct {
    const char *name;
    void *place;
} symbols[] = {
    {"uv_version", &uv.version},
    {"uv_handle_type_name", &uv.handle_type_name},
    {"uv_handle_size", &uv.handle_size},
    {"uv_handle_set_data", &uv.handle_set_data},
    {"uv_handle_get_data", &uv.handle_get_data},
    {"uv_ref", &uv.ref},
    {"uv_unref", &uv.unref},
    {"uv_close", &uv.close},
    {"uv_poll_init_socket", &uv.poll_init},
    {"uv_poll_start", &uv.poll_start},
    {"uv_poll_stop", &uv.poll_stop},
    {"napi_get_uv_event_loop", &uv.get_loop},
};

/* Whether this is a libuv as expected. Several threads may look it up at once: they find the same. */
static int look_up(void)
{
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        void *found = system_function(symbols[i].name);
        if (found == NULL)
            return 0;
        memcpy(symbols[i].place, &found, sizeof found);
    }
    const char *name = uv.version() >> 16 == UV_MAJOR ? uv.handle_type_name(UV_POLL) : NULL;
    return name != NULL && strcmp(name, "poll") == 0;
}

typedef struct loop {
    void *loop;
    napi_async_context context;
    napi_async_cleanup_hook_handle hook; /* called when no handle is open any more */
    int open;                            /* the number of open handles */
    int ends;
} loop;

static void free_if_ended(watcher *watcher)
{
    loop *loop = watcher->data;
    if (!loop->ends || loop->open > 0)
        return;
    napi_remove_async_cleanup_hook(loop->hook);
    watcher->data = NULL;
    free(loop);
}

static void end_all(napi_async_cleanup_hook_handle hook, void *argument)
{
    watcher *watcher = argument;
    loop *loop = watcher->data;
    (void)hook;
    loop->ends = 1;
    free_if_ended(watcher);
}

static int begin(watcher *watcher)
{
    napi_env env = watcher->env;
    napi_value resource, name;
    loop *loop = look_up() ? calloc(1, sizeof *loop) : NULL;
    if (loop == NULL)
        return ENOSYS;
    if (uv.get_loop(env, &loop->loop) != napi_ok || loop->loop == NULL ||
        napi_create_object(env, &resource) != napi_ok ||
        napi_create_string_utf8(env, "zmqjs", NAPI_AUTO_LENGTH, &name) != napi_ok ||
        napi_async_init(env, resource, name, &loop->context) != napi_ok) {
        free(loop);
        return ENOSYS;
    }
    watcher->data = loop;
    if (napi_add_async_cleanup_hook(env, end_all, watcher, &loop->hook) != napi_ok) {
        napi_async_destroy(env, loop->context);
        watcher->data = NULL;
        free(loop);
        return ENOSYS;
    }
    return 0;
}

/* Without a wait, no further call is necessary. */
static void stop(watched *watched)
{
    if (watched->active)
        uv.poll_stop(watched->handle);
    watched->active = 0;
}

static void tell(void *handle, int status, int events)
{
    watched *watched = uv.handle_get_data(handle);
    const watcher *watcher = watched->owner;
    const loop *loop = watcher->data;
    napi_env env = watcher->env;
    napi_handle_scope scope;
    napi_value error;
    bool pending = false;
    (void)events;
    if (!watched->armed || status < 0)
        stop(watched);
    if (!watched->armed || napi_open_handle_scope(env, &scope) != napi_ok)
        return;
    if (watcher_call(watcher, watched->number, loop->context) == napi_pending_exception &&
        napi_is_exception_pending(env, &pending) == napi_ok && pending &&
        napi_get_and_clear_last_exception(env, &error) == napi_ok)
        napi_fatal_exception(env, error);
    napi_close_handle_scope(env, scope);
}

static int open_watched(watched *watched)
{
    loop *loop = watched->owner->data;
    watched->handle = calloc(1, uv.handle_size(UV_POLL));
    if (watched->handle == NULL)
        return ENOMEM;
    int error = -uv.poll_init(loop->loop, watched->handle, watched->descriptor);
    if (error != 0) {
        free(watched->handle);
        return error;
    }
    uv.handle_set_data(watched->handle, watched);
    uv.unref(watched->handle);
    loop->open++;
    return 0;
}

static int arm(watched *watched)
{
    if (!watched->active) {
        int error = -uv.poll_start(watched->handle, watched->events, tell);
        if (error != 0)
            return error;
        watched->active = 1;
    }
    if (!watched->armed)
        uv.ref(watched->handle);
    watched->armed = 1;
    return 0;
}

/* The handle stays active: another wait soon needs no system call. */
static void disarm(watched *watched)
{
    if (watched->armed)
        uv.unref(watched->handle);
    watched->armed = 0;
}

static void closed(void *handle)
{
    watched *watched = uv.handle_get_data(handle);
    watcher *watcher = watched->owner;
    loop *loop = watcher->data;
    system_close(watched->descriptor);
    free(handle);
    loop->open--;
    free_if_ended(watcher);
    watched_release(watched);
}

static void close_watched(watched *watched)
{
    stop(watched);
    uv.close(watched->handle, closed);
}

/* Open handles are closed next; the hook above, which runs after that, waits for it. */
static void end(watcher *watcher)
{
    const loop *loop = watcher->data;
    if (loop != NULL)
        napi_async_destroy(watcher->env, loop->context);
}

const watching_way watching_by_loop = {begin, open_watched, arm, disarm, close_watched, end};
