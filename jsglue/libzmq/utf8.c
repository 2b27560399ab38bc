#include "utf8.h"

#include <stdint.h>
#include <string.h>

/* The length of a character by its first byte, and the range of its second byte; 0 if the byte
 * begins no character. */
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

/* The length of the character at text, which is not ASCII; 0 if it is not well-formed. */
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

static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD */
enum { REPLACEMENT = sizeof replacement - 1 };

/* How many bytes at text, which begin no well-formed character, become one U+FFFD. */
static size_t ill_formed(enum utf8_origin origin, const unsigned char *text, size_t left)
{
    unsigned char low, high;
    int length = sequence(text[0], &low, &high);
    if (origin == UTF8_OF_ENGINE && left >= 3 && text[0] == 0xED && text[1] >= 0xA0 && text[1] <= 0xBF &&
        (text[2] & 0xC0) == 0x80)
        return 3; /* a surrogate */
    if (length == 0 || left < 2 || text[1] < low || text[1] > high)
        return 1;
    size_t part = 2;
    while (part < (size_t)length && part < left && (text[part] & 0xC0) == 0x80)
        part++;
    return part;
}

/* Whether text begins with a surrogate of one half: high (0xA0) or low (0xB0). */
static int is_surrogate(const unsigned char *text, unsigned char half)
{
    return text[0] == 0xED && (text[1] & 0xF0) == half && (text[2] & 0xC0) == 0x80;
}

/* Writes the character of a pair of surrogates, of three bytes each. */
static void write_pair(const unsigned char *text, char *to)
{
    unsigned high = 0x40u + ((text[1] & 0x0Fu) << 6 | (text[2] & 0x3Fu)); /* its upper 11 bits */
    to[0] = (char)(0xF0 | high >> 8);
    to[1] = (char)(0x80 | (high >> 2 & 0x3F));
    to[2] = (char)(0x80 | (high << 4 & 0x30) | (text[4] & 0x0F));
    to[3] = (char)text[5];
}

size_t utf8_repair(enum utf8_origin origin, const char *text, size_t length, char *to)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t made = 0;
    for (size_t i = 0; i < length;) {
        size_t character = bytes[i] < 0x80 ? 1 : check_character(bytes + i, length - i);
        if (character == 0 && origin == UTF8_OF_ENGINE && length - i >= 6 &&
            is_surrogate(bytes + i, 0xA0) && is_surrogate(bytes + i + 3, 0xB0)) {
            if (to != NULL)
                write_pair(bytes + i, to + made);
            made += 4;
            i += 6;
            continue;
        }
        size_t size = character > 0 ? character : REPLACEMENT;
        if (to != NULL)
            memcpy(to + made, character > 0 ? text + i : replacement, size);
        made += size;
        i += character > 0 ? character : ill_formed(origin, bytes + i, length - i);
    }
    return made;
}

/* The character at units, and the number of its units. */
static uint32_t utf16_character(const char *units, size_t left, size_t *taken)
{
    uint16_t unit, next = 0;
    memcpy(&unit, units, sizeof unit);
    *taken = 1;
    if (unit < 0xD800 || unit > 0xDFFF)
        return unit;
    if (unit < 0xDC00 && left > 1)
        memcpy(&next, units + sizeof unit, sizeof next);
    if (next < 0xDC00 || next > 0xDFFF)
        return 0xFFFD;
    *taken = 2;
    return 0x10000 + (((uint32_t)unit - 0xD800) << 10) + (next - 0xDC00u);
}

static size_t length_of(uint32_t character)
{
    if (character < 0x80)
        return 1;
    if (character < 0x800)
        return 2;
    return character < 0x10000 ? 3 : 4;
}

static char *write_character(uint32_t character, char *to)
{
    size_t length = length_of(character);
    if (length == 1) {
        *to = (char)character;
        return to + 1;
    }
    for (size_t i = length - 1; i > 0; i--) {
        to[i] = (char)(0x80 | (character & 0x3F));
        character >>= 6;
    }
    static const unsigned char first[] = {0, 0, 0xC0, 0xE0, 0xF0};
    *to = (char)(first[length] | character);
    return to + length;
}

enum { UNITS_AT_ONCE = 4 };

/* Writes count units if all are ASCII: 1; else 0. */
static inline int write_ascii(const char *units, char *to)
{
    uint16_t unit[UNITS_AT_ONCE];
    uint64_t all;
    memcpy(&all, units, sizeof all);
    if ((all & 0xFF80FF80FF80FF80u) != 0)
        return 0;
    memcpy(unit, units, sizeof unit);
    for (int i = 0; i < UNITS_AT_ONCE; i++)
        to[i] = (char)unit[i];
    return 1;
}

size_t utf8_length_of_utf16(const void *units, size_t count)
{
    size_t length = 0, taken;
    char ascii[UNITS_AT_ONCE];
    for (size_t i = 0; i < count; i += taken) {
        const char *next = (const char *)units + 2 * i;
        taken = UNITS_AT_ONCE;
        if (count - i >= UNITS_AT_ONCE && write_ascii(next, ascii))
            length += UNITS_AT_ONCE;
        else
            length += length_of(utf16_character(next, count - i, &taken));
    }
    return length;
}

void utf8_write_utf16(const void *units, size_t count, char *to)
{
    size_t taken;
    for (size_t i = 0; i < count; i += taken) {
        const char *next = (const char *)units + 2 * i;
        taken = UNITS_AT_ONCE;
        if (count - i >= UNITS_AT_ONCE && write_ascii(next, to))
            to += UNITS_AT_ONCE;
        else
            to = write_character(utf16_character(next, count - i, &taken), to);
    }
}

int utf8_write_ascii_of_utf16(const void *units, size_t count, char *to)
{
    size_t i = 0;
    for (; count - i >= UNITS_AT_ONCE; i += UNITS_AT_ONCE)
        if (!write_ascii((const char *)units + 2 * i, to + i))
            return 0;
    for (; i < count; i++) {
        uint16_t unit;
        memcpy(&unit, (const char *)units + 2 * i, sizeof unit);
        if (unit >= 0x80)
            return 0;
        to[i] = (char)unit;
    }
    return 1;
}

size_t utf8_length_of_latin1(const unsigned char *text, size_t length)
{
    size_t made = length;
    for (size_t i = 0; i < length; i++)
        made += text[i] >> 7;
    return made;
}

void utf8_write_latin1(const unsigned char *text, size_t length, char *to)
{
    for (size_t i = 0; i < length; i++)
        to = write_character(text[i], to);
}
