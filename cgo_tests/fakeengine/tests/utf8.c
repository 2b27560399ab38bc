/* utf8.c - see utf8.h */
#include "utf8.h"

#include <string.h>

#define NONE ((unsigned long)-1)

/* Reads a code point, which may be a surrogate, and moves behind it; NONE if there is none. */
static unsigned long next_point(const unsigned char *byte, size_t length, size_t *i)
{
    static const unsigned long least[] = {0, 0x80, 0x800, 0x10000};
    unsigned lead = byte[(*i)++];
    size_t more = lead < 0x80 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    if ((lead >= 0x80 && lead < 0xc0) || lead >= 0xf8 || more > length - *i) return NONE;
    unsigned long point = more == 0 ? lead : lead & (0x3fu >> more);
    for (size_t k = 0; k < more; k++, ++*i) {
        if ((byte[*i] & 0xc0) != 0x80) return NONE;
        point = point << 6 | (byte[*i] & 0x3f);
    }
    return point < least[more] || point > 0x10ffff ? NONE : point;
}

int utf8_valid(const char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        unsigned long point = next_point((const unsigned char *)text, length, &i);
        if (point == NONE || (point >= 0xd800 && point <= 0xdfff)) return 0;
    }
    return 1;
}

size_t utf16_of(const char *text, size_t length, uint16_t *units)
{
    size_t count = 0;
    for (size_t i = 0; i < length;) {
        unsigned long point = next_point((const unsigned char *)text, length, &i);
        if (point == NONE) return UTF16_NONE;
        if (point > 0xffff) {
            units[count++] = (uint16_t)(0xd800 + ((point - 0x10000) >> 10));
            point = 0xdc00 + (point & 0x3ff);
        }
        units[count++] = (uint16_t)point;
    }
    return count;
}

int latin1_of(uint16_t *units, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (units[i] > 0xff) return 0;
    for (size_t i = 0; i < count; i++) {
        unsigned char byte = (unsigned char)units[i]; /* i bytes end before unit i begins */
        memcpy((char *)units + i, &byte, 1);
    }
    return 1;
}
