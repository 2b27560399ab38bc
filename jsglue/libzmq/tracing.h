/* Trace events of the sockets of scripts. */
#ifndef TRACING_H
#define TRACING_H

#include "core.h"
#include "zmqjs.h"

/* The function that receives them; NULL if there is none. */
typedef void core_tracer(const zmqjs_trace_event *event);
extern CORE_HIDDEN core_tracer *_Atomic core_tracing;

static inline int core_is_tracing(void)
{
    return UNLIKELY(atomic_load_explicit(&core_tracing, memory_order_relaxed) != NULL);
}

/* The number of bytes of a message in an event. */
enum { CORE_TRACE_SHOWN = 64 };

/* Traces a message part that is sent or received, or that finds no room. */
void core_trace(enum zmqjs_trace_kind kind, const core_socket *socket, const void *data, size_t size, int flags);

/* Traces that a socket was closed by the script. */
void core_trace_closed(const core_socket *socket);

#endif
