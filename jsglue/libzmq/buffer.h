/* Texts that grow. */
#ifndef GLUE_BUFFER_H
#define GLUE_BUFFER_H

#include <stdarg.h>
#include <stddef.h>

/* Zeros: an empty one. */
typedef struct glue_buffer {
    char *text; /* from malloc, or NULL */
    size_t length;
    int failed; /* memory has run out */
} glue_buffer;

void glue_buffer_add(glue_buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void glue_buffer_add_list(glue_buffer *buffer, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

/* The text, which the caller frees; NULL if memory has run out, or nothing was added. */
char *glue_buffer_finish(glue_buffer *buffer);

#endif
