/*
 * Tells JavaScript when file descriptors become readable, by a thread of its own that
 * waits for all of them: what the promise forms wait with.
 */
#ifndef WATCHER_H
#define WATCHER_H

#include <node_api.h>

/* Defines on exports, for one environment:
 *   listen(callback)  starts the thread; callback gets arrays of descriptors
 *   watch(fd)         tells once when fd is readable, or closed by its other end
 *   hold(on)          whether the thread keeps the event loop alive */
napi_status watcher_define(napi_env env, napi_value exports);

#endif
