/*
 * Twins: functions of the module that have an implementation in C besides the one in
 * Go, because they are called often and a crossing into Go costs more than they do. A
 * twin does what succeeds, and what waits; whatever else there is, wrong arguments,
 * errors, tracing, it leaves to Go, which then does all of it. So nothing is checked or
 * said twice.
 */
#ifndef TWIN_H
#define TWIN_H

#include "engine.h"

/* What a twin returns besides ZMQJS_OK and ZMQJS_DATA, with the call's result made, and
 * ZMQJS_EXCEPTION. */
enum { TWIN_DECLINES = 100 };

/* Whether twins are used: not while tracing, nor with ZMQJS_TWINS=0 in the environment. */
extern atomic_int twin_off;
static inline int twin_is_on(void)
{
    return atomic_load_explicit(&twin_off, memory_order_relaxed) == 0;
}

/* Tells that tracing has begun, or has ended. */
void twin_set_tracing(int tracing);

/* ---- what twins share: twin.c ---- */

/* The socket that is this, if it is open; else NULL. */
static inline glue_socket *twin_socket(const call *call)
{
    if (call->this_native == NULL || call->this_native->kind != NATIVE_SOCKET)
        return NULL;
    glue_socket *socket = call->this_native->glue;
    return socket->socket != NULL ? socket : NULL;
}

/* Reads an optional parameter of 32 bits: 0, or -1 if Go is to look at it. */
static inline int twin_read_flags(const call *call, size_t argument, int *flags)
{
    *flags = 0;
    if (argument >= call->argument_count || call->arguments[argument].type <= ZMQJS_NULL)
        return 0;
    *flags = call->arguments[argument].as.int32;
    return call->arguments[argument].type == ZMQJS_INT32 ? 0 : -1;
}

/* After EAGAIN: waits until another try is worth it. */
enum twin_wait {
    TWIN_TRY,       /* again */
    TWIN_UNDEFINED, /* the result: there is no time left */
    TWIN_LEAVE      /* to Go: it has ended the wait */
};
enum twin_wait twin_wait_for_socket(call *call, glue_socket *socket, int timeout_option);
static inline enum twin_wait twin_wait(call *call, glue_socket *socket, int flags, int timeout_option)
{
    return flags & ZMQ_DONTWAIT ? TWIN_UNDEFINED : twin_wait_for_socket(call, socket, timeout_option);
}

/* The two parts of a wait: what is waited for, a descriptor or, if that is -1, a poller;
 * and the wait itself, after which TWIN_TRY may be the last try: wait_result is then
 * GLUE_WAIT_TIMEOUT. */
void twin_prepare_wait(call *call, int descriptor, glue_poller *poller, int timeout);
enum twin_wait twin_wait_prepared(call *call);

/* Makes the call's result. */
static inline int twin_return_undefined(const call *call)
{
    return engine_return_nothing(call, ZMQJS_UNDEFINED);
}

static inline int twin_return_integer(const call *call, int64_t value)
{
    int32_t narrow = (int32_t)value;
    return value == narrow ? engine_return_int32(call, narrow) : engine_return_double(call, (double)value);
}

/* ---- the twins: twin_send.c, twin_receive.c, twin_poller.c, twin_option.c ---- */

int twin_send(call *call);
int twin_send_multipart(call *call);
int twin_receive_bytes(call *call);
int twin_receive_string(call *call);
int twin_receive_int(call *call);
int twin_receive_bigint(call *call);
int twin_receive_into(call *call);
int twin_receive_multipart(call *call);
int twin_wait_one(call *call);
int twin_poll_one(call *call);
int twin_wait_all(call *call);
int twin_poll_all(call *call);
int twin_get_int(call *call);
int twin_get_events(call *call);
int twin_get_descriptor(call *call);
int twin_get_closed(call *call);
int twin_get_type(call *call);

/* The twin of a method or getter: "Socket.send"; or NULL. */
twin_function *twin_of(const char *title);

#endif
