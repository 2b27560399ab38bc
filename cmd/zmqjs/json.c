#include "json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The length of the UTF-8 sequence at the beginning of a text; 0 if there is none. */
static size_t sequence(const unsigned char *text)
{
    static const struct {
        unsigned char first, last, low, high; /* of the first byte; of the second */
        size_t length;
    } forms[] = {
        {0x00, 0x7f, 0x00, 0xff, 1}, {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3}, {0xe1, 0xec, 0x80, 0xbf, 3},
        {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3}, {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4},
        {0xf4, 0xf4, 0x80, 0x8f, 4},
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (text[0] < forms[i].first || text[0] > forms[i].last)
            continue;
        size_t length = forms[i].length, at = 1;
        if (length > 1 && (text[1] < forms[i].low || text[1] > forms[i].high))
            return 0;
        while (at < length && text[at] >= 0x80 && text[at] <= 0xbf)
            at++;
        return at == length ? length : 0;
    }
    return 0;
}

char *json_string(const char *text)
{
    char *result = malloc(6 * strlen(text) + 3), *to = result;
    if (result == NULL)
        return NULL;
    *to++ = '"';
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0';) {
        size_t length = sequence(at);
        if (length == 0 || *at < 0x20) {
            to += sprintf(to, "\\u%04x", length == 0 ? 0xfffd : *at);
            length = 1;
        } else {
            if (*at == '"' || *at == '\\')
                *to++ = '\\';
            memcpy(to, at, length);
            to += length;
        }
        at += length;
    }
    *to++ = '"';
    *to = '\0';
    return result;
}

void json_bytes(char *to, const unsigned char *bytes, size_t size)
{
    *to++ = '"';
    for (size_t i = 0; i < size; i++)
        to += sprintf(to, "%02x", bytes[i]);
    *to++ = '"';
    *to = '\0';
}
