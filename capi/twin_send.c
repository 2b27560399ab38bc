#include "twin.h"

#include <string.h>

#include "utf8.h"

/* What a value is sent as. */
typedef struct content {
    const void *data;
    size_t size;
    unsigned char scratch[8];
} content;

static int set_integer(content *content, const void *integer, size_t size)
{
    memcpy(content->scratch, integer, size);
    content->data = content->scratch;
    content->size = size;
    return 0;
}

static int set_number(content *content, double number)
{
    if (!(number >= -0x1p63 && number < 0x1p63))
        return -1;
    int64_t whole = (int64_t)number;
    int32_t narrow = (int32_t)whole;
    if ((double)whole != number)
        return -1;
    return whole == narrow ? set_integer(content, &narrow, sizeof narrow) : set_integer(content, &whole, sizeof whole);
}

/* 0, or -1 if Go is to look at it. */
static int encode(const zmqjs_data *data, content *content)
{
    int32_t boolean = data->as.boolean;
    switch (data->type) {
    case ZMQJS_STRING:
        content->data = data->as.string.data;
        content->size = data->as.string.length;
        /* Surrogates, which are no characters, begin with this byte, as some do. */
        if (utf8_is_short_ascii(content->data, content->size))
            return 0;
        return memchr(content->data, 0xED, content->size) != NULL ? -1 : 0;
    case ZMQJS_BYTES:
        content->data = data->as.bytes.data;
        content->size = data->as.bytes.length;
        return 0;
    case ZMQJS_INT32:
        return set_integer(content, &data->as.int32, sizeof data->as.int32);
    case ZMQJS_BOOLEAN:
        return set_integer(content, &boolean, sizeof boolean);
    case ZMQJS_DOUBLE:
        return set_number(content, data->as.number);
    case ZMQJS_BIGINT:
        return data->flags & ZMQJS_BIGINT_TRUNCATED ? -1 : set_integer(content, &data->as.bigint, sizeof data->as.bigint);
    case ZMQJS_NULL:
        content->size = 0;
        content->data = NULL;
        return 0;
    default:
        return -1;
    }
}

int twin_send(call *call)
{
    content content;
    int flags;
    glue_socket *socket = twin_socket(call);
    if (socket == NULL || call->argument_count == 0 || encode(&call->arguments[0], &content) != 0 ||
        twin_read_flags(call, 1, &flags) != 0)
        return TWIN_DECLINES;
    for (;;) {
        int error = glue_send(socket, content.data, content.size, flags);
        if (error == 0)
            return twin_return_integer(call, (int64_t)content.size);
        enum twin_wait next = error == EAGAIN ? twin_wait(call, socket, flags, ZMQ_SNDTIMEO) : TWIN_LEAVE;
        if (next == TWIN_UNDEFINED)
            return twin_return_undefined(call);
        if (next == TWIN_LEAVE)
            return TWIN_DECLINES;
    }
}

/* The size of all parts, or -1 if Go is to look at them. */
static int64_t check_parts(const call *call)
{
    int64_t total = 0;
    content content;
    for (size_t i = 0; i < call->element_count; i++) {
        if (encode(&call->elements[i], &content) != 0)
            return -1;
        total += (int64_t)content.size;
    }
    return total;
}

/* Sends what is not sent yet. 0, or an errno; the first part only waits. */
static int send_parts(call *call, glue_socket *socket, int flags)
{
    for (; call->sent < call->element_count; call->sent++) {
        content content;
        if (encode(&call->elements[call->sent], &content) != 0)
            return EINVAL; /* not after check_parts */
        int more = call->sent + 1 < call->element_count ? ZMQ_SNDMORE : 0;
        int error = glue_send(socket, content.data, content.size, flags | more);
        if (error != 0)
            return error;
    }
    return 0;
}

int twin_send_multipart(call *call)
{
    int flags;
    glue_socket *socket = twin_socket(call);
    if (socket == NULL || call->argument_count == 0 || call->element_count == 0 ||
        call->element_count != call->arguments[0].as.elements.length || twin_read_flags(call, 1, &flags) != 0)
        return TWIN_DECLINES;
    int64_t total = check_parts(call);
    if (total < 0)
        return TWIN_DECLINES;
    for (;;) {
        int error = send_parts(call, socket, flags);
        if (error == 0)
            return twin_return_integer(call, total);
        if (error != EAGAIN || call->sent > 0)
            return TWIN_DECLINES; /* Go goes on after what is sent */
        enum twin_wait next = twin_wait(call, socket, flags, ZMQ_SNDTIMEO);
        if (next == TWIN_UNDEFINED)
            return twin_return_undefined(call);
        if (next == TWIN_LEAVE)
            return TWIN_DECLINES;
    }
}
