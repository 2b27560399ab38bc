/* Trace events of what passes the sockets of scripts. */
#ifndef TRACING_H
#define TRACING_H

#include "glue.h"
#include "zmqjs.h"

/* The function that sees them; NULL while there is none. */
typedef void glue_tracer(const zmqjs_trace_event *event);
extern GLUE_HIDDEN glue_tracer *_Atomic glue_tracing;

static inline int glue_is_tracing(void)
{
    return UNLIKELY(atomic_load_explicit(&glue_tracing, memory_order_relaxed) != NULL);
}

/* Traces a message part that passes a socket, or finds no room. */
void glue_trace(enum zmqjs_trace_kind kind, const glue_socket *socket, const void *data, size_t size, int flags);

/* Traces that a socket was closed by the script. */
void glue_trace_closed(const glue_socket *socket);

#endif
