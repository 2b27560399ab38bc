#include "twin.h"

#include "engine.h"

unsigned char int_options[INT_OPTIONS];

static int get(call *call, int option)
{
    int value = 0;
    size_t size = sizeof value;
    glue_socket *socket = twin_socket(call);
    if (socket == NULL)
        return TWIN_DECLINES;
    socket->uses += option == ZMQ_EVENTS;
    if (GLUE_RETRY(zmq_getsockopt(socket->socket, option, &value, &size)) != 0 || size != sizeof value)
        return TWIN_DECLINES;
    return twin_return_integer(call, value);
}

int twin_get_int(call *call)
{
    const zmqjs_data *option = &call->arguments[0];
    if (call->argument_count == 0 || option->type != ZMQJS_INT32 || option->as.int32 < 0 ||
        option->as.int32 >= INT_OPTIONS || !int_options[option->as.int32])
        return TWIN_DECLINES;
    return get(call, option->as.int32);
}

int twin_get_events(call *call)
{
    return get(call, ZMQ_EVENTS);
}

int twin_get_descriptor(call *call)
{
    return get(call, ZMQ_FD);
}

int twin_get_type(call *call)
{
    glue_socket *socket = twin_socket(call);
    return socket != NULL ? twin_return_integer(call, socket->type) : TWIN_DECLINES;
}

int twin_get_closed(call *call)
{
    return twin_socket(call) != NULL ? engine_return_boolean(call, 0) : TWIN_DECLINES;
}
