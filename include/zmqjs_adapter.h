/*
 * zmqjs_adapter.h - what adapters have in common: numbers, texts of UTF-16, sizes, statuses of calls
 *
 * The adapters beside it include it; one of your own may. It needs no library, and is C99
 * and C++11. Threads: any thread. Errors: none.
 */
#ifndef ZMQJS_ADAPTER_H
#define ZMQJS_ADAPTER_H

#include "zmqjs.h"

#include <errno.h>
#include <string.h>

/* Reads a number into *data: an int32 where it is one (-0 as 0), else a double. */
static inline void zmqjs_adapter_get_number(double number, zmqjs_data *data) {
    if (number >= INT32_MIN && number <= INT32_MAX && number == (double)(int32_t)number) {
        data->type = ZMQJS_INT32;
        data->as.int32 = (int32_t)number;
    } else {
        data->type = ZMQJS_DOUBLE;
        data->as.number = number;
    }
}

/* How many functions a module has at most: its own, and those of its classes. */
static inline size_t zmqjs_adapter_count_functions(const zmqjs_module *module) {
    size_t i, count = module->function_count;
    for (i = 0; i < module->class_count; i++) {
        const zmqjs_class *definition = module->classes[i];
        count += 1 + definition->method_count + 2 * definition->accessor_count;
    }
    return count;
}

/*
 * Writes count units of UTF-16, in the machine's byte order, as UTF-8, as zmqjs_data is to
 * show a string: a surrogate without its other half becomes the three bytes of its code
 * point. text has room for three bytes for each unit, and gets no NUL at its end. Returns
 * the length in bytes.
 */
static inline size_t zmqjs_adapter_utf8(const void *units, size_t count, char *text) {
    char *end = text;
    size_t i;
    for (i = 0; i < count; i++) {
        uint16_t unit, next = 0;
        uint32_t c;
        memcpy(&unit, (const char *)units + 2 * i, sizeof unit);
        c = unit;
        if (c < 0x80) {
            *end++ = (char)c;
            continue;
        }
        if (c >= 0xD800 && c < 0xDC00 && i + 1 < count) {
            memcpy(&next, (const char *)units + 2 * i + 2, sizeof next);
        }
        if (next >= 0xDC00 && next < 0xE000) {
            c = 0x10000 + ((c - 0xD800) << 10) + (next - 0xDC00u);
            i++;
            *end++ = (char)(0xF0 | c >> 18);
            *end++ = (char)(0x80 | (c >> 12 & 0x3F));
        } else if (c >= 0x800) {
            *end++ = (char)(0xE0 | c >> 12);
        }
        *end++ = c < 0x800 ? (char)(0xC0 | c >> 6) : (char)(0x80 | (c >> 6 & 0x3F));
        *end++ = (char)(0x80 | (c & 0x3F));
    }
    return (size_t)(end - text);
}

/*
 * The error to throw for a call, or for zmqjs_runtime_new(), that returned a status below
 * ZMQJS_OK other than ZMQJS_EXCEPTION. text is borrowed: usually zmqjs_last_error().
 */
static inline zmqjs_error zmqjs_adapter_error(int status, const char *text) {
    zmqjs_error error;
    memset(&error, 0, sizeof error);
    error.message = text;
    switch (status) {
    case ZMQJS_INVALID_ARGUMENT: /* the runtime has ended */
        error.code = "ETERM";
        error.error_number = 156384712 + 53; /* libzmq's ZMQ_HAUSNUMERO and 53 */
        break;
    case ZMQJS_BUSY:
        error.code = "EBUSY";
        error.error_number = EBUSY;
        break;
    case ZMQJS_UNAVAILABLE:
        error.code = "ENOTSUP";
        error.error_number = ENOTSUP;
        break;
    case ZMQJS_OUT_OF_MEMORY: /* or out of descriptors */
        break;
    default:
        error.code = "EINVAL";
        error.error_number = EINVAL;
        break;
    }
    return error;
}

#endif /* ZMQJS_ADAPTER_H */
