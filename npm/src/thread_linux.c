/* Watching by a thread of its own, which waits for all descriptors by an epoll: for hosts that have no libuv. */
#define _GNU_SOURCE
#define NAPI_VERSION 8
#include "watcher.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { BATCH = 64 };

typedef struct waiter {
    int epoll;
    int stop; /* eventfd, readable when the thread has to end */
    int armed; /* the number of armed ones */
    pthread_t thread;
    napi_threadsafe_function tell;
} waiter;

/* The thread's message to the loop. */
typedef struct batch {
    uint32_t count;
    uint32_t numbers[BATCH];
} batch;

static const uint64_t stop_key = UINT64_MAX;

static void *wait_for_all(void *argument)
{
    const waiter *waiter = argument;
    struct epoll_event events[BATCH];
    for (;;) {
        int count = epoll_wait(waiter->epoll, events, BATCH, -1);
        batch *ready = count > 0 ? calloc(1, sizeof *ready) : NULL;
        if (ready == NULL)
            continue; /* EINTR, or no memory, for which there may be some soon */
        for (int i = 0; i < count; i++) {
            if (events[i].data.u64 == stop_key) {
                free(ready);
                return NULL;
            }
            ready->numbers[ready->count++] = (uint32_t)events[i].data.u64;
        }
        if (napi_call_threadsafe_function(waiter->tell, ready, napi_tsfn_blocking) != napi_ok)
            free(ready);
    }
}

/* On the environment's thread; without an environment if that is ending. */
static void call_back(napi_env env, napi_value callback, void *context, void *data)
{
    const watcher *watcher = context;
    batch *ready = data;
    (void)callback;
    for (uint32_t i = 0; env != NULL && i < ready->count; i++)
        if (watcher_call(watcher, ready->numbers[i], NULL) != napi_ok)
            break;
    free(ready);
}

static int control(const waiter *waiter, int descriptor, uint64_t key, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.u64 = key};
    if (epoll_ctl(waiter->epoll, EPOLL_CTL_MOD, descriptor, &event) == 0)
        return 0;
    return errno == ENOENT && epoll_ctl(waiter->epoll, EPOLL_CTL_ADD, descriptor, &event) == 0 ? 0 : errno;
}

static void free_waiter(waiter *waiter)
{
    if (waiter->epoll >= 0)
        close(waiter->epoll);
    if (waiter->stop >= 0)
        close(waiter->stop);
    free(waiter);
}

static int begin(watcher *watcher)
{
    napi_env env = watcher->env;
    napi_value name;
    waiter *waiter = calloc(1, sizeof *waiter);
    int error = 0;
    if (waiter == NULL)
        return ENOMEM;
    waiter->epoll = epoll_create1(EPOLL_CLOEXEC);
    waiter->stop = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (waiter->epoll < 0 || waiter->stop < 0)
        error = errno;
    else
        error = control(waiter, waiter->stop, stop_key, EPOLLIN);
    if (error == 0 && (napi_create_string_utf8(env, "zmqjs", NAPI_AUTO_LENGTH, &name) != napi_ok ||
                       napi_create_threadsafe_function(env, NULL, NULL, name, 0, 1, NULL, NULL, watcher, call_back,
                                                       &waiter->tell) != napi_ok))
        error = ENOMEM;
    if (error == 0) {
        napi_unref_threadsafe_function(env, waiter->tell);
        error = system_thread_start(&waiter->thread, wait_for_all, waiter);
        if (error != 0)
            napi_release_threadsafe_function(waiter->tell, napi_tsfn_abort);
    }
    if (error != 0) {
        free_waiter(waiter);
        return error;
    }
    watcher->data = waiter;
    return 0;
}

static int open_watched(watched *watched)
{
    (void)watched;
    return 0;
}

static int arm(watched *watched)
{
    waiter *waiter = watched->owner->data;
    int error = control(waiter, watched->descriptor, watched->number, EPOLLIN | EPOLLONESHOT);
    if (error == 0 && !watched->armed) {
        watched->armed = 1;
        if (waiter->armed++ == 0)
            napi_ref_threadsafe_function(watched->owner->env, waiter->tell);
    }
    return error;
}

static void disarm(watched *watched)
{
    waiter *waiter = watched->owner->data;
    if (!watched->armed)
        return;
    watched->armed = 0;
    if (--waiter->armed == 0)
        napi_unref_threadsafe_function(watched->owner->env, waiter->tell);
}

static void close_watched(watched *watched)
{
    waiter *waiter = watched->owner->data;
    if (waiter != NULL)
        epoll_ctl(waiter->epoll, EPOLL_CTL_DEL, watched->descriptor, NULL);
    close(watched->descriptor);
    watched_release(watched);
}

/* Called before the host releases the function that the thread calls. */
static void end(watcher *watcher)
{
    waiter *waiter = watcher->data;
    const uint64_t one = 1;
    while (write(waiter->stop, &one, sizeof one) < 0 && errno == EINTR)
        continue;
    pthread_join(waiter->thread, NULL);
    for (watched *watched = watcher->first; watched != NULL; watched = watched->next)
        watched->armed = 0;
    napi_release_threadsafe_function(waiter->tell, napi_tsfn_abort);
    free_waiter(waiter);
    watcher->data = NULL;
}

const watching_way watching_by_thread = {begin, open_watched, arm, disarm, close_watched, end};
