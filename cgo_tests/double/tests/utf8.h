/* utf8.h - is a text well-formed UTF-8 (no surrogates, nothing overlong)? */
#ifndef UTF8_H
#define UTF8_H

#include <stddef.h>

int utf8_valid(const char *text, size_t length);

#endif
