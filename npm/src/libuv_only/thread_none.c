/* No thread watches: on Windows and macOS the addon runs in hosts that have libuv. */
#define NAPI_VERSION 8
#include "watcher.h"

#include <errno.h>

static int begin(watcher *watcher)
{
    (void)watcher;
    return ENOSYS;
}

const watching_way watching_by_thread = {.begin = begin};
