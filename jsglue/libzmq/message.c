#include "message.h"
#include "draft.h"
#include "parts.h"
#include "pool.h"
#include "runtime.h"
#include "socket.h"
#include "tsan.h"

#include <stdlib.h>
#include <string.h>

/* Called by libzmq when it no longer needs bytes that were lent. Any thread. */
static void give_back(void *data, void *hint)
{
    zmqjs_lent *lent = hint;
    if (core_forked())
        return;
    CORE_TSAN_ACQUIRE(data);
    (void)data;
    lent->release(lent);
}

/* Makes a message of bytes that are lent, without a copy: 0, or an errno. */
static int make_lent(zmq_msg_t *message, const core_part *part)
{
    CORE_TSAN_RELEASE(part->lent->data);
    part->lent->retain(part->lent);
    if (zmq_msg_init_data(message, part->lent->data, part->size, give_back, part->lent) == 0)
        return 0;
    int error = zmq_errno();
    part->lent->release(part->lent);
    return error;
}

int core_make_message(zmq_msg_t *message, const core_part *part)
{
    size_t size = part->size;
    if (part->lent != NULL)
        return make_lent(message, part);
    int result = size >= CORE_POOL_MINIMUM ? core_pool_message(message, size) : zmq_msg_init_size(message, size);
    if (result != 0)
        return zmq_errno();
    if (size > 0) {
        void *memory = memcpy(zmq_msg_data(message), part->data, size);
        CORE_TSAN_RELEASE(memory);
    }
    return 0;
}

int core_send_message(core_socket *socket, zmq_msg_t *message, int flags)
{
    size_t size = zmq_msg_size(message);
    int error = 0;
    socket->uses++;
    if ((flags & ZMQ_SNDMORE) != 0 || socket->checked)
        error = core_send_part(socket, message, flags);
    else if (CORE_RETRY(zmq_msg_send(message, socket->socket, flags | ZMQ_DONTWAIT)) < 0)
        error = zmq_errno();
    if (error == 0)
        core_count(&socket->sent, size);
    return error;
}

int core_events(core_socket *socket, int *events)
{
    socket->uses++;
    return socket->own_poller != NULL ? core_own_poller_events(socket, events) : core_read_events(socket, events);
}

int core_send_slowly(core_socket *socket, const core_part *part, int flags)
{
    zmq_msg_t message;
    if (socket->socket == NULL)
        return ENOTSOCK;
    int error = core_make_message(&message, part);
    if (error != 0)
        return error;
    error = core_send_message(socket, &message, flags);
    if (error != 0)
        zmq_msg_close(&message);
    return error;
}

int core_send_again(core_socket *socket, const void *data, size_t size, int flags)
{
    if (zmq_errno() != EINTR)
        return zmq_errno();
    if (CORE_RETRY(zmq_send(socket->socket, data, size, flags | ZMQ_DONTWAIT)) < 0)
        return zmq_errno();
    core_count(&socket->sent, size);
    return 0;
}

int core_receive_again(core_socket *socket, zmq_msg_t *message, int size, int flags, size_t *length)
{
    if (size < 0 && zmq_errno() == EINTR)
        size = CORE_RETRY(zmq_msg_recv(message, socket->socket, flags | ZMQ_DONTWAIT));
    if (size < 0) {
        int error = zmq_errno();
        if (error == EAGAIN)
            socket->drained = socket->uses;
        zmq_msg_close(message); /* some socket types do not leave an initialised message */
        zmq_msg_init(message);
        return error;
    }
    *length = zmq_msg_size(message);
    core_count(&socket->received, *length);
    return 0;
}

void core_message_free(void *message)
{
    zmq_msg_close(message);
    free(message);
}

void core_refresh(core_socket *socket)
{
    int events;
    if (socket->socket != NULL)
        core_events(socket, &events);
}
