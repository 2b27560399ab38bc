#ifndef UTF8_H
#define UTF8_H

#include <stddef.h>

/* Whether a text is well-formed UTF-8: no surrogates, nothing longer than it must be. */
int utf8_is_valid(const char *text, size_t length);

#endif
