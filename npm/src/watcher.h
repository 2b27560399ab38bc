/*
 * Notifies JavaScript when file descriptors become readable: the waits of the promise forms. A
 * duplicate of each descriptor is watched, so that its owner may close it at any time.
 *
 * There are two ways: the host's own event loop, if that is libuv's (loop.c), and on Linux a thread
 * with an epoll (thread_linux.c).
 */
#ifndef WATCHER_H
#define WATCHER_H

#include <node_api.h>
#include <stdint.h>

#include "system.h"

/* Defines on exports, for one environment:
 *   listen(callback, by_loop)  comes first; callback gets the number of a descriptor that is ready
 *   open(fd, number, events?)  gives an object for the other functions; the events of the descriptor to be told of are a
 *                              combination of WATCH_READABLE, which is the default, and by the event loop WATCH_WRITABLE
 *   arm(object)                has callback called when it has one of these, once at least, and keeps
 *                              the event loop alive
 *   disarm(object)             ends both
 *   close(object)              */
napi_status watcher_define(napi_env env, napi_value exports);

/* The values of libuv. */
enum { WATCH_READABLE = 1, WATCH_WRITABLE = 2 };

typedef struct watcher watcher;

/* A descriptor that is watched. */
typedef struct watched {
    watcher *owner;
    struct watched *next, **link; /* in the list of those that are open */
    system_socket descriptor;     /* the duplicate */
    uint32_t number;
    int events;
    int armed;
    int references; /* of the object in JavaScript, and of waits until it is closed */
    void *handle;   /* for loop.c */
    int active;
} watched;

/* A way to watch. The functions return 0, or an errno. On the environment's thread. */
typedef struct watching_way {
    int (*begin)(watcher *watcher);
    int (*open)(watched *watched); /* holds a reference of it from then on */
    int (*arm)(watched *watched);
    void (*disarm)(watched *watched);
    void (*close)(watched *watched); /* closes the descriptor, and gives the reference back, at once or later */
    void (*end)(watcher *watcher);   /* the environment ends */
} watching_way;

extern const watching_way watching_by_loop, watching_by_thread;

/* All that an environment has of this. */
struct watcher {
    napi_env env;
    const watching_way *way; /* NULL before listen() */
    napi_ref callback;
    watched *first;
    int references; /* the exports, and each watched */
    void *data;     /* the way's */
};

/* Calls the callback for one that is ready; inside a callback of the host's loop. */
napi_status watcher_call(const watcher *watcher, uint32_t number, napi_async_context context);

void watched_release(watched *watched);

#endif
