#include "twin.h"

#include <stdlib.h>
#include <string.h>

#include "utf8.h"

/* Room for an integer. */
typedef unsigned char scratch[8];

static int set_integer(glue_part *part, unsigned char *room, const void *integer, size_t size)
{
    part->data = memcpy(room, integer, size);
    part->size = size;
    return 0;
}

static int set_number(glue_part *part, unsigned char *room, double number)
{
    if (!(number >= -0x1p63 && number < 0x1p63))
        return -1;
    int64_t whole = (int64_t)number;
    int32_t narrow = (int32_t)whole;
    if ((double)whole != number)
        return -1;
    return whole == narrow ? set_integer(part, room, &narrow, sizeof narrow)
                           : set_integer(part, room, &whole, sizeof whole);
}

/* What a value is sent as: 0, or -1 if Go is to look at it. */
static int encode(const zmqjs_data *data, glue_part *part, unsigned char *room)
{
    int32_t boolean = data->as.boolean;
    switch (data->type) {
    case ZMQJS_STRING:
        part->data = data->as.string.data;
        part->size = data->as.string.length;
        return utf8_has_surrogate(part->data, part->size) ? -1 : 0;
    case ZMQJS_BYTES:
        part->data = data->as.bytes.data;
        part->size = data->as.bytes.length;
        return 0;
    case ZMQJS_INT32:
        return set_integer(part, room, &data->as.int32, sizeof data->as.int32);
    case ZMQJS_BOOLEAN:
        return set_integer(part, room, &boolean, sizeof boolean);
    case ZMQJS_DOUBLE:
        return set_number(part, room, data->as.number);
    case ZMQJS_BIGINT:
        return data->flags & ZMQJS_BIGINT_TRUNCATED
                   ? -1
                   : set_integer(part, room, &data->as.bigint, sizeof data->as.bigint);
    case ZMQJS_NULL:
        part->data = NULL;
        part->size = 0;
        return 0;
    default:
        return -1;
    }
}

int twin_send(call *call)
{
    glue_part part;
    scratch room;
    int flags;
    glue_socket *socket = twin_socket(call);
    if (socket == NULL || call->argument_count == 0 || encode(&call->arguments[0], &part, room) != 0 ||
        twin_read_flags(call, 1, &flags) != 0)
        return TWIN_DECLINES;
    for (;;) {
        int error = glue_send(socket, part.data, part.size, flags);
        if (error == 0)
            return twin_return_integer(call, (int64_t)part.size);
        enum twin_wait next = error == EAGAIN ? twin_wait(call, socket, flags, ZMQ_SNDTIMEO) : TWIN_LEAVE;
        if (next == TWIN_UNDEFINED)
            return twin_return_undefined(call);
        if (next == TWIN_LEAVE)
            return TWIN_DECLINES;
    }
}

/* Sends a message of so many elements of the call. */
static int send_elements(call *call, glue_socket *socket, glue_part *parts, scratch *rooms, int flags)
{
    int64_t total = 0;
    for (size_t i = 0; i < call->element_count; i++) {
        if (encode(&call->elements[i], &parts[i], rooms[i]) != 0)
            return TWIN_DECLINES;
        total += (int64_t)parts[i].size;
    }
    for (;;) {
        int error = glue_send_parts(socket, parts, call->element_count, flags);
        if (error == 0)
            return twin_return_integer(call, total);
        enum twin_wait next = error == EAGAIN ? twin_wait(call, socket, flags, ZMQ_SNDTIMEO) : TWIN_LEAVE;
        if (next == TWIN_UNDEFINED)
            return twin_return_undefined(call);
        if (next == TWIN_LEAVE)
            return TWIN_DECLINES;
    }
}

int twin_send_multipart(call *call)
{
    enum { FEW = 8 };
    glue_part few_parts[FEW], *parts = few_parts;
    scratch few_rooms[FEW], *rooms = few_rooms;
    int flags, status = TWIN_DECLINES;
    glue_socket *socket = twin_socket(call);
    if (socket == NULL || call->argument_count == 0 || call->element_count == 0 ||
        call->element_count != call->arguments[0].as.elements.length || twin_read_flags(call, 1, &flags) != 0)
        return TWIN_DECLINES;
    if (call->element_count > FEW) {
        parts = calloc(call->element_count, sizeof *parts);
        rooms = calloc(call->element_count, sizeof *rooms);
    }
    if (parts != NULL && rooms != NULL)
        status = send_elements(call, socket, parts, rooms, flags);
    if (parts != few_parts)
        free(parts);
    if (rooms != few_rooms)
        free(rooms);
    return status;
}
