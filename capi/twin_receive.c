#include "twin.h"

#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "result.h"
#include "utf8.h"

/* Receives a message part, which is then to be closed: RECEIVED. Otherwise the call is
 * over with what it returns, TWIN_DECLINES or a status, perhaps with undefined made. */
enum { RECEIVED = 101 };

static inline int receive(call *call, glue_socket *socket, int flags, zmq_msg_t *message)
{
    zmq_msg_init(message);
    for (;;) {
        int error = glue_receive(socket, message, flags);
        if (error == 0)
            return RECEIVED;
        enum twin_wait next = error == EAGAIN ? twin_wait(call, socket, flags, ZMQ_RCVTIMEO) : TWIN_LEAVE;
        if (next == TWIN_UNDEFINED)
            return twin_return_undefined(call);
        if (next == TWIN_LEAVE)
            return TWIN_DECLINES;
    }
}

/* The same, for a call whose argument number flags are its flags. */
static inline int receive_with(call *call, size_t argument, zmq_msg_t *message, glue_socket **socket)
{
    int flags;
    *socket = twin_socket(call);
    if (*socket == NULL || twin_read_flags(call, argument, &flags) != 0)
        return TWIN_DECLINES;
    return receive(call, *socket, flags, message);
}

/* The same message, where it can stay. NULL if memory runs out. */
static zmq_msg_t *share(zmq_msg_t *message)
{
    zmq_msg_t *shared = malloc(sizeof *shared);
    if (shared == NULL)
        return NULL;
    zmq_msg_init(shared);
    zmq_msg_copy(shared, message);
    return shared;
}

/* Leaves a message that is received to Go: moved, not copied. Of what an XPUB receives libzmq
 * believes that it is shared already, and frees it with the first of two. */
static int decline_with(call *call, zmq_msg_t *message)
{
    call->received = malloc(sizeof *call->received);
    if (call->received == NULL) {
        zmq_msg_close(message);
        engine_throw_out_of_memory(call);
        return ZMQJS_EXCEPTION;
    }
    zmq_msg_init(call->received);
    zmq_msg_move(call->received, message);
    return TWIN_DECLINES;
}

/* Makes a value of the message's bytes; a large one may be handed over. */
static int make_bytes(const call *call, zmq_msg_t *message, zmqjs_value *value)
{
    size_t length = zmq_msg_size(message);
    if (length < RESULT_ADOPT_MINIMUM) {
        zmqjs_data data = {.type = ZMQJS_BYTES};
        data.as.bytes.data = zmq_msg_data(message);
        data.as.bytes.length = length;
        return engine_value_new(call, &data, value);
    }
    result result = {.kind = ZMQJS_BYTES, .data = zmq_msg_data(message), .length = length};
    if (result_is_adoptable(message)) {
        result.message = share(message);
        result.adoptable = result.message != NULL;
        if (result.adoptable)
            result.data = zmq_msg_data(result.message);
    }
    int status = result_make(call, &result, value);
    if (result.message != NULL)
        result_free(&result);
    return status;
}

int twin_receive_bytes(call *call)
{
    zmq_msg_t message;
    glue_socket *socket;
    int status = receive_with(call, 0, &message, &socket);
    if (status != RECEIVED)
        return status;
    status = make_bytes(call, &message, &call->outer->result);
    zmq_msg_close(&message);
    return status;
}

int twin_receive_string(call *call)
{
    zmq_msg_t message;
    glue_socket *socket;
    int status = receive_with(call, 0, &message, &socket);
    if (status != RECEIVED)
        return status;
    zmqjs_data data = {.type = ZMQJS_STRING};
    const char *text = zmq_msg_data(&message);
    size_t length = zmq_msg_size(&message);
    /* Not the NUL that ends a C string. */
    if (length > 0 && text[length - 1] == '\0' && memchr(text, '\0', length) == text + length - 1)
        length--;
    if (!utf8_is_short_ascii(text, length) && !utf8_is_valid(text, length))
        return decline_with(call, &message);
    data.as.string.data = text;
    data.as.string.length = length;
    status = engine_value_new(call, &data, &call->outer->result);
    zmq_msg_close(&message);
    return status;
}

/* Receives an integer of a certain size: RECEIVED, or as receive. */
static int receive_integer(call *call, void *integer, size_t size)
{
    zmq_msg_t message;
    glue_socket *socket;
    int status = receive_with(call, 0, &message, &socket);
    if (status != RECEIVED)
        return status;
    if (zmq_msg_size(&message) != size)
        return decline_with(call, &message);
    memcpy(integer, zmq_msg_data(&message), size);
    zmq_msg_close(&message);
    return RECEIVED;
}

int twin_receive_int(call *call)
{
    int32_t integer;
    int status = receive_integer(call, &integer, sizeof integer);
    return status == RECEIVED ? twin_return_integer(call, integer) : status;
}

