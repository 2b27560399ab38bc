#include "glue.h"

#include <string.h>

static int send_large(glue_socket *socket, const void *data, size_t size, int flags)
{
    zmq_msg_t message;
    if (glue_pool_message(&message, size) != 0)
        return zmq_errno();
    memcpy(zmq_msg_data(&message), data, size);
    if (GLUE_RETRY(zmq_msg_send(&message, socket->socket, flags)) >= 0)
        return 0;
    int error = zmq_errno();
    zmq_msg_close(&message);
    return error;
}

int glue_send(glue_socket *socket, const void *data, size_t size, int flags)
{
    if (socket->socket == NULL)
        return ENOTSOCK;
    socket->uses++;
    if (size >= GLUE_POOL_MINIMUM)
        return send_large(socket, data, size, flags | ZMQ_DONTWAIT);
    return GLUE_RETRY(zmq_send(socket->socket, data, size, flags | ZMQ_DONTWAIT)) < 0 ? zmq_errno() : 0;
}

int glue_receive(glue_socket *socket, zmq_msg_t *message, int flags)
{
    if (socket->socket == NULL)
        return ENOTSOCK;
    socket->uses++;
    return GLUE_RETRY(zmq_msg_recv(message, socket->socket, flags | ZMQ_DONTWAIT)) < 0 ? zmq_errno() : 0;
}

void glue_refresh(glue_socket *socket)
{
    int events;
    size_t size = sizeof events;
    if (socket->socket == NULL)
        return;
    socket->uses++;
    GLUE_RETRY(zmq_getsockopt(socket->socket, ZMQ_EVENTS, &events, &size));
}
