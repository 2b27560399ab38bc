/* Text for lines of JSON. */
#ifndef JSON_H
#define JSON_H

#include <stddef.h>

/* A text as a string of JSON; bytes that are not UTF-8 become U+FFFD. The caller frees it. NULL if
 * memory runs out. */
char *json_string(const char *text);

/* Writes bytes as a string of hexadecimal digits, with quotation marks: 2 * size + 3 bytes. */
void json_bytes(char *to, const unsigned char *bytes, size_t size);

#endif
