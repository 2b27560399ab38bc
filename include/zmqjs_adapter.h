/*
 * zmqjs_adapter.h - the parts that adapters share
 *
 * The adapters beside it include it; one of your own may. Static functions in C99 and C++11.
 * Threads: any thread, unless a comment says otherwise. Errors: none. NULL: not allowed.
 */
#ifndef ZMQJS_ADAPTER_H
#define ZMQJS_ADAPTER_H

#include "zmqjs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Before the declaration of an adapter's function that other files may call. */
#ifdef __cplusplus
#define ZMQJS_ADAPTER_API extern "C"
#else
#define ZMQJS_ADAPTER_API extern
#endif

/* ---- arguments --------------------------------------------------------------------- */

/* How many of argument_count arguments a call passes. */
static inline size_t zmqjs_adapter_count(const zmqjs_function *function, size_t argument_count) {
    return argument_count < function->parameter_count ? argument_count
                                                      : function->parameter_count;
}

/* Whether the adapter reads an argument. */
static inline int zmqjs_adapter_reads(const zmqjs_function *function, size_t argument) {
    return (int)(function->reads >> argument & 1u);
}

/* Whether it reads the elements of an argument that is an array. */
static inline int zmqjs_adapter_reads_elements(const zmqjs_function *function, size_t argument) {
    return (int)(function->arrays >> argument & 1u);
}

/* Reads true or false into *data. */
static inline void zmqjs_adapter_get_boolean(int boolean, zmqjs_data *data) {
    data->type = ZMQJS_BOOLEAN;
    data->as.boolean = boolean != 0;
}

/* Reads a string into *data; flags say its encoding. Ownership: text is borrowed. */
static inline void zmqjs_adapter_get_string(const void *text, size_t length, uint32_t flags, zmqjs_data *data) {
    data->type = ZMQJS_STRING;
    data->flags = flags;
    data->as.data = (void *)(uintptr_t)text;
    data->length = length;
}

/* Makes *data an array of length elements that are not read: these are up to the caller. */
static inline void zmqjs_adapter_get_array(size_t length, zmqjs_data *data) {
    data->type = ZMQJS_ARRAY;
    data->as.elements = NULL;
    data->length = length;
}

/* Makes *data bytes. Ownership: they are borrowed, and may be NULL if length is 0. */
static inline void zmqjs_adapter_get_bytes(void *bytes, size_t length, zmqjs_data *data) {
    data->type = ZMQJS_BYTES;
    data->as.data = bytes;
    data->length = length;
}

/* Reads an object that is not bytes into *data: an instance (NULL if it is none), an array whose
 * elements are not read, or any other. */
static inline void zmqjs_adapter_get_object(zmqjs_instance *instance, int is_array, zmqjs_data *data) {
    zmqjs_adapter_get_array(0, data);
    if (instance != NULL) {
        data->type = ZMQJS_INSTANCE;
        data->as.instance = instance;
    } else if (!is_array) {
        data->type = ZMQJS_OBJECT;
    }
}

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

/* Reads a BigInt into *data: its lowest 64 bits, and ZMQJS_UNSIGNED, ZMQJS_TRUNCATED or 0. */
static inline void zmqjs_adapter_get_bigint(uint64_t bits, uint32_t flags, zmqjs_data *data) {
    data->type = ZMQJS_BIGINT;
    data->flags = flags;
    memcpy(&data->as.bigint, &bits, sizeof bits);
}

/* Reads a BigInt of any size into *data from its decimal digits, with "-" before them if it is
 * negative. */
static inline void zmqjs_adapter_get_digits(const char *digits, zmqjs_data *data) {
    const int is_negative = digits[0] == '-';
    const uint64_t limit = is_negative ? (uint64_t)1 << 63 : UINT64_MAX;
    uint64_t bits = 0;
    for (digits += is_negative; *digits != '\0'; digits++) {
        const uint64_t value = (uint64_t)(*digits - '0');
        if (bits > (limit - value) / 10) {
            zmqjs_adapter_get_bigint(0, ZMQJS_TRUNCATED, data);
            return;
        }
        bits = 10 * bits + value;
    }
    zmqjs_adapter_get_bigint(is_negative ? 0 - bits : bits, 0, data);
    if (!is_negative && bits > INT64_MAX)
        data->flags = ZMQJS_UNSIGNED;
}

