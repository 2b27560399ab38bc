/* The bytes that a value of a script is sent as. */
#ifndef CONTENT_H
#define CONTENT_H

#include "glue.h"
#include "utf8.h"
#include "zmqjs.h"

#include <string.h>

typedef struct glue_content {
    const void *data; /* size bytes, unless it is to be converted */
    size_t size;
    const zmqjs_data *text; /* a string that is to be converted; or NULL */
    unsigned char scratch[8];
} glue_content;

/* The same for what glue_content_of does not do itself. */
int glue_content_of_other(const zmqjs_data *data, glue_content *content);

/* Finds what a value is sent as; integers go in the machine's byte order, in 4 bytes if they fit, else
 * in 8. What content shows is the value's memory, or content's own. 0, or -1 if the value cannot
 * be sent. */
static inline int glue_content_of(const zmqjs_data *data, glue_content *content)
{
    content->text = NULL;
    if (data->type == ZMQJS_STRING && data->flags == 0) {
        content->data = data->as.data;
        content->size = data->length;
        /* Lone surrogates begin with this byte, as some characters do. */
        if (utf8_is_short_ascii(data->as.data, data->length) || memchr(data->as.data, 0xED, data->length) == NULL)
            return 0;
    } else if (data->type == ZMQJS_INT32) {
        memcpy(content->scratch, &data->as.int32, sizeof data->as.int32);
        content->data = content->scratch;
        content->size = sizeof data->as.int32;
        return 0;
    } else if (data->type == ZMQJS_BYTES) {
        content->data = data->as.data;
        content->size = data->length;
        return 0;
    }
    return glue_content_of_other(data, content);
}

/* Writes content, size bytes, also where it is to be converted. */
void glue_content_write(const glue_content *content, void *to);

#endif
