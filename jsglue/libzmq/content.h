/* The bytes by which a value of a script is sent. */
#ifndef CONTENT_H
#define CONTENT_H

#include "core.h"
#include "utf8.h"
#include "zmqjs.h"

#include <string.h>

typedef struct core_content {
    const void *data; /* size bytes, unless it has to be converted */
    size_t size;
    const zmqjs_data *text; /* a string that has to be converted; or NULL */
    zmqjs_lent *lent;       /* the owner of data, if it may be used after the call; or NULL */
    int is_lasting;         /* whether it may be used after the runtime has ended too */
    unsigned char scratch[32]; /* an integer, or a short text that was converted */
} core_content;

/* Finds the bytes by which a value is sent. Integers are sent in the machine's byte order, in 4
 * bytes if they fit, else in 8. The bytes are the value's memory or inside content. Returns 0,
 * or -1 if the value cannot be sent. */
int core_content_of(const zmqjs_data *data, core_content *content);

/* The same for values whose memory is sent unchanged: returns 1; or 0 for other values. */
static inline int core_content_in_place(const zmqjs_data *data, const void **bytes, size_t *size)
{
    *bytes = data->as.data;
    *size = data->length;
    switch (data->type) {
    case ZMQJS_STRING:
        /* Lone surrogates begin with this byte, and so do some characters. */
        return data->flags == 0 &&
               (utf8_is_short_ascii(*bytes, *size) || memchr(*bytes, 0xED, *size) == NULL);
    case ZMQJS_BYTES:
        return 1;
    case ZMQJS_INT32:
        *bytes = &data->as.int32;
        *size = sizeof data->as.int32;
        return 1;
    case ZMQJS_BIGINT:
        *bytes = &data->as.bigint;
        *size = sizeof data->as.bigint;
        return (data->flags & ZMQJS_TRUNCATED) == 0;
    default:
        return 0;
    }
}

/* Writes content (size bytes), after conversion if it needs one. */
void core_content_write(const core_content *content, void *to);

#endif
