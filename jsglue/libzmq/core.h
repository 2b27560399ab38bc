/*
 * The C core: declarations for all its headers. Each subject has one header. The Go packages and
 * the C code of capi use them. All names begin with core_; the library exports none of them.
 */
#ifndef CORE_H
#define CORE_H

#include <errno.h>
#include <limits.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <zmq.h>

#include "handle_table.h"
#include "os.h"
#include "zmqjs.h"

typedef struct core_runtime core_runtime;
typedef struct core_context core_context;
typedef struct core_socket core_socket;
typedef struct core_poller core_poller;
typedef struct core_monitor core_monitor;

/* The usual result of a condition. */
#define LIKELY(condition) __builtin_expect((condition), 1)
#define UNLIKELY(condition) __builtin_expect((condition), 0)

/* Of a variable that is read in every call: it is accessed without the table through which other
 * libraries could replace it. */
#ifdef __ELF__
#define CORE_HIDDEN __attribute__((visibility("hidden")))
#else
#define CORE_HIDDEN
#endif

/* Repeats a call of libzmq while it fails with EINTR: the call does not wait, but a signal, for
 * example from Go's scheduler, may interrupt it. The call returns -1 on failure. */
#define CORE_RETRY(call)                                                                                               \
    __extension__({                                                                                                    \
        int result;                                                                                                    \
        do                                                                                                             \
            result = (call);                                                                                           \
        while (result == -1 && zmq_errno() == EINTR);                                                                  \
        result;                                                                                                        \
    })

#endif
