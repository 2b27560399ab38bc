/* Texts that grow. */
#ifndef CORE_BUFFER_H
#define CORE_BUFFER_H

#include <stdarg.h>
#include <stddef.h>

#include "os.h"

/* Zero-initialized, it is empty. */
typedef struct core_buffer {
    char *text; /* from malloc, or NULL */
    size_t length;
    int failed; /* memory was exhausted */
} core_buffer;

void core_buffer_add(core_buffer *buffer, const char *format, ...) __attribute__((format(CORE_PRINTF, 2, 3)));
void core_buffer_add_list(core_buffer *buffer, const char *format, va_list arguments)
    __attribute__((format(CORE_PRINTF, 2, 0)));

/* Returns the text, which the caller frees; NULL if memory was exhausted or nothing was added. */
char *core_buffer_finish(core_buffer *buffer);

#endif