/* ---- arguments of engines whose values can lie in memory ------------------------------ */

/* How the values of an engine are read. The functions return 0, or -1 with an exception pending;
 * call is handed through. A value of zero bytes is one that need not be freed. */
typedef struct zmqjs_adapter_reader {
    size_t size; /* of a value, a multiple of 8 */
    /* Whether a value is an array, and not a proxy of one: 1, and its length; else 0. */
    int (*get_length)(void *call, const void *value, size_t *length);
    int (*get_element)(void *call, const void *array, uint32_t index, void *element);
    int (*get_value)(void *call, const void *value, zmqjs_data *data);
    void (*free_string)(void *call, const zmqjs_data *data);
    void (*free_value)(void *call, const void *value); /* NULL: values need not be freed */
    void (*throw_out_of_memory)(void *call);
} zmqjs_adapter_reader;

/* Gets all elements of an array, each to be read later. The values lie behind the data. */
static inline int zmqjs_adapter_get_elements(const zmqjs_adapter_reader *reader, void *call,
                                             const void *array, zmqjs_data *data) {
    zmqjs_data *elements;
    char *value;
    size_t i, length = 0;
    int is_array = reader->get_length(call, array, &length);
    if (is_array != 1)
        return is_array;
    zmqjs_adapter_get_array(length, data);
    if (length == 0 || length > ZMQJS_ELEMENT_MAXIMUM)
        return 0;
    elements = (zmqjs_data *)calloc(length, sizeof *elements + reader->size);
    if (elements == NULL) {
        reader->throw_out_of_memory(call);
        return -1;
    }
    data->as.elements = elements;
    value = (char *)(elements + length);
    for (i = 0; i < length; i++, value += reader->size) {
        if (reader->get_element(call, array, (uint32_t)i, value) < 0)
            return -1;
    }
    return 0;
}

/*
 * Reads count arguments, which lie at values, into data: those that the function reads, of arrays
 * the elements where it reads these. Getting an element may run a getter of the script, so all are
 * got before anything is read. data has to be released, also if this fails.
 */
static inline int zmqjs_adapter_read(const zmqjs_adapter_reader *reader, void *call,
                                     const zmqjs_function *function, size_t count,
                                     const void *values, zmqjs_data *data) {
    const char *value = (const char *)values;
    size_t i, j;
    for (i = 0; i < count; i++)
        data[i].type = ZMQJS_UNDEFINED;
    for (i = 0; i < count; i++) {
        if (zmqjs_adapter_reads_elements(function, i) &&
            zmqjs_adapter_get_elements(reader, call, value + i * reader->size, &data[i]) < 0)
            return -1;
    }
    for (i = 0; i < count; i++, value += reader->size) {
        zmqjs_data *elements = (zmqjs_data *)(uintptr_t)data[i].as.elements;
        if (data[i].type != ZMQJS_ARRAY) {
            if (zmqjs_adapter_reads(function, i) && reader->get_value(call, value, &data[i]) < 0)
                return -1;
            continue;
        }
        for (j = 0; elements != NULL && j < data[i].length; j++) {
            const char *element = (const char *)(elements + data[i].length) + j * reader->size;
            if (reader->get_value(call, element, &elements[j]) < 0)
                return -1;
        }
    }
    return 0;
}

/* Frees what count data that were read hold of the engine. */
static inline void zmqjs_adapter_release(const zmqjs_adapter_reader *reader, void *call,
                                         const zmqjs_data *data, size_t count) {
    size_t i, j;
    for (i = 0; i < count; i++) {
        const zmqjs_data *elements = data[i].as.elements;
        if (data[i].type == ZMQJS_STRING)
            reader->free_string(call, &data[i]);
        if (data[i].type != ZMQJS_ARRAY || elements == NULL)
            continue;
        for (j = 0; j < data[i].length; j++) {
            if (elements[j].type == ZMQJS_STRING)
                reader->free_string(call, &elements[j]);
            if (reader->free_value != NULL)
                reader->free_value(call, (const char *)(elements + data[i].length) + j * reader->size);
        }
        free((void *)(uintptr_t)elements);
    }
}

/* ---- arguments of engines that hold the values ------------------------------------------ */

