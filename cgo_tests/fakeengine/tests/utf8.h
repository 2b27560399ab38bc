/* utf8.h - well-formed UTF-8, and the other encodings of it */
#ifndef UTF8_H
#define UTF8_H

#include <stddef.h>
#include <stdint.h>

/* Is it well-formed: no surrogates, nothing overlong? */
int utf8_valid(const char *text, size_t length);

#define UTF16_NONE ((size_t)-1)

/* Converts a text, which may have surrogates of three bytes, into UTF-16; units has room for
 * length of them. Returns their number, or UTF16_NONE if the text has something else that is
 * not UTF-8. */
size_t utf16_of(const char *text, size_t length, uint16_t *units);

/* Makes bytes of Latin-1 of units, in their place. Returns 0, and does nothing, if one of them
 * is above U+00FF. */
int latin1_of(uint16_t *units, size_t count);

#endif
