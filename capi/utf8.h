#ifndef UTF8_H
#define UTF8_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Whether a text is well-formed UTF-8: no surrogates, nothing longer than it must be. */
int utf8_is_valid(const char *text, size_t length);

/* Whether a text that is well-formed otherwise has a surrogate, as three bytes. */
int utf8_has_surrogate(const char *text, size_t length);

/* Whether a text is short, and has only ASCII characters: the quick look before others. */
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