/* The length of an argument whose elements are not read. */
#define ZMQJS_ADAPTER_NO_ARRAY ((size_t)-1)

/*
 * Reads values that the engine holds in a list: count arguments, and after them the elements of
 * those that are arrays. lengths has the number of elements of each argument, or
 * ZMQJS_ADAPTER_NO_ARRAY; the list does not have the elements if they are more than
 * ZMQJS_ELEMENT_MAXIMUM. read reads the value at a place of the list; call is passed to it. data has
 * room for the whole list.
 */
static inline void zmqjs_adapter_read_list(const zmqjs_function *function, size_t count, const size_t *lengths,
                                           void (*read)(void *call, size_t place, zmqjs_data *data),
                                           void *call, zmqjs_data *data) {
    zmqjs_data *next = data + count;
    size_t i, j;
    for (i = 0; i < count; i++) {
        data[i].type = ZMQJS_UNDEFINED;
        if (lengths[i] != ZMQJS_ADAPTER_NO_ARRAY) {
            zmqjs_adapter_get_array(lengths[i], &data[i]);
            data[i].as.elements = lengths[i] <= ZMQJS_ELEMENT_MAXIMUM ? next : NULL;
            for (j = 0; data[i].as.elements != NULL && j < lengths[i]; j++, next++)
                read(call, (size_t)(next - data), next);
        } else if (zmqjs_adapter_reads(function, i)) {
            read(call, i, &data[i]);
        }
    }
}

/* Writes the adapter's part of a frame. */
static inline void zmqjs_adapter_begin(zmqjs_frame *frame, zmqjs_runtime *runtime, void *context,
                                       zmqjs_instance *self, const zmqjs_data *arguments,
                                       size_t count) {
    frame->runtime = runtime;
    frame->context = context;
    frame->self = self;
    frame->arguments = arguments;
    frame->argument_count = count;
}

/* ---- results ----------------------------------------------------------------------- */

/* For an engine without BigInt: the number that a result of a numeric type is. Returns 0 if it is a
 * BigInt beyond 2^53: the adapter then throws a RangeError. */
static inline int zmqjs_adapter_number(const zmqjs_data *data, double *number) {
    const int64_t maximum = (int64_t)1 << 53;
    *number = data->type == ZMQJS_INT32    ? (double)data->as.int32
              : data->type == ZMQJS_DOUBLE ? data->as.number
                                           : (double)data->as.bigint;
    return data->type != ZMQJS_BIGINT || ((data->flags & ZMQJS_UNSIGNED) == 0 && data->as.bigint <= maximum &&
                                          data->as.bigint >= -maximum);
}

/* The bytes or the text of a result, never NULL. */
static inline const char *zmqjs_adapter_bytes(const zmqjs_data *data) {
    return data->length > 0 ? (const char *)data->as.data : "";
}

/* Whether a text of a result is short, and has only ASCII characters, which an engine may take faster. */
static inline int zmqjs_adapter_is_short_ascii(const zmqjs_data *text) {
    const unsigned char *bytes = (const unsigned char *)text->as.data;
    unsigned all = 0;
    size_t i;
    for (i = 0; i < text->length && text->length <= 64; i++)
        all |= bytes[i];
    return text->length <= 64 && all < 0x80;
}

/*
 * Writes well-formed UTF-8, as results have it, as UTF-16 in the machine's byte order. units has
 * room for length units. Returns how many were written.
 */
static inline size_t zmqjs_adapter_utf16(const char *text, size_t length, uint16_t *units) {
    const unsigned char *from = (const unsigned char *)text, *end = from + length;
    uint16_t *to = units;
    while (from < end) {
        uint32_t c = *from++;
        int more = c < 0x80 ? 0 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
        c &= more == 0 ? 0x7Fu : 0x3Fu >> more;
        while (more-- > 0)
            c = c << 6 | (*from++ & 0x3Fu);
        if (c >= 0x10000) {
            *to++ = (uint16_t)(0xD800 + ((c - 0x10000) >> 10));
            c = 0xDC00 + (c & 0x3FF);
        }
        *to++ = (uint16_t)c;
    }
    return (size_t)(to - units);
}

/*
 * Writes well-formed UTF-8 as CESU-8, which has a pair of surrogates, of three bytes each, where UTF-8
 * has four bytes. text has room for length + length / 2 bytes. Returns how many were written.
 */
