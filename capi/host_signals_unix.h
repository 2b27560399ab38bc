/* Keeps Go and the host's signals apart on Unix systems. */
#ifndef HOST_SIGNALS_UNIX_H
#define HOST_SIGNALS_UNIX_H

#include "capi.h"

/* ---- host_signals_unix.c ---- */

/* Where the calling thread is: inside an entry into Go, or on a thread created by Go, and not in
 * a callback of the host. Async-signal-safe. */
enum go_place { GO_PLACE_OUTSIDE, GO_PLACE_IN_CALL, GO_PLACE_THREAD_OF_GO };
enum go_place go_place(void);
/* Called first on a thread created by Go. */
void go_thread_begin(void);

/* ---- go_threads_linux.c, host_signals_darwin.c: the threads on which Go runs ---- */

/* Surround an entry into Go, with all signals blocked. They prepare a thread for its first
 * entry, and wait for threads that Go has begun to start. */
void go_thread_prepare(void);
void go_thread_settle(void);

#endif
