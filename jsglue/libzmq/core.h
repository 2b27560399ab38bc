/*
 * The C core: declarations that all its headers need. There is one header for each subject. The Go packages
 * and the C code of capi use them. All names begin with core_; the library exports none of them.
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

/* Which way a condition nearly always goes. */
#define LIKELY(condition) __builtin_expect((condition), 1)
#define UNLIKELY(condition) __builtin_expect((condition), 0)

/* Of a variable that is read in every call: it is found without the table that other libraries could change. */
#ifdef __ELF__
#define CORE_HIDDEN __attribute__((visibility("hidden")))
#else
#define CORE_HIDDEN
#endif

/* Repeats a call of libzmq that fails with EINTR: it does not wait, but a signal, of Go's
 * scheduler for example, may interrupt it. Its result is -1 if it fails. */
#define CORE_RETRY(call)                                                                                               \
    __extension__({                                                                                                    \
        int result;                                                                                                    \
        do                                                                                                             \
            result = (call);                                                                                           \
        while (result == -1 && zmq_errno() == EINTR);                                                                  \
        result;                                                                                                        \
    })

#endif
