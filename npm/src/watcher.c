#define _GNU_SOURCE
#define NAPI_VERSION 8
#include "watcher.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { BATCH = 64 };

typedef struct watcher {
    int epoll;
    int stop; /* eventfd, readable when the thread is to end */
    int started;
    pthread_t thread;
    napi_threadsafe_function tell;
} watcher;

/* What the thread hands over: descriptors. */
typedef struct batch {
    uint32_t count;
    int descriptors[BATCH];
} batch;

static void *wait_for_all(void *argument)
{
    watcher *watcher = argument;
    struct epoll_event events[BATCH];
    for (;;) {
        int count = epoll_wait(watcher->epoll, events, BATCH, -1);
        batch *ready = count > 0 ? calloc(1, sizeof *ready) : NULL;
        if (ready == NULL)
            continue; /* EINTR, or no memory, for which there may be some soon */
        for (int i = 0; i < count; i++) {
            if (events[i].data.fd == watcher->stop) {
                free(ready);
                return NULL;
            }
            ready->descriptors[ready->count++] = events[i].data.fd;
        }
        if (napi_call_threadsafe_function(watcher->tell, ready, napi_tsfn_blocking) != napi_ok)
            free(ready);
    }
}

/* On the environment's thread; without an environment if that is ending. */
static void call_back(napi_env env, napi_value callback, void *context, void *data)
{
    batch *ready = data;
    napi_value list, undefined, number, result;
    (void)context;
    if (env != NULL && napi_create_array_with_length(env, ready->count, &list) == napi_ok &&
        napi_get_undefined(env, &undefined) == napi_ok) {
        for (uint32_t i = 0; i < ready->count; i++)
            if (napi_create_int32(env, ready->descriptors[i], &number) == napi_ok)
                napi_set_element(env, list, i, number);
        napi_call_function(env, undefined, callback, 1, &list, &result);
    }
    free(ready);
}

static napi_value fail(napi_env env, const char *what)
{
    napi_throw_error(env, NULL, what);
    return NULL;
}

static int add(watcher *watcher, int descriptor, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.fd = descriptor};
    if (epoll_ctl(watcher->epoll, EPOLL_CTL_MOD, descriptor, &event) == 0)
        return 0;
    return errno == ENOENT ? epoll_ctl(watcher->epoll, EPOLL_CTL_ADD, descriptor, &event) : -1;
}

/* The host's signals are not for the thread. */
static int start_thread(watcher *watcher)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int error = pthread_create(&watcher->thread, NULL, wait_for_all, watcher);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return error;
}

/* Before Node ends the function by which the thread tells. */
static void end(void *argument)
{
    watcher *watcher = argument;
    uint64_t one = 1;
    if (watcher->started) {
        while (write(watcher->stop, &one, sizeof one) < 0 && errno == EINTR)
            continue;
        pthread_join(watcher->thread, NULL);
        napi_release_threadsafe_function(watcher->tell, napi_tsfn_abort);
    }
    if (watcher->epoll >= 0)
        close(watcher->epoll);
    if (watcher->stop >= 0)
        close(watcher->stop);
    free(watcher);
}

static watcher *read_call(napi_env env, napi_callback_info info, napi_value *argument)
{
    size_t count = 1;
    void *data = NULL;
    return napi_get_cb_info(env, info, &count, argument, NULL, &data) == napi_ok ? data : NULL;
}

static napi_value listen_for_all(napi_env env, napi_callback_info info)
{
    napi_value callback, name;
    watcher *watcher = read_call(env, info, &callback);
    if (watcher->started)
        return NULL;
    watcher->epoll = epoll_create1(EPOLL_CLOEXEC);
    watcher->stop = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (watcher->epoll < 0 || watcher->stop < 0 || add(watcher, watcher->stop, EPOLLIN) != 0)
        return fail(env, "zmqjs: no descriptors left for waiting");
    if (napi_create_string_utf8(env, "zmqjs", NAPI_AUTO_LENGTH, &name) != napi_ok ||
        napi_create_threadsafe_function(env, callback, NULL, name, 0, 1, NULL, NULL, NULL, call_back,
                                        &watcher->tell) != napi_ok)
        return fail(env, "zmqjs: no function for the waiting thread");
    napi_unref_threadsafe_function(env, watcher->tell);
    /* Hooks run last in, first out: so this one before that of the function. */
    if (napi_add_env_cleanup_hook(env, end, watcher) != napi_ok || start_thread(watcher) != 0)
        return fail(env, "zmqjs: the waiting thread cannot be started");
    watcher->started = 1;
    return NULL;
}

static napi_value watch(napi_env env, napi_callback_info info)
{
    napi_value argument;
    int32_t descriptor;
    watcher *watcher = read_call(env, info, &argument);
    if (napi_get_value_int32(env, argument, &descriptor) != napi_ok)
        return fail(env, "zmqjs: watch(fd)");
    if (!watcher->started || add(watcher, descriptor, EPOLLIN | EPOLLONESHOT) != 0)
        return fail(env, strerror(errno));
    return NULL;
}

static napi_value hold(napi_env env, napi_callback_info info)
{
    napi_value argument;
    bool on;
    watcher *watcher = read_call(env, info, &argument);
    if (!watcher->started || napi_get_value_bool(env, argument, &on) != napi_ok)
        return NULL;
    if (on)
        napi_ref_threadsafe_function(env, watcher->tell);
    else
        napi_unref_threadsafe_function(env, watcher->tell);
    return NULL;
}

napi_status watcher_define(napi_env env, napi_value exports)
{
    watcher *watcher = calloc(1, sizeof *watcher);
    if (watcher == NULL)
        return napi_generic_failure;
    watcher->epoll = watcher->stop = -1;
    const napi_property_descriptor properties[] = {
        {"listen", NULL, listen_for_all, NULL, NULL, NULL, napi_default, watcher},
        {"watch", NULL, watch, NULL, NULL, NULL, napi_default, watcher},
        {"hold", NULL, hold, NULL, NULL, NULL, napi_default, watcher},
    };
    return napi_define_properties(env, exports, sizeof properties / sizeof *properties, properties);
}
