#include "twin.h"

#include <stdlib.h>
#include <string.h>

#include "engine.h"

atomic_int twin_off; /* bits: */
enum { OFF_BY_ENVIRONMENT = 1, OFF_WHILE_TRACING = 2 };

__attribute__((constructor)) static void read_environment(void)
{
    const char *text = getenv("ZMQJS_TWINS");
    if (text != NULL && strcmp(text, "0") == 0)
        atomic_fetch_or(&twin_off, OFF_BY_ENVIRONMENT);
}

void twin_set_tracing(int tracing)
{
    if (tracing)
        atomic_fetch_or(&twin_off, OFF_WHILE_TRACING);
    else
        atomic_fetch_and(&twin_off, ~OFF_WHILE_TRACING);
}

static const struct {
    const char *title;
    twin_function *twin;
} twins[] = {
    {"Socket.send", twin_send},
    {"Socket.send_multipart", twin_send_multipart},
    {"Socket.recv", twin_receive_bytes},
    {"Socket.recv_uint8ffarray", twin_receive_bytes},
    {"Socket.recv_str", twin_receive_string},
    {"Socket.recv_int", twin_receive_int},
    {"Socket.recv_bigint", twin_receive_bigint},
    {"Socket.recv_into", twin_receive_into},
    {"Socket.recv_multipart", twin_receive_multipart},
    {"Socket.getsockopt_int", twin_get_int},
    {"Socket.events", twin_get_events},
    {"Socket.fd", twin_get_descriptor},
    {"Socket.closed", twin_get_closed},
    {"Socket.type", twin_get_type},
    {"Poller.wait", twin_wait_one},
    {"Poller.poll", twin_poll_one},
    {"Poller.wait_all", twin_wait_all},
    {"Poller.poll_all", twin_poll_all},
};

twin_function *twin_of(const char *title)
{
    for (size_t i = 0; i < sizeof twins / sizeof *twins; i++)
        if (strcmp(twins[i].title, title) == 0)
            return twins[i].twin;
    return NULL;
}

void twin_prepare_wait(call *call, int descriptor, glue_poller *poller, int timeout)
{
    call_prepare_wait(call);
    call->wait.descriptor = descriptor;
    call->wait.poller = poller;
    call->wait.deadline = glue_deadline(timeout);
}

enum twin_wait twin_wait_prepared(call *call)
{
    call->wait_result = glue_wait_for(call->runtime->glue, &call->wait);
    if (call->wait_result == GLUE_WAIT_READY || call->wait_result == GLUE_WAIT_TIMEOUT)
        return TWIN_TRY;
    call->deadline = call->wait.deadline;
    return TWIN_LEAVE;
}

/* Begins a wait: 0 if it may take no time. */
static int begin_wait(call *call, glue_socket *socket, int timeout_option)
{
    int timeout = -1;
    size_t size = sizeof timeout;
    GLUE_RETRY(zmq_getsockopt(socket->socket, timeout_option, &timeout, &size));
    if (timeout == 0)
        return 0;
    twin_prepare_wait(call, socket->descriptor, NULL, timeout);
    return 1;
}

enum twin_wait twin_wait_for_socket(call *call, glue_socket *socket, int timeout_option)
{
    if (call->wait_result == GLUE_WAIT_TIMEOUT)
        return TWIN_UNDEFINED;
    if (call->wait_result == 0 && !begin_wait(call, socket, timeout_option))
        return TWIN_UNDEFINED;
    enum twin_wait next = twin_wait_prepared(call);
    if (next == TWIN_TRY && timeout_option == ZMQ_SNDTIMEO)
        glue_refresh(socket);
    else
        glue_expect(socket);
    return next;
}