static inline size_t zmqjs_adapter_cesu8(const char *utf8, size_t length, char *text) {
    const unsigned char *in = (const unsigned char *)utf8, *end = in + length;
    char *to = text;
    while (in < end) {
        uint32_t rest;
        if (*in < 0xF0) {
            *to++ = (char)*in++;
            continue;
        }
        rest = ((in[0] & 0x07u) << 18 | (in[1] & 0x3Fu) << 12 | (in[2] & 0x3Fu) << 6) - 0x10000u;
        *to++ = (char)0xED;
        *to++ = (char)(0xA0 | rest >> 16);
        *to++ = (char)(0x80 | (rest >> 10 & 0x3F));
        *to++ = (char)0xED;
        *to++ = (char)(0xB0 | (rest >> 6 & 0x0F));
        *to++ = (char)in[3];
        in += 4;
    }
    return (size_t)(to - text);
}

/* Whether an adapter tries to adopt bytes of a result: of fewer a copy takes less time. */
static inline int zmqjs_adapter_adopts(const zmqjs_data *data) {
    return (data->flags & ZMQJS_ADOPTABLE) != 0 && data->length >= 65536;
}

/* The element of an array at an index, or the value of an object's property, whose name is
 * before it. */
static inline const zmqjs_data *zmqjs_adapter_element(const zmqjs_data *data, size_t index) {
    return &data->as.elements[data->type == ZMQJS_OBJECT ? 2 * index + 1 : index];
}

/* Makes *data a string. Ownership: text is borrowed. */
static inline void zmqjs_adapter_set_text(const char *text, zmqjs_data *data) {
    zmqjs_adapter_get_string(text, strlen(text), 0, data);
}

/* An object of a few properties, from which an adapter makes one as it does from a result. */
typedef struct zmqjs_properties {
    zmqjs_data object;
    zmqjs_data elements[24];
} zmqjs_properties;

/* Begins without properties. */
static inline void zmqjs_adapter_begin_properties(zmqjs_properties *properties) {
    properties->object.type = ZMQJS_OBJECT;
    properties->object.as.elements = properties->elements;
    properties->object.length = 0;
}

/* Adds a property. Returns its value, which is undefined. Ownership: name is borrowed. */
static inline zmqjs_data *zmqjs_adapter_add(zmqjs_properties *properties, const char *name) {
    zmqjs_data *property = &properties->elements[2 * properties->object.length++];
    zmqjs_adapter_set_text(name, property);
    property[1].type = ZMQJS_UNDEFINED;
    return &property[1];
}

/* Adds a text, if it is not NULL. Ownership: it is borrowed. */
static inline void zmqjs_adapter_add_text(zmqjs_properties *properties, const char *name, const char *text) {
    if (text != NULL)
        zmqjs_adapter_set_text(text, zmqjs_adapter_add(properties, name));
}

/* Gives the properties that an error has beside its message as an object. Ownership: properties are
 * the caller's; what they hold is the error's. */
static inline const zmqjs_data *zmqjs_adapter_details(const zmqjs_error *error,
                                                      zmqjs_properties *properties) {
    zmqjs_adapter_begin_properties(properties);
    zmqjs_adapter_add_text(properties, "code", error->code);
    if (error->error_number != 0)
        zmqjs_adapter_get_number(error->error_number, zmqjs_adapter_add(properties, "errno"));
    zmqjs_adapter_add_text(properties, "endpoint", error->endpoint);
    return &properties->object;
}

/* Memory of the library that a value of the engine shows. */
typedef struct zmqjs_adapter_adopted {
    zmqjs_release release;
    void *argument;
    size_t length;
} zmqjs_adapter_adopted;

/* Takes over bytes of a call's result. Ownership: what is returned has to be given to
 * zmqjs_adapter_free_adopted(), once. Threads: the call's. NULL is returned where that cannot be:
 * the adapter then copies. */
static inline zmqjs_adapter_adopted *zmqjs_adapter_adopt(zmqjs_frame *frame,
                                                         const zmqjs_data *bytes) {
    zmqjs_adapter_adopted *adopted = (zmqjs_adapter_adopted *)malloc(sizeof *adopted);
    if (adopted != NULL) {
        adopted->length = bytes->length;
        if (zmqjs_frame_adopt(frame, bytes, &adopted->release, &adopted->argument) == ZMQJS_OK)
            return adopted;
    }
    free(adopted);
    return NULL;
}

