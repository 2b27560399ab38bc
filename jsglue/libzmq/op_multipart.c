/* Operations that receive a message with all its parts, or with its properties. */
#include "content.h"
#include "draft.h"
#include "message.h"
#include "operations.h"
#include "receiving.h"
#include "socket.h"
#include "utf8.h"
#include "zmq_draft.h"

#include <string.h>

/* Returns room for one more part: the first few, then twice as many each time. */
static zmqjs_data *next_data(const operation *op, core_parts *parts)
{
    if (parts->count == parts->capacity) {
        size_t capacity = parts->capacity > 0 ? 2 * parts->capacity : 8;
        zmqjs_data *grown = core_frame_allocate(op->frame, capacity * sizeof *grown);
        if (grown == NULL)
            return NULL;
        if (parts->count > 0)
            memcpy(grown, parts->data, parts->count * sizeof *grown);
        parts->data = grown;
        parts->capacity = capacity;
    }
    return &parts->data[parts->count];
}

/* Puts a part into a block of messages that has room, or into a new one: 0, or -1 if memory runs
 * out. */
static int keep(const operation *op, core_block **block, size_t *room, zmq_msg_t *message, zmqjs_data *data)
{
    if (*room == 0) {
        size_t count = *block == NULL ? 8 : 64;
        *block = core_frame_block(op->frame, count, 0);
        if (*block == NULL)
            return -1;
        *room = count;
    }
    zmq_msg_t *kept = &(*block)->messages[(*block)->message_count++];
    --*room;
    zmq_msg_init(kept);
    zmq_msg_move(kept, message);
    core_describe_bytes(kept, zmq_msg_size(kept), data);
    return 0;
}

static int receive_next(core_socket *socket, zmq_msg_t *message)
{
    int error = core_receive_next(socket, message);
    if (error == 0 && core_is_tracing())
        op_trace_received(socket, message);
    return error;
}

/* Receives the rest of a message and drops it. */
static void drop_rest(core_socket *socket, zmq_msg_t *message)
{
    while (zmq_msg_more(message) && receive_next(socket, message) == 0)
        continue;
}

/* A message that lacks some of its parts. */
enum { INCOMPLETE = OP_RECEIVED + 1 };

static int receive_parts(const operation *op, core_socket *socket, int flags, core_parts *parts)
{
    zmq_msg_t message;
    core_block *block = NULL;
    size_t room = 0;
    int more = 1, error = 0;
    *parts = (core_parts){NULL, 0, 0};
    size_t length = 0;
    zmq_msg_init(&message);
    int status = op_receive_part(op, socket, flags, &message, &length);
    if (status != OP_RECEIVED)
        return status;
    while (more && error == 0) {
        zmqjs_data *data = next_data(op, parts);
        more = zmq_msg_more(&message);
        if (data == NULL || keep(op, &block, &room, &message, data) != 0) {
            drop_rest(socket, &message);
            error = ENOMEM;
        } else {
            parts->count++;
            if (more)
                error = receive_next(socket, &message);
        }
    }
    zmq_msg_close(&message);
    if (error == EAGAIN || (error == 0 && core_lacks_beginning(socket)))
        return INCOMPLETE;
    return error == 0 ? OP_RECEIVED : op_fail_errno(op, error);
}

int op_receive_parts(const operation *op, core_socket *socket, int flags, core_parts *parts)
{
    int status;
    do
        status = receive_parts(op, socket, flags, parts);
    while (UNLIKELY(status == INCOMPLETE));
    return status;
}

static int receive_multipart(const operation *op)
{
    core_parts parts;
    int flags;
    if (op_read_flags(op, 0, &flags) != 0)
        return op_fail(op, CORE_FAILED_ARGUMENTS, 0);
    int status = op_receive_parts(op, op->object, flags, &parts);
    if (status != OP_RECEIVED)
        return status;
    op->frame->result = (zmqjs_data){.type = ZMQJS_ARRAY, .as.elements = parts.data, .length = parts.count};
    return op_return_held(op);
}

int op_receive_multipart(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_SOCKET, receive_multipart);
}

/* ---- recv_message ---- */


/* Reads a property of a message (zmq_msg_gets): a string, or null. */
static zmqjs_data property(zmq_msg_t *message, const core_content *wanted)
{
    char text[256];
    if (wanted->size >= sizeof text)
        return (zmqjs_data){.type = ZMQJS_NULL};
    core_content_write(wanted, text);
    text[wanted->size] = '\0';
    const char *value = strlen(text) == wanted->size ? zmq_msg_gets(message, text) : NULL;
    return value != NULL ? core_text(value) : (zmqjs_data){.type = ZMQJS_NULL};
}

