#include "buffer.h"

#include <stdio.h>
#include <stdlib.h>

void core_buffer_add_list(core_buffer *buffer, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int added = vsnprintf(NULL, 0, format, again);
    va_end(again);
    size_t size = added >= 0 ? buffer->length + (size_t)added + 1 : 0;
    char *text = size > 0 && !buffer->failed ? realloc(buffer->text, size) : NULL;
    if (text == NULL) {
        buffer->failed = 1;
        return;
    }
    vsnprintf(text + buffer->length, size - buffer->length, format, arguments);
    buffer->text = text;
    buffer->length = size - 1;
}

void core_buffer_add(core_buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    core_buffer_add_list(buffer, format, arguments);
    va_end(arguments);
}

char *core_buffer_finish(core_buffer *buffer)
{
    if (!buffer->failed)
        return buffer->text;
    free(buffer->text);
    return NULL;
}
