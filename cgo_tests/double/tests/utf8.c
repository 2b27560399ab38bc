/* utf8.c - see utf8.h */
#include "utf8.h"

int utf8_valid(const char *text, size_t length)
{
    static const unsigned long least[] = {0, 0x80, 0x800, 0x10000};
    const unsigned char *byte = (const unsigned char *)text;

    for (size_t i = 0; i < length;) {
        unsigned lead = byte[i++];
        size_t more = lead < 0x80 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
        if ((lead >= 0x80 && lead < 0xc0) || lead >= 0xf8 || more > length - i) return 0;
        unsigned long point = more == 0 ? lead : lead & (0x3fu >> more);
        for (size_t k = 0; k < more; k++, i++) {
            if ((byte[i] & 0xc0) != 0x80) return 0;
            point = point << 6 | (byte[i] & 0x3f);
        }
        if (point < least[more] || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
            return 0;
    }
    return 1;
}
