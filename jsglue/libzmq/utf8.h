#ifndef UTF8_H
#define UTF8_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Whether a text is well-formed UTF-8: without surrogates and overlong sequences. */
int utf8_is_valid(const char *text, size_t length);

/* Makes a text well-formed: each maximal part of an ill-formed sequence becomes one U+FFFD, as
 * in web browsers. In a string of an engine each surrogate has three bytes: a pair becomes its
 * character, a lone one U+FFFD. Returns the length, and writes the text if to is not NULL. */
enum utf8_origin { UTF8_OF_MESSAGE, UTF8_OF_ENGINE };
size_t utf8_repair(enum utf8_origin origin, const char *text, size_t length, char *to);

/* The length of a text in UTF-8, and the text itself. The input is count units of 2 bytes in the
 * machine's order, at any address, where a lone surrogate becomes U+FFFD; or length characters
 * up to U+00FF. */
size_t utf8_length_of_utf16(const void *units, size_t count);
void utf8_write_utf16(const void *units, size_t count, char *to);
/* The same if all characters are ASCII: returns 1; else 0, and the output is invalid. */
int utf8_write_ascii_of_utf16(const void *units, size_t count, char *to);
size_t utf8_length_of_latin1(const unsigned char *text, size_t length);
void utf8_write_latin1(const unsigned char *text, size_t length, char *to);

/* Whether a text is short and ASCII only: a quick check before others. */
static inline int utf8_is_short_ascii(const char *text, size_t length)
{
    uint64_t all = 0, word;
    if (length > 64)
        return 0;
    if (length < sizeof word) {
        while (length > 0)
            all |= (unsigned char)text[--length];
        return all < 0x80;
    }
    for (size_t i = 0; i + sizeof word <= length; i += sizeof word) {
        memcpy(&word, text + i, sizeof word);
        all |= word;
    }
    memcpy(&word, text + length - sizeof word, sizeof word);
    return ((all | word) & 0x8080808080808080u) == 0;
}

#endif
