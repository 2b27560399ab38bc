#include "utf8.h"

#include <stdint.h>
#include <string.h>

/* The length of a character by its first byte, and which second bytes it allows; 0 if it
 * begins none. */
static int sequence(unsigned char first, unsigned char *low, unsigned char *high)
{
    *low = 0x80;
    *high = 0xBF;
    if (first >= 0xC2 && first <= 0xDF)
        return 2;
    if (first >= 0xE0 && first <= 0xEF) {
        *low = first == 0xE0 ? 0xA0 : 0x80;
        *high = first == 0xED ? 0x9F : 0xBF;
        return 3;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        *low = first == 0xF0 ? 0x90 : 0x80;
        *high = first == 0xF4 ? 0x8F : 0xBF;
        return 4;
    }
    return 0;
}

/* The length of the character at text, which is none of ASCII; 0 if it is not well-formed. */
static size_t check_character(const unsigned char *text, size_t left)
{
    unsigned char low, high;
    int length = sequence(text[0], &low, &high);
    if (length == 0 || (size_t)length > left || text[1] < low || text[1] > high)
        return 0;
    for (int i = 2; i < length; i++)
        if ((text[i] & 0xC0) != 0x80)
            return 0;
    return (size_t)length;
}

int utf8_has_surrogate(const char *text, size_t length)
{
    const unsigned char *next = (const unsigned char *)text, *end = next + length;
    if (length == 0 || utf8_is_short_ascii(text, length))
        return 0;
    /* Surrogates begin with this byte, as do the characters from U+D000 to U+D7FF. */
    while ((next = memchr(next, 0xED, (size_t)(end - next))) != NULL) {
        if (end - next < 2 || next[1] >= 0xA0)
            return 1;
        next += 2;
    }
    return 0;
}

int utf8_is_valid(const char *text, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t i = 0;
    while (i < length) {
        uint64_t word;
        if (length - i >= sizeof word) {
            memcpy(&word, bytes + i, sizeof word);
            if ((word & 0x8080808080808080u) == 0) {
                i += sizeof word;
                continue;
            }
        }
        if (bytes[i] < 0x80) {
            i++;
            continue;
        }
        size_t character = check_character(bytes + i, length - i);
        if (character == 0)
            return 0;
        i += character;
    }
    return 1;
}
