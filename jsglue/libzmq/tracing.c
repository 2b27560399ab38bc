#include "tracing.h"
#include "socket.h"

core_tracer *_Atomic core_tracing;

static void emit(enum zmqjs_trace_kind kind, const core_socket *socket, const void *data, size_t size, int flags)
{
    core_tracer *tracer = atomic_load(&core_tracing);
    const zmqjs_trace_event event = {
        .kind = kind,
        .socket_type = socket->type,
        .socket = socket->number,
        .endpoint = socket->endpoint != NULL ? socket->endpoint : "",
        .data = data,
        .data_length = data == NULL ? 0 : size < CORE_TRACE_SHOWN ? size : CORE_TRACE_SHOWN,
        .size = size,
        .flags = flags,
    };
    if (tracer != NULL && !socket->inner)
        tracer(&event);
}

void core_trace(enum zmqjs_trace_kind kind, const core_socket *socket, const void *data, size_t size, int flags)
{
    if (kind == ZMQJS_TRACE_FULL)
        data = NULL; /* it was not sent */
    else if (data == NULL)
        data = "";
    emit(kind, socket, data, size, flags);
}

void core_trace_closed(const core_socket *socket)
{
    if (core_is_tracing())
        emit(ZMQJS_TRACE_CLOSE, socket, NULL, 0, 0);
}
