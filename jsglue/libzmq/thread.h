/* Threads of the library that never enter Go. */
#ifndef CORE_THREAD_H
#define CORE_THREAD_H

#include "core.h"

/* Starts a thread with every signal blocked, so that it gets none of the host's. It never enters
 * Go. 0, or an errno. */
int core_thread_start(void (*routine)(void *argument), void *argument);

#endif
