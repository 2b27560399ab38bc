/* Texts that grow. */
#ifndef CORE_BUFFER_H
#define CORE_BUFFER_H

#include <stdarg.h>
#include <stddef.h>

#include "os.h"

/* Zeros: an empty one. */
typedef struct core_buffer {
    char *text; /* from malloc, or NULL */
    size_t length;
    int failed; /* memory has run out */
} core_buffer;

void core_buffer_add(core_buffer *buffer, const char *format, ...) __attribute__((format(CORE_PRINTF, 2, 3)));
void core_buffer_add_list(core_buffer *buffer, const char *format, va_list arguments)
    __attribute__((format(CORE_PRINTF, 2, 0)));

/* The text, which the caller frees; NULL if memory has run out, or nothing was added. */
char *core_buffer_finish(core_buffer *buffer);

#endif