int twin_receive_bigint(call *call)
{
    zmqjs_data data = {.type = ZMQJS_BIGINT};
    int status = receive_integer(call, &data.as.bigint, sizeof data.as.bigint);
    return status == RECEIVED ? engine_value_new(call, &data, &call->outer->result) : status;
}

/* Reads the argument offset: 0, or -1 if Go is to look at it. */
static int read_offset(const call *call, size_t length, size_t *offset)
{
    *offset = 0;
    if (call->argument_count < 2 || call->arguments[1].type <= ZMQJS_NULL)
        return 0;
    if (call->arguments[1].type != ZMQJS_INT32 || call->arguments[1].as.int32 < 0)
        return -1;
    *offset = (size_t)call->arguments[1].as.int32;
    return *offset <= length ? 0 : -1;
}

int twin_receive_into(call *call)
{
    zmq_msg_t message;
    glue_socket *socket;
    size_t offset;
    if (call->argument_count == 0 || call->arguments[0].type != ZMQJS_BYTES ||
        read_offset(call, call->arguments[0].as.bytes.length, &offset) != 0)
        return TWIN_DECLINES;
    int status = receive_with(call, 2, &message, &socket);
    if (status != RECEIVED)
        return status;
    size_t size = zmq_msg_size(&message), room = call->arguments[0].as.bytes.length - offset;
    if (size > 0 && room > 0)
        memcpy((char *)call->arguments[0].as.bytes.data + offset, zmq_msg_data(&message), size < room ? size : room);
    zmq_msg_close(&message);
    return twin_return_integer(call, (int64_t)size);
}

/* ---- several parts ---- */

typedef struct parts {
    zmqjs_value *values;
    size_t count, capacity;
    zmqjs_value first[8];
} parts;

static zmqjs_value *next_place(parts *parts)
{
    if (parts->count == parts->capacity) {
        size_t capacity = 2 * parts->capacity;
        zmqjs_value *values = parts->values == parts->first ? NULL : parts->values;
        values = realloc(values, capacity * sizeof *values);
        if (values == NULL)
            return NULL;
        if (parts->values == parts->first)
            memcpy(values, parts->first, sizeof parts->first);
        parts->values = values;
        parts->capacity = capacity;
    }
    return &parts->values[parts->count];
}

/* Receives the part that follows message, into it: 0, -1 if none does, or an errno. libzmq has
 * all of them, unless the context ends. */
static int receive_next(glue_socket *socket, zmq_msg_t *message)
{
    int more = zmq_msg_more(message);
    zmq_msg_close(message);
    zmq_msg_init(message);
    return more ? glue_receive(socket, message, 0) : -1;
}

static void drop_all(glue_socket *socket, zmq_msg_t *message)
{
    while (receive_next(socket, message) == 0)
        continue;
}

/* Takes over message, and receives the parts that follow it. After a failure what is
 * left of the message is dropped too. */
static int make_parts(const call *call, glue_socket *socket, zmq_msg_t *message, parts *parts)
{
    int next;
    do {
        zmqjs_value *place = next_place(parts);
        if (place == NULL)
            engine_throw_out_of_memory(call);
        if (place == NULL || make_bytes(call, message, place) != ZMQJS_OK) {
            drop_all(socket, message);
            return ZMQJS_EXCEPTION;
        }
        parts->count++;
        next = receive_next(socket, message);
    } while (next == 0);
    return next < 0 ? ZMQJS_OK : TWIN_DECLINES; /* what has come is not all: Go meets the same error */
}

static int make_array(const call *call, glue_socket *socket, zmq_msg_t *message, zmqjs_value *value)
{
    parts parts = {.capacity = sizeof parts.first / sizeof *parts.first};
    parts.values = parts.first;
    int status = make_parts(call, socket, message, &parts);
    if (status == ZMQJS_OK) {
        zmqjs_data data = {.type = ZMQJS_ARRAY};
        data.as.elements.values = parts.values;
        data.as.elements.length = parts.count;
        status = engine_value_new(call, &data, value);
    }
    while (parts.count > 0)
        engine_value_free(call, parts.values[--parts.count]);
    if (parts.values != parts.first)
        free(parts.values);
    return status;
}

int twin_receive_multipart(call *call)
{
    zmq_msg_t message;
    glue_socket *socket;
    zmqjs_value scope = {{0, 0}};
    int status = receive_with(call, 0, &message, &socket);
    if (status != RECEIVED)
        return status;
    if (engine_scope_open(call, &scope) != ZMQJS_OK) {
        drop_all(socket, &message);
        return ZMQJS_EXCEPTION;
    }
    status = make_array(call, socket, &message, &call->outer->result);
    engine_scope_close(call, scope, status == ZMQJS_OK ? &call->outer->result : NULL);
    return status;
}