/* The number of bytes that the group of a message takes as a string and as bytes; 0 if its
 * socket's type has none. */
static size_t group_room(const core_socket *socket, zmq_msg_t *message)
{
    if (!core_has_group(socket->type))
        return 0;
    const char *group = zmq_msg_group(message);
    return utf8_repair(UTF8_OF_MESSAGE, group, strlen(group), NULL) + strlen(group) + 1;
}

/* Describes the members of a message that its socket's type adds to its properties, and returns
 * their number. Group has room. */
static size_t describe_draft(const core_socket *socket, zmq_msg_t *message, zmqjs_data *members, char *group)
{
    if (core_has_routing_id(socket->type)) {
        members[0] = core_text("routing_id");
        members[1] = core_integer(zmq_msg_routing_id(message));
        return 1;
    }
    if (!core_has_group(socket->type))
        return 0;
    const char *text = zmq_msg_group(message); /* it moves with the message */
    size_t length = strlen(text);
    memcpy(group, text, length + 1);
    members[0] = core_text("group");
    members[1] = (zmqjs_data){.type = ZMQJS_STRING, .as.data = group + length + 1};
    members[1].length = utf8_repair(UTF8_OF_MESSAGE, text, length, group + length + 1);
    members[2] = core_text("group_bytes");
    members[3] = (zmqjs_data){.type = ZMQJS_BYTES, .as.data = group, .length = length};
    return 2;
}

static int receive_message(const operation *op)
{
    static const zmqjs_data none = {.type = ZMQJS_ARRAY};
    const size_t members_room = 10; /* names and values */
    core_socket *socket = op->object;
    const zmqjs_data *names = op_argument(op, 0);
    zmq_msg_t message;
    int flags;
    if (names->type <= ZMQJS_NULL)
        names = &none;
    if (names->type != ZMQJS_ARRAY || names->length > ZMQJS_ELEMENT_MAXIMUM ||
        (names->length > 0 && names->as.elements == NULL) || op_read_flags(op, 1, &flags) != 0)
        return op_fail(op, CORE_FAILED_ARGUMENTS, 0);
    for (size_t i = 0; i < names->length; i++)
        if (names->as.elements[i].type != ZMQJS_STRING)
            return op_fail(op, CORE_FAILED_ARGUMENTS, 0);
    size_t length = 0;
    zmq_msg_init(&message);
    int status = op_receive_part(op, socket, flags, &message, &length);
    if (status != OP_RECEIVED)
        return status;
    if (zmq_msg_more(&message))
        core_prefetch_rest(socket);
    size_t group_size = group_room(socket, &message);
    core_block *block =
        core_frame_block(op->frame, 1, (names->length + members_room) * sizeof(zmqjs_data) + group_size);
    if (block == NULL) {
        zmq_msg_close(&message);
        return op_fail_errno(op, ENOMEM);
    }
    zmqjs_data *object = (zmqjs_data *)(void *)&block->messages[1], *properties = object + members_room;
    block->message_count = 1;
    zmq_msg_init(&block->messages[0]);
    zmq_msg_move(&block->messages[0], &message);
    zmq_msg_close(&message);
    for (size_t i = 0; i < names->length; i++) {
        core_content wanted;
        properties[i] = (zmqjs_data){.type = ZMQJS_NULL};
        if (core_content_of(&names->as.elements[i], &wanted) == 0)
            properties[i] = property(&block->messages[0], &wanted);
    }
    object[0] = core_text("data");
    core_describe_bytes(&block->messages[0], length, &object[1]);
    object[2] = core_text("more");
    object[3] = (zmqjs_data){.type = ZMQJS_BOOLEAN, .as.boolean = zmq_msg_more(&block->messages[0]) != 0};
    object[4] = core_text("properties");
    object[5] = (zmqjs_data){.type = ZMQJS_ARRAY, .as.elements = properties, .length = names->length};
    char *group = (char *)(properties + names->length);
    size_t members = 3 + describe_draft(socket, &block->messages[0], object + 6, group);
    op->frame->result = (zmqjs_data){.type = ZMQJS_OBJECT, .as.elements = object, .length = members};
    return op_return_held(op);
}

int op_receive_message(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_SOCKET, receive_message);
}