/* Gives the memory back. bytes is not looked at. */
static inline void zmqjs_adapter_free_adopted(void *bytes, void *argument) {
    zmqjs_adapter_adopted *adopted = (zmqjs_adapter_adopted *)argument;
    (void)bytes;
    adopted->release(adopted->argument);
    free(adopted);
}

/* An error of the adapter's own. Ownership: message is borrowed. */
static inline zmqjs_error zmqjs_adapter_error(uint32_t error_class, const char *message) {
    zmqjs_error error;
    error.error_class = error_class;
    error.error_number = 0;
    error.message = message;
    error.code = NULL;
    error.endpoint = NULL;
    return error;
}

/* The error for a status below ZMQJS_OK other than ZMQJS_EXCEPTION that zmqjs_runtime_new() or a
 * call has returned. Threads: the one of that. */
static inline zmqjs_error zmqjs_adapter_status_error(int status) {
    zmqjs_error error = zmqjs_adapter_error(ZMQJS_ERROR, zmqjs_last_error());
    switch (status) {
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

/* The error of a call that returned neither ZMQJS_OK nor ZMQJS_HELD. Threads: the call's. */
static inline zmqjs_error zmqjs_adapter_call_error(int status, const zmqjs_frame *frame) {
    return status == ZMQJS_EXCEPTION ? frame->error : zmqjs_adapter_status_error(status);
}

/* Which of the constructors Error, TypeError, RangeError makes an error: 0, 1, 2. A class that a
 * newer library may have is an Error. */
static inline uint32_t zmqjs_adapter_error_class(const zmqjs_error *error) {
    return error->error_class <= ZMQJS_RANGE_ERROR ? error->error_class : (uint32_t)ZMQJS_ERROR;
}

/* ---- registration and runtimes ------------------------------------------------------- */

/* A definition for an adapter. */
typedef struct zmqjs_definition {
    const zmqjs_property *property;
    const zmqjs_class *class_begun; /* or NULL */
    const zmqjs_function *function; /* of a class its constructor, of an accessor its getter; NULL: a constant */
    const zmqjs_function *setter;   /* or NULL */
    const zmqjs_data *value;        /* of a constant; else NULL */
    int is_accessor;
} zmqjs_definition;

/* Defines it. Returns ZMQJS_OK or ZMQJS_EXCEPTION. */
typedef int (*zmqjs_adapter_define)(void *payload, const zmqjs_definition *definition);

typedef struct zmqjs_adapter_registration {
    zmqjs_adapter_define define;
    void *payload;
} zmqjs_adapter_registration;

static inline int zmqjs_adapter_pass(void *payload, const zmqjs_definition *definition) {
    const zmqjs_adapter_registration *registration = (const zmqjs_adapter_registration *)payload;
    return registration->define(registration->payload, definition);
}

static inline int zmqjs_adapter_begin_class(void *payload, const zmqjs_property *property,
                                            const zmqjs_class *begun) {
    const zmqjs_definition definition = {property, begun, begun->constructor, NULL, NULL, 0};
    return zmqjs_adapter_pass(payload, &definition);
}

static inline int zmqjs_adapter_define_function(void *payload, const zmqjs_property *property,
                                                const zmqjs_function *function) {
    const zmqjs_definition definition = {property, NULL, function, NULL, NULL, 0};
    return zmqjs_adapter_pass(payload, &definition);
}

static inline int zmqjs_adapter_define_accessor(void *payload, const zmqjs_property *property,
                                                const zmqjs_function *getter,
                                                const zmqjs_function *setter) {
    const zmqjs_definition definition = {property, NULL, getter, setter, NULL, 1};
    return zmqjs_adapter_pass(payload, &definition);
}

static inline int zmqjs_adapter_define_value(void *payload, const zmqjs_property *property,
                                             const zmqjs_data *value) {
    const zmqjs_definition definition = {property, NULL, NULL, NULL, value, 0};
    return zmqjs_adapter_pass(payload, &definition);
}

/* Gets the functions of the module, and registers it by one callback. Returns the result of
 * zmqjs_register(); *functions is NULL if there are none, and the result ZMQJS_UNAVAILABLE. */
static inline int zmqjs_adapter_register(zmqjs_adapter_define define, void *payload,
                                         const zmqjs_function *const **functions) {
    zmqjs_adapter_registration registration;
    zmqjs_registrar registrar;
    *functions = zmqjs_functions(NULL);
    memset(&registrar, 0, sizeof registrar);
    registration.define = define;
    registration.payload = payload;
    registrar.abi_version = ZMQJS_ABI_VERSION;
    registrar.size = sizeof registrar;
    registrar.begin_class = zmqjs_adapter_begin_class;
    registrar.define_function = zmqjs_adapter_define_function;
    registrar.define_accessor = zmqjs_adapter_define_accessor;
    registrar.define_value = zmqjs_adapter_define_value;
    return *functions != NULL ? zmqjs_register(&registrar, &registration) : ZMQJS_UNAVAILABLE;
}

/* The attributes of a property where the module's object is to be as that of an ECMAScript module,
 * whose exports cannot be changed. */
static inline uint32_t zmqjs_adapter_attributes(const zmqjs_property *property) {
    return property->target == ZMQJS_ON_MODULE ? (uint32_t)ZMQJS_ENUMERABLE : property->attributes;
}

/* The attributes by which an engine has a property writable, enumerable or configurable. */
static inline uint32_t zmqjs_adapter_flags(uint32_t attributes, uint32_t writable, uint32_t enumerable,
                                           uint32_t configurable) {
    return (attributes & ZMQJS_WRITABLE ? writable : 0) | (attributes & ZMQJS_ENUMERABLE ? enumerable : 0) |
           (attributes & ZMQJS_CONFIGURABLE ? configurable : 0);
}

/*
 * The common part of adapters that define the module by a script, in ECMAScript 5 (and setPrototypeOf). It
 * takes the globals that it uses before other scripts can replace them.
 *     errors      the constructors, numbered as enum zmqjs_error_class
 *     classes     of each class, by its number twice, the prototype, and next to it the size
 *     define      defines a property with attributes: a value, or a getter and perhaps a setter
 *     register    defines in exports what zmqjs_adapter_describe() has described. made is the function,
 *                 constructor or getter, and setter the setter; undefined if there is none
 */
#define ZMQJS_ADAPTER_SCRIPT                                                                           \
    "var create = Object.create, setPrototypeOf = Object.setPrototypeOf;"                              \
    "var defineProperty = Object.defineProperty, Known = typeof Symbol === 'function' ? Symbol : {};"  \
    "var errors = [Error, TypeError, RangeError], classes = create(null), begun;"                      \
    "function define(object, key, attributes, value, get, set) {"                                      \
    "  var parts = create(null);"                                                                      \
    "  parts.enumerable = (attributes & 2) !== 0;"                                                     \
    "  parts.configurable = (attributes & 4) !== 0;"                                                   \
    "  if (get === undefined) { parts.value = value; parts.writable = (attributes & 1) !== 0; }"       \
    "  else { parts.get = get; parts.set = set; }"                                                     \
    "  defineProperty(object, key, parts);"                                                            \
    "}"                                                                                                \
    "function named(made, name, length) {"                                                             \
    "  if (made !== undefined) { define(made, 'length', 4, length); define(made, 'name', 4, name); }"  \
    "}"                                                                                                \
    "function register(exports, on, made, setter) {"                                                   \
    "  setPrototypeOf(on, null);"                                                                      \
    "  named(made, on.called, on.length);"                                                             \
    "  named(setter, on.setterCalled, 1);"                                                             \
    "  if (on.number !== undefined) {"                                                                 \
    "    begun = { made: made, prototype: made.prototype || {} };"                                     \
    "    define(begun.prototype, 'constructor', 5, made);"                                             \
    "    define(made, 'prototype', 0, begun.prototype);"                                               \
    "    classes[2 * on.number] = begun.prototype;"                                                    \
    "    classes[2 * on.number + 1] = on.size;"                                                        \
    "  }"                                                                                              \
    "  var target = on.target === 0 ? exports : on.target === 1 ? begun.prototype : begun.made;"       \
    "  var key = on.symbol === undefined ? on.name : Known[on.symbol];"                                \
    "  if (key !== undefined) define(target, key, on.attributes, made === undefined ? on.value : made,"\
    "    on.isAccessor ? made : undefined, setter);"                                                   \
    "}"

/* What it has not in ECMAScript 5:
 *     kept        gives the object in which an instance keeps its values, by index */
#define ZMQJS_ADAPTER_KEPT_SCRIPT                                                                      \
    "const { apply } = Reflect, instances = new WeakMap(), { get, set } = WeakMap.prototype;"          \
    "const kept = (object) => {"                                                                       \
    "  let values = apply(get, instances, [object]);"                                                  \
    "  if (values === undefined) apply(set, instances, [object, values = { __proto__: null }]);"       \
    "  return values;"                                                                                 \
    "};"

/* Describes a definition as an object for the script, with the property's attributes, and the numbers and names
 * of its functions (id, called, setterId, setterCalled). Ownership: properties are the caller's; what they hold
 * is the library's. */
static inline const zmqjs_data *zmqjs_adapter_describe(const zmqjs_definition *definition, uint32_t attributes,
                                                       zmqjs_properties *properties) {
    const zmqjs_property *property = definition->property;
    zmqjs_adapter_begin_properties(properties);
    zmqjs_adapter_get_number(property->target, zmqjs_adapter_add(properties, "target"));
    zmqjs_adapter_get_number(attributes, zmqjs_adapter_add(properties, "attributes"));
    zmqjs_adapter_get_boolean(definition->is_accessor, zmqjs_adapter_add(properties, "isAccessor"));
    zmqjs_adapter_add_text(properties, "name", property->name);
    zmqjs_adapter_add_text(properties, "symbol", property->symbol);
    if (definition->value != NULL)
        *zmqjs_adapter_add(properties, "value") = *definition->value;
    if (definition->function != NULL) {
        zmqjs_adapter_add_text(properties, "called", definition->function->name);
        zmqjs_adapter_get_number(definition->function->number, zmqjs_adapter_add(properties, "id"));
        zmqjs_adapter_get_number(definition->function->length, zmqjs_adapter_add(properties, "length"));
    }
    if (definition->setter != NULL) {
        zmqjs_adapter_add_text(properties, "setterCalled", definition->setter->name);
        zmqjs_adapter_get_number(definition->setter->number, zmqjs_adapter_add(properties, "setterId"));
    }
    if (definition->class_begun != NULL) {
        zmqjs_adapter_get_number(definition->class_begun->number, zmqjs_adapter_add(properties, "number"));
        zmqjs_adapter_get_number(definition->class_begun->size, zmqjs_adapter_add(properties, "size"));
    }
    return &properties->object;
}

/* A host's function that ends a wait by a value other than zero, or NULL. */
typedef struct zmqjs_adapter_interrupt {
    int (*function)(void *argument);
    void *argument;
} zmqjs_adapter_interrupt;

/* The callback of the engine for that; payload is a zmqjs_adapter_interrupt. */
static inline int zmqjs_adapter_interrupted(void *payload, void *context) {
    const zmqjs_adapter_interrupt *interrupt = (const zmqjs_adapter_interrupt *)payload;
    (void)context;
    return interrupt->function != NULL ? interrupt->function(interrupt->argument) : 0;
}

/* Makes the runtime, unless there is one, of an engine of that name with these callbacks, each of
 * which may be NULL. Returns the result of zmqjs_runtime_new(). */
static inline int zmqjs_adapter_start(zmqjs_runtime **runtime, const char *name, void *payload,
                                      int (*interrupted)(void *payload, void *context),
                                      void (*collect)(void *payload, void *context)) {
    zmqjs_engine engine;
    if (*runtime != NULL)
        return ZMQJS_OK;
    memset(&engine, 0, sizeof engine);
    engine.abi_version = ZMQJS_ABI_VERSION;
    engine.size = sizeof engine;
    engine.name = name;
    engine.interrupted = interrupted;
    engine.collect = collect;
    return zmqjs_runtime_new(&engine, payload, runtime);
}

/* Ends the runtime, if there is one. */
static inline void zmqjs_adapter_stop(zmqjs_runtime **runtime) {
    if (*runtime != NULL)
        zmqjs_runtime_free(*runtime);
    *runtime = NULL;
}

#endif /* ZMQJS_ADAPTER_H */
