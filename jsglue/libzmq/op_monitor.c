/* Receiving events of monitors. */
#include "monitor.h"
#include "names.h"
#include "operations.h"
#include "receiving.h"
#include "socket.h"
#include "utf8.h"

#include <stdio.h>
#include <string.h>

/* Events whose value is an error number. */
enum {
    FAILURES = ZMQ_EVENT_BIND_FAILED | ZMQ_EVENT_ACCEPT_FAILED | ZMQ_EVENT_CLOSE_FAILED |
               ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL
};

const char *core_monitor_explain(int event, int32_t value, char *made)
{
    if (event == ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL)
        return core_protocol_error_name(value);
    if (event == ZMQ_EVENT_HANDSHAKE_FAILED_AUTH) {
        snprintf(made, CORE_EXPLANATION, "refused with status %d", (int)value);
        return made;
    }
    return event & FAILURES ? core_error_text(value) : "";
}

/* Copies an endpoint's text as well-formed text for a result. */
static int describe_endpoint(const operation *op, const zmqjs_data *part, zmqjs_data *data)
{
    *data = (zmqjs_data){.type = ZMQJS_STRING, .as.data = part->as.data, .length = part->length};
    if (utf8_is_valid(part->as.data, part->length))
        return 0;
    data->length = utf8_repair(UTF8_OF_MESSAGE, part->as.data, part->length, NULL);
    data->as.data = core_frame_allocate(op->frame, data->length);
    if (data->as.data == NULL)
        return -1;
    utf8_repair(UTF8_OF_MESSAGE, part->as.data, part->length, data->as.data);
    return 0;
}

/* Receives an event into *event, in memory of the frame: OP_RECEIVED and its number, or the
 * status that ends the call. */
static int receive_event(const operation *op, core_socket *socket, int flags, zmqjs_data *event, int *number)
{
    core_parts parts;
    int status = op_receive_parts(op, socket, flags, &parts);
    if (status != OP_RECEIVED)
        return status;
    if (parts.count != 2 || parts.data[0].length != CORE_EVENT_SIZE)
        return op_fail(op, CORE_FAILED_EVENT, 0);
    uint16_t kind;
    uint32_t value;
    memcpy(&kind, parts.data[0].as.data, sizeof kind);
    memcpy(&value, (const char *)parts.data[0].as.data + sizeof kind, sizeof value);
    zmqjs_data *data = core_frame_allocate(op->frame, 10 * sizeof *data + CORE_EXPLANATION);
    if (data == NULL || describe_endpoint(op, &parts.data[1], &data[5]) != 0)
        return op_fail_errno(op, ENOMEM);
    data[0] = core_text("event");
    data[1] = core_integer(kind);
    data[2] = core_text("value");
    data[3] = core_integer(value);
    data[4] = core_text("endpoint");
    data[6] = core_text("name");
    data[7] = core_text(core_event_name(kind));
    data[8] = core_text("text");
    data[9] = core_text(core_monitor_explain(kind, (int32_t)value, (char *)&data[10]));
    *event = (zmqjs_data){.type = ZMQJS_OBJECT, .as.elements = data, .length = 5};
    *number = kind;
    return OP_RECEIVED;
}

static int receive_on_socket(const operation *op)
{
    int flags, number;
    if (op_read_flags(op, 0, &flags) != 0)
        return op_fail(op, CORE_FAILED_ARGUMENTS, 0);
    int status = receive_event(op, op->object, flags, &op->frame->result, &number);
    return status == OP_RECEIVED ? op_return_held(op) : status;
}

int op_receive_event(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_SOCKET, receive_on_socket);
}

/* The same for a Monitor, which is closed after the last event. */
static int receive_last(const operation *op, int flags, zmqjs_data *event)
{
    int number = 0;
    int status = receive_event(op, op->object, flags, event, &number);
    if (status == OP_RECEIVED && number == ZMQ_EVENT_MONITOR_STOPPED)
        core_socket_close(op->object); /* it does not fail for an open socket */
    return status;
}

static int receive_on_monitor(const operation *op)
{
    int flags;
    if (op_read_flags(op, 0, &flags) != 0)
        return op_fail(op, CORE_FAILED_ARGUMENTS, 0);
    int status = receive_last(op, flags, &op->frame->result);
    return status == OP_RECEIVED ? op_return_held(op) : status;
}

int op_monitor_receive(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_MONITOR, receive_on_monitor);
}

/* Makes the result of an iterator's next(): the event, or the end. */
static int next(const operation *op)
{
    const core_socket *socket = op->object;
    zmqjs_data event = {.type = ZMQJS_UNDEFINED};
    int status = socket->socket != NULL ? receive_last(op, 0, &event) : ZMQJS_OK;
    if (status < 0)
        return status;
    zmqjs_data *data = core_frame_allocate(op->frame, 4 * sizeof *data);
    if (data == NULL)
        return op_fail_errno(op, ENOMEM);
    data[0] = core_text("value");
    data[1] = event;
    data[2] = core_text("done");
    data[3] = (zmqjs_data){.type = ZMQJS_BOOLEAN, .as.boolean = event.type == ZMQJS_UNDEFINED};
    op->frame->result = (zmqjs_data){.type = ZMQJS_OBJECT, .as.elements = data, .length = 2};
    return op_return_held(op);
}

int op_monitor_next(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_MONITOR, next);
}
