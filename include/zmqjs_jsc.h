/*
 * zmqjs_jsc.h - the module "zmq" for JavaScriptCore's C API
 *
 * Header-only. In ONE file of the host:
 *
 *     #include <JavaScriptCore/JavaScript.h>
 *     #define ZMQJS_JSC_IMPLEMENTATION
 *     #include "zmqjs_jsc.h"           and link with -lzmqjs
 *
 *     JSObjectRef zmq = zmqjs_jsc_open(ctx, &exception);
 *
 * It is C99 and C++11. The API has no modules: the host makes the object a global, or what
 * its require() returns. Each call makes a module of its own, with a runtime that ends when
 * the engine collects the last of it.
 */
#ifndef ZMQJS_JSC_H
#define ZMQJS_JSC_H

#include "zmqjs_adapter.h"

#ifndef JavaScript_h
#error "zmqjs_jsc.h: include JavaScriptCore/JavaScript.h first"
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Makes the module: an object with the functions, classes and constants. Returns NULL with
 * *exception set. On a thread that may use the context, as the engine has it. */
JSObjectRef zmqjs_jsc_open(JSContextRef ctx, JSValueRef *exception);

/* The same, with a function that a wait asks every 50 ms, and after each signal, whether it
 * shall end (nonzero): on the waiting thread; it must not use the context. Signals by
 * themselves end no wait, for the engine's collector stops threads by them. NULL: nothing
 * ends a wait. */
JSObjectRef zmqjs_jsc_open_with(JSContextRef ctx, int (*interrupted)(void *argument), void *argument,
                                JSValueRef *exception);

#ifdef __cplusplus
}
#endif

#endif /* ZMQJS_JSC_H */

#if defined(ZMQJS_JSC_IMPLEMENTATION) && !defined(ZMQJS_JSC_IMPLEMENTED)
#define ZMQJS_JSC_IMPLEMENTED

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- state ----------------------------------------------------------------------- */

/*
 * What is easier said in the language than in the API: functions with names and lengths,
 * classes that can be extended, slots that cycles do not keep alive. It takes what it needs
 * of the globals before a script can replace it. Numbered as the enumeration below.
 */
static const char zmqjs_jsc_helpers[] =
    "((call) => {"
    "const { defineProperty, getOwnPropertyDescriptor } = Object, { apply, construct } = Reflect;"
    "const errors = [Error, TypeError, RangeError], Big = BigInt, Bytes = Uint8Array, text = Big.prototype.toString;"
    "const slots = new WeakMap(), { get, set } = WeakMap.prototype;"
    "const view = (name) => getOwnPropertyDescriptor(DataView.prototype, name).get;"
    "const buffer = view('buffer'), offset = view('byteOffset'), length = view('byteLength');"
    "const shown = (object, name, value) => defineProperty(object, name,"
    "  { __proto__: null, value, writable: true, enumerable: true, configurable: true });"
    "const sized = (f, length) => defineProperty(f, 'length', { __proto__: null, value: length, configurable: true });"
    "const symbol = (name) => name.startsWith('@@') ? Symbol[name.slice(2)] : name;"
    "const title = (name) => name.startsWith('@@') ? '[Symbol.' + name.slice(2) + ']' : name;"
    "return ["
    "  (id, name, length) => { const key = title(name);"
    "    return sized({ [key](...values) { return call(id, this, values); } }[key], length); },"
    "  (id, name, length, prevented) => sized({ [name]: class { constructor(...values) {"
    "    if (prevented !== undefined) throw new errors[1](prevented);"
    "    return call(id, new.target, values); } } }[name], length),"
    "  (object, name, value, enumerable) => { const key = symbol(name); if (key !== undefined)"
    "    defineProperty(object, key, { __proto__: null, value, enumerable, writable: !enumerable, configurable: !enumerable }); },"
    "  (object, name, get, set) => { defineProperty(get, 'name', { __proto__: null, value: 'get ' + name });"
    "    if (set) defineProperty(set, 'name', { __proto__: null, value: 'set ' + name });"
    "    defineProperty(object, name, { __proto__: null, get, set, configurable: true }); },"
    "  (object, name) => { defineProperty(object, Symbol.toStringTag, { __proto__: null, value: name, configurable: true }); },"
    "  (object, index, value) => { let kept = apply(get, slots, [object]);"
    "    if (kept === undefined) apply(set, slots, [object, kept = { __proto__: null }]); kept[index] = value; },"
    "  (object, index) => { const kept = apply(get, slots, [object]); return kept === undefined ? kept : kept[index]; },"
    "  (kind, message, code, errno, endpoint) => { const error = new errors[kind](message);"
    "    if (code !== undefined) shown(error, 'code', code);"
    "    if (endpoint !== undefined) shown(error, 'endpoint', endpoint);"
    "    if (errno !== 0) shown(error, 'errno', errno); return error; },"
    "  (value) => apply(text, value, []),"
    "  (digits) => Big(digits),"
    "  (value) => { try { return [apply(buffer, value, []), apply(offset, value, []), apply(length, value, [])]; } catch { } },"
    "  (value) => typeof value === 'bigint',"
    "  (object, name, value) => { shown(object, name, value); },"
    "  (buffer) => new (typeof Uint8FFArray === 'function' ? Uint8FFArray : Bytes)(buffer),"
    "]; })";

enum {
    ZMQJS_JSC_FUNCTION,
    ZMQJS_JSC_CLASS,
    ZMQJS_JSC_DEFINE,
    ZMQJS_JSC_ACCESSOR,
    ZMQJS_JSC_TAG,
    ZMQJS_JSC_SLOT_SET,
    ZMQJS_JSC_SLOT_GET,
    ZMQJS_JSC_ERROR,
    ZMQJS_JSC_DIGITS,
    ZMQJS_JSC_BIGINT,
    ZMQJS_JSC_DATA_VIEW,
    ZMQJS_JSC_IS_BIGINT,
    ZMQJS_JSC_SET,
    ZMQJS_JSC_BYTES,
    ZMQJS_JSC_HELPERS
};

/* All that a module has. It belongs to the function call of the helpers, whose properties
 * keep the engine's values. */
typedef struct zmqjs_jsc_state {
    const zmqjs_module *module;
    zmqjs_runtime *runtime; /* NULL until the first call */
    JSClassRef instances; /* what is common to the following */
    JSClassRef *classes;  /* of instances, which the engine tells their names by */
    JSObjectRef helpers[ZMQJS_JSC_HELPERS];
    JSObjectRef *prototypes; /* of the module's classes */
    JSValueRef exception;    /* of the call under way, or NULL */
    int function_count;
    const zmqjs_function **functions; /* by their numbers */
    int (*interrupted)(void *argument); /* or NULL */
    void *interrupted_argument;
} zmqjs_jsc_state;

/* What an instance carries: all that its finalizer, on whatever thread, may touch. */
typedef struct zmqjs_jsc_instance {
    const zmqjs_class *definition;
    void *pointer;
} zmqjs_jsc_instance;

static zmqjs_value zmqjs_jsc_wrap(JSValueRef value) {
    zmqjs_value wrapped = {{0, 0}};
    wrapped.bits[0] = (uint64_t)(uintptr_t)value;
    return wrapped;
}

static JSValueRef zmqjs_jsc_unwrap(zmqjs_value wrapped) {
    return (JSValueRef)(uintptr_t)wrapped.bits[0];
}

/* The library keeps values in memory that the collector does not look at. */
static int zmqjs_jsc_hand_out(zmqjs_jsc_state *state, JSContextRef ctx, JSValueRef made,
                              JSValueRef exception, zmqjs_value *value) {
    if (exception != NULL || made == NULL) {
        state->exception = exception;
        return ZMQJS_EXCEPTION;
    }
    JSValueProtect(ctx, made);
    *value = zmqjs_jsc_wrap(made);
    return ZMQJS_OK;
}

static JSValueRef zmqjs_jsc_help(zmqjs_jsc_state *state, JSContextRef ctx, int helper,
                                 size_t count, const JSValueRef *arguments,
                                 JSValueRef *exception) {
    return JSObjectCallAsFunction(ctx, state->helpers[helper], NULL, count, arguments, exception);
}

/* ---- texts --------------------------------------------------------------------------- */

/* UTF-16 of well-formed UTF-8: at most a unit for each byte. */
static size_t zmqjs_jsc_utf16(const char *text, size_t length, JSChar *units) {
    const unsigned char *from = (const unsigned char *)text, *end = from + length;
    JSChar *start = units;
    while (from < end) {
        uint32_t c = *from++;
        int more = c < 0x80 ? 0 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
        c &= more == 0 ? 0x7Fu : 0x3Fu >> more;
        while (more-- > 0) {
            c = c << 6 | (*from++ & 0x3Fu);
        }
        if (c >= 0x10000) {
            *units++ = (JSChar)(0xD800 + ((c - 0x10000) >> 10));
            c = 0xDC00 + (c & 0x3FF);
        }
        *units++ = (JSChar)c;
    }
    return (size_t)(units - start);
}

static JSValueRef zmqjs_jsc_new_string(JSContextRef ctx, const char *text, size_t length) {
    JSChar *units = (JSChar *)malloc((length + 1) * sizeof *units);
    JSStringRef string;
    JSValueRef value;
    if (units == NULL) {
        return NULL;
    }
    string = JSStringCreateWithCharacters(units, zmqjs_jsc_utf16(text, length, units));
    value = JSValueMakeString(ctx, string);
    JSStringRelease(string);
    free(units);
    return value;
}

static JSValueRef zmqjs_jsc_new_text(JSContextRef ctx, const char *text) {
    return text != NULL ? zmqjs_jsc_new_string(ctx, text, strlen(text)) : JSValueMakeUndefined(ctx);
}

/* ---- reading values ------------------------------------------------------------------- */

static int zmqjs_jsc_get_string(JSContextRef ctx, JSValueRef value, zmqjs_data *data) {
    JSStringRef string = JSValueToStringCopy(ctx, value, NULL);
    size_t count = string != NULL ? JSStringGetLength(string) : 0;
    char *text = string != NULL ? (char *)malloc(3 * count + 1) : NULL;
    if (text != NULL) {
        data->type = ZMQJS_STRING;
        data->as.string.length = zmqjs_adapter_utf8(JSStringGetCharactersPtr(string), count, text);
        data->as.string.data = text;
        data->held[0] = text;
    }
    if (string != NULL) {
        JSStringRelease(string);
    }
    return text != NULL ? ZMQJS_OK : ZMQJS_EXCEPTION;
}

static int zmqjs_jsc_get_bigint(zmqjs_jsc_state *state, JSContextRef ctx, JSValueRef value,
                                zmqjs_data *data) {
    zmqjs_data digits;
    uint64_t bits;
    JSValueRef text = zmqjs_jsc_help(state, ctx, ZMQJS_JSC_DIGITS, 1, &value, &state->exception);
    memset(&digits, 0, sizeof digits);
    if (text == NULL || zmqjs_jsc_get_string(ctx, text, &digits) != ZMQJS_OK) {
        return ZMQJS_EXCEPTION;
    }
    ((char *)digits.held[0])[digits.as.string.length] = '\0';
    errno = 0;
    bits = *digits.as.string.data == '-' ? (uint64_t)strtoll(digits.as.string.data, NULL, 10)
                                         : strtoull(digits.as.string.data, NULL, 10);
    data->type = ZMQJS_BIGINT;
    data->as.bigint = (int64_t)bits;
    if (errno == ERANGE) {
        data->flags = ZMQJS_BIGINT_TRUNCATED;
    } else if (*digits.as.string.data != '-' && bits > INT64_MAX) {
        data->flags = ZMQJS_BIGINT_UNSIGNED;
    }
    free(digits.held[0]);
    return ZMQJS_OK;
}

static size_t zmqjs_jsc_get_size(JSContextRef ctx, JSObjectRef array, unsigned index) {
    return (size_t)JSValueToNumber(ctx, JSObjectGetPropertyAtIndex(ctx, array, index, NULL), NULL);
}

/* Reads bytes, if the object is such: 1. A detached buffer has the length 0; of one that has
 * a length, and whose memory the engine keeps to itself, as that of WebAssembly, nothing can be
 * read. */
static int zmqjs_jsc_get_bytes(zmqjs_jsc_state *state, JSContextRef ctx, JSValueRef value,
                               zmqjs_data *data) {
    JSTypedArrayType type = JSValueGetTypedArrayType(ctx, value, NULL);
    JSObjectRef object = (JSObjectRef)(uintptr_t)value, parts;
    JSValueRef found;
    char *base = NULL;
    size_t offset = 0;
    if (type == kJSTypedArrayTypeArrayBuffer) {
        data->as.bytes.length = JSObjectGetArrayBufferByteLength(ctx, object, NULL);
        base = (char *)JSObjectGetArrayBufferBytesPtr(ctx, object, NULL);
    } else if (type != kJSTypedArrayTypeNone) {
        data->as.bytes.length = JSObjectGetTypedArrayByteLength(ctx, object, NULL);
        offset = JSObjectGetTypedArrayByteOffset(ctx, object, NULL);
        base = (char *)JSObjectGetTypedArrayBytesPtr(ctx, object, NULL);
    } else {
        found = zmqjs_jsc_help(state, ctx, ZMQJS_JSC_DATA_VIEW, 1, &value, NULL);
        if (found == NULL || !JSValueIsObject(ctx, found)) {
            return 0;
        }
        parts = (JSObjectRef)(uintptr_t)found;
        object = (JSObjectRef)(uintptr_t)JSObjectGetPropertyAtIndex(ctx, parts, 0, NULL);
        offset = zmqjs_jsc_get_size(ctx, parts, 1);
        data->as.bytes.length = zmqjs_jsc_get_size(ctx, parts, 2);
        base = (char *)JSObjectGetArrayBufferBytesPtr(ctx, object, NULL);
    }
    if (base == NULL && data->as.bytes.length > 0) {
        memset(&data->as, 0, sizeof data->as);
        return 0;
    }
    data->type = ZMQJS_BYTES;
    data->as.bytes.data = base != NULL ? base + offset : NULL;
    return 1;
}

static int zmqjs_jsc_get_object(zmqjs_jsc_state *state, JSContextRef ctx, JSValueRef value,
                                zmqjs_data *data) {
    JSObjectRef object = (JSObjectRef)(uintptr_t)value;
    const zmqjs_jsc_instance *instance;
    if (JSValueIsObjectOfClass(ctx, value, state->instances)) {
        instance = (const zmqjs_jsc_instance *)JSObjectGetPrivate(object);
        data->type = ZMQJS_NATIVE;
        data->as.native.definition = instance->definition;
        data->as.native.pointer = instance->pointer;
    } else if (JSValueIsArray(ctx, value)) {
        JSStringRef name = JSStringCreateWithUTF8CString("length");
        data->type = ZMQJS_ARRAY;
        data->as.elements.length =
            (size_t)JSValueToNumber(ctx, JSObjectGetProperty(ctx, object, name, NULL), NULL);
        JSStringRelease(name);
    } else {
        zmqjs_jsc_get_bytes(state, ctx, value, data);
    }
    return ZMQJS_OK;
}

static int zmqjs_jsc_value_get(void *payload, void *context, zmqjs_value wrapped,
                               zmqjs_data *data) {
    zmqjs_jsc_state *state = (zmqjs_jsc_state *)payload;
    JSContextRef ctx = (JSContextRef)context;
    JSValueRef is, value = zmqjs_jsc_unwrap(wrapped);
    switch ((int)JSValueGetType(ctx, value)) {
    case kJSTypeUndefined:
        return ZMQJS_OK;
    case kJSTypeNull:
        data->type = ZMQJS_NULL;
        return ZMQJS_OK;
    case kJSTypeBoolean:
        data->type = ZMQJS_BOOLEAN;
        data->as.boolean = JSValueToBoolean(ctx, value);
        return ZMQJS_OK;
    case kJSTypeNumber:
        zmqjs_adapter_get_number(JSValueToNumber(ctx, value, NULL), data);
        return ZMQJS_OK;
    case kJSTypeString:
        return zmqjs_jsc_get_string(ctx, value, data);
    case kJSTypeSymbol:
        data->type = ZMQJS_OBJECT;
        return ZMQJS_OK;
    default:
        data->type = ZMQJS_OBJECT;
        if (JSValueIsObject(ctx, value)) {
            return zmqjs_jsc_get_object(state, ctx, value, data);
        }
        is = zmqjs_jsc_help(state, ctx, ZMQJS_JSC_IS_BIGINT, 1, &value, NULL);
        return is != NULL && JSValueToBoolean(ctx, is)
                   ? zmqjs_jsc_get_bigint(state, ctx, value, data)
                   : ZMQJS_OK;
    }
}

static void zmqjs_jsc_value_release(void *payload, void *context, zmqjs_data *data) {
    (void)payload;
    (void)context;
    free(data->held[0]); /* NULL for bytes */
}

static void zmqjs_jsc_value_free(void *payload, void *context, zmqjs_value value) {
    (void)payload;
    JSValueUnprotect((JSContextRef)context, zmqjs_jsc_unwrap(value));
}

static int zmqjs_jsc_element_get(void *payload, void *context, zmqjs_value array, uint32_t index,
                                 zmqjs_value *element) {
    JSContextRef ctx = (JSContextRef)context;
    JSValueRef exception = NULL;
    JSValueRef value = JSObjectGetPropertyAtIndex(
        ctx, (JSObjectRef)(uintptr_t)zmqjs_jsc_unwrap(array), index, &exception);
    return zmqjs_jsc_hand_out((zmqjs_jsc_state *)payload, ctx, value, exception, element);
}

/* ---- making values ---------------------------------------------------------------------- */

static void zmqjs_jsc_free_bytes(void *bytes, void *argument) {
    (void)argument;
    free(bytes);
}

static JSValueRef zmqjs_jsc_new_bytes(zmqjs_jsc_state *state, JSContextRef ctx,
                                      const zmqjs_data *data, JSValueRef *exception) {
    size_t length = data->as.bytes.length;
    void *bytes = malloc(length > 0 ? length : 1);
    JSValueRef buffer;
    if (bytes == NULL) {
        return NULL;
    }
    if (length > 0) {
        memcpy(bytes, data->as.bytes.data, length);
    }
    buffer = JSObjectMakeArrayBufferWithBytesNoCopy(ctx, bytes, length, zmqjs_jsc_free_bytes, NULL,
                                                    exception);
    return buffer != NULL ? zmqjs_jsc_help(state, ctx, ZMQJS_JSC_BYTES, 1, &buffer, exception)
                          : NULL;
}

/* An array, or with names an object. */
static JSValueRef zmqjs_jsc_new_elements(zmqjs_jsc_state *state, JSContextRef ctx,
                                         const zmqjs_data *data, JSValueRef *exception) {
    size_t i, length = data->as.elements.length;
    JSObjectRef made = data->type == ZMQJS_ARRAY ? JSObjectMakeArray(ctx, 0, NULL, exception)
                                                 : JSObjectMake(ctx, NULL, NULL);
    for (i = 0; made != NULL && *exception == NULL && i < length; i++) {
        JSValueRef arguments[3];
        arguments[0] = made;
        arguments[1] = data->type == ZMQJS_ARRAY
                           ? JSValueMakeNumber(ctx, (double)i)
                           : zmqjs_jsc_new_text(ctx, data->as.elements.names[i]);
        arguments[2] = zmqjs_jsc_unwrap(data->as.elements.values[i]);
        zmqjs_jsc_help(state, ctx, ZMQJS_JSC_SET, 3, arguments, exception);
    }
    return made;
}

static size_t zmqjs_jsc_class_index(const zmqjs_jsc_state *state, const zmqjs_data *data) {
    size_t i = 0;
    while (state->module->classes[i] != data->as.native.definition) {
        i++;
    }
    return i;
}

/* The prototype of a new instance: that of new.target, if it has one. */
static JSValueRef zmqjs_jsc_prototype_for(zmqjs_jsc_state *state, JSContextRef ctx,
                                          const zmqjs_data *data, JSValueRef *exception) {
    JSValueRef prototype = NULL;
    if (data->as.native.construct != NULL) {
        JSStringRef name = JSStringCreateWithUTF8CString("prototype");
        prototype = JSObjectGetProperty(
            ctx, (JSObjectRef)(uintptr_t)zmqjs_jsc_unwrap(*data->as.native.construct), name,
            exception);
        JSStringRelease(name);
    }
    if (*exception != NULL || (prototype != NULL && JSValueIsObject(ctx, prototype))) {
        return prototype;
    }
    return state->prototypes[zmqjs_jsc_class_index(state, data)];
}

static JSValueRef zmqjs_jsc_new_instance(zmqjs_jsc_state *state, JSContextRef ctx,
                                         const zmqjs_data *data, JSValueRef *exception) {
    JSValueRef prototype = zmqjs_jsc_prototype_for(state, ctx, data, exception);
    zmqjs_jsc_instance *instance;
    JSObjectRef made;
    if (*exception != NULL) {
        return NULL;
    }
    instance = (zmqjs_jsc_instance *)calloc(1, sizeof *instance);
    if (instance == NULL) {
        return NULL;
    }
    instance->definition = data->as.native.definition;
    instance->pointer = data->as.native.pointer;
    made = JSObjectMake(ctx, state->classes[zmqjs_jsc_class_index(state, data)], instance);
    JSObjectSetPrototype(ctx, made, prototype);
    return made;
}

static int zmqjs_jsc_value_new(void *payload, void *context, const zmqjs_data *data,
                               zmqjs_value *value) {
    zmqjs_jsc_state *state = (zmqjs_jsc_state *)payload;
    JSContextRef ctx = (JSContextRef)context;
    JSValueRef made = NULL, exception = NULL;
    char digits[32];
    switch (data->type) {
    case ZMQJS_UNDEFINED:
        made = JSValueMakeUndefined(ctx);
        break;
    case ZMQJS_NULL:
        made = JSValueMakeNull(ctx);
        break;
    case ZMQJS_BOOLEAN:
        made = JSValueMakeBoolean(ctx, data->as.boolean != 0);
        break;
    case ZMQJS_INT32:
        made = JSValueMakeNumber(ctx, data->as.int32);
        break;
    case ZMQJS_DOUBLE:
        made = JSValueMakeNumber(ctx, data->as.number);
        break;
    case ZMQJS_BIGINT:
        snprintf(digits, sizeof digits, data->flags & ZMQJS_BIGINT_UNSIGNED ? "%llu" : "%lld",
                 (long long)data->as.bigint);
        made = zmqjs_jsc_new_text(ctx, digits);
        made = zmqjs_jsc_help(state, ctx, ZMQJS_JSC_BIGINT, 1, &made, &exception);
        break;
    case ZMQJS_STRING:
        made = zmqjs_jsc_new_string(ctx, data->as.string.data, data->as.string.length);
        break;
    case ZMQJS_BYTES:
        made = zmqjs_jsc_new_bytes(state, ctx, data, &exception);
        break;
    case ZMQJS_NATIVE:
        made = zmqjs_jsc_new_instance(state, ctx, data, &exception);
        break;
    default:
        made = zmqjs_jsc_new_elements(state, ctx, data, &exception);
        break;
    }
    return zmqjs_jsc_hand_out(state, ctx, made, exception, value);
}

typedef struct zmqjs_jsc_adopted {
    zmqjs_release release; /* NULL until the adoption has succeeded */
    void *argument;
} zmqjs_jsc_adopted;

static void zmqjs_jsc_end_adopted(void *bytes, void *argument) {
    zmqjs_jsc_adopted *adopted = (zmqjs_jsc_adopted *)argument;
    (void)bytes;
    if (adopted->release != NULL) {
        adopted->release(adopted->argument);
    }
    free(adopted);
}

static int zmqjs_jsc_bytes_adopt(void *payload, void *context, void *data, size_t length,
                                 zmqjs_release release, void *argument, zmqjs_value *value) {
    zmqjs_jsc_state *state = (zmqjs_jsc_state *)payload;
    JSContextRef ctx = (JSContextRef)context;
    JSValueRef buffer, made = NULL, exception = NULL;
    zmqjs_jsc_adopted *adopted = (zmqjs_jsc_adopted *)calloc(1, sizeof *adopted);
    if (adopted == NULL) {
        return ZMQJS_REFUSED;
    }
    adopted->argument = argument;
    buffer = JSObjectMakeArrayBufferWithBytesNoCopy(ctx, data, length, zmqjs_jsc_end_adopted,
                                                    adopted, &exception);
    if (buffer != NULL && exception == NULL) {
        made = zmqjs_jsc_help(state, ctx, ZMQJS_JSC_BYTES, 1, &buffer, &exception);
    }
    if (made != NULL && exception == NULL) {
        adopted->release = release;
    }
    return zmqjs_jsc_hand_out(state, ctx, made, exception, value);
}

/* ---- slots, errors ---------------------------------------------------------------------- */

static int zmqjs_jsc_slot_set(void *payload, void *context, zmqjs_value object, uint32_t index,
                              zmqjs_value value) {
    zmqjs_jsc_state *state = (zmqjs_jsc_state *)payload;
    JSContextRef ctx = (JSContextRef)context;
    JSValueRef arguments[3];
    arguments[0] = zmqjs_jsc_unwrap(object);
    arguments[1] = JSValueMakeNumber(ctx, index);
    arguments[2] = zmqjs_jsc_unwrap(value);
    return zmqjs_jsc_help(state, ctx, ZMQJS_JSC_SLOT_SET, 3, arguments, &state->exception) != NULL
               ? ZMQJS_OK
               : ZMQJS_EXCEPTION;
}

static int zmqjs_jsc_slot_get(void *payload, void *context, zmqjs_value object, uint32_t index,
                              zmqjs_value *value) {
    zmqjs_jsc_state *state = (zmqjs_jsc_state *)payload;
    JSContextRef ctx = (JSContextRef)context;
    JSValueRef arguments[2], found, exception = NULL;
    arguments[0] = zmqjs_jsc_unwrap(object);
    arguments[1] = JSValueMakeNumber(ctx, index);
    found = zmqjs_jsc_help(state, ctx, ZMQJS_JSC_SLOT_GET, 2, arguments, &exception);
    return zmqjs_jsc_hand_out(state, ctx, found, exception, value);
}

static void zmqjs_jsc_throw_error(void *payload, void *context, const zmqjs_error *error) {
    zmqjs_jsc_state *state = (zmqjs_jsc_state *)payload;
    JSContextRef ctx = (JSContextRef)context;
    JSValueRef arguments[5], made, exception = NULL;
    arguments[0] = JSValueMakeNumber(ctx, error->error_class <= ZMQJS_RANGE_ERROR
                                              ? error->error_class
                                              : (uint32_t)ZMQJS_ERROR);
    arguments[1] = zmqjs_jsc_new_text(ctx, error->message);
    arguments[2] = zmqjs_jsc_new_text(ctx, error->code);
    arguments[3] = JSValueMakeNumber(ctx, error->error_number);
    arguments[4] = zmqjs_jsc_new_text(ctx, error->endpoint);
    made = zmqjs_jsc_help(state, ctx, ZMQJS_JSC_ERROR, 5, arguments, &exception);
    state->exception = exception != NULL ? exception : made;
}

/* ---- calls -------------------------------------------------------------------------------- */

/* The engine's collector stops threads by signals, which are to end no wait: so there is
 * always an answer. */
static int zmqjs_jsc_interrupted(void *payload, void *context) {
    const zmqjs_jsc_state *state = (const zmqjs_jsc_state *)payload;
    (void)context;
    return state->interrupted != NULL && state->interrupted(state->interrupted_argument);
}

static int zmqjs_jsc_start(zmqjs_jsc_state *state) {
    zmqjs_engine engine;
    if (state->runtime != NULL) {
        return ZMQJS_OK;
    }
    memset(&engine, 0, sizeof engine);
    engine.abi_version = ZMQJS_ABI_VERSION;
    engine.size = sizeof engine;
    engine.name = "JavaScriptCore";
    engine.value_get = zmqjs_jsc_value_get;
    engine.value_new = zmqjs_jsc_value_new;
    engine.element_get = zmqjs_jsc_element_get;
    engine.slot_set = zmqjs_jsc_slot_set;
    engine.slot_get = zmqjs_jsc_slot_get;
    engine.throw_error = zmqjs_jsc_throw_error;
    engine.value_release = zmqjs_jsc_value_release;
    engine.value_free = zmqjs_jsc_value_free;
    engine.bytes_adopt = zmqjs_jsc_bytes_adopt;
    engine.interrupted = zmqjs_jsc_interrupted;
    return zmqjs_runtime_new(&engine, state, &state->runtime);
}

static JSValueRef zmqjs_jsc_error(zmqjs_jsc_state *state, JSContextRef ctx, int status,
                                  const char *text) {
    const zmqjs_error error = zmqjs_adapter_error(status, text);
    zmqjs_jsc_throw_error(state, (void *)(uintptr_t)ctx, &error);
    return state->exception;
}

/* call(number of the function, this or new.target, array of arguments) */
static JSValueRef zmqjs_jsc_call(JSContextRef ctx, JSObjectRef callee, JSObjectRef ignored,
                                 size_t count, const JSValueRef arguments[],
                                 JSValueRef *exception) {
    zmqjs_jsc_state *state = (zmqjs_jsc_state *)JSObjectGetPrivate(callee);
    const zmqjs_function *function =
        state->functions[(size_t)JSValueToNumber(ctx, arguments[0], NULL)];
    zmqjs_value values[ZMQJS_PARAMETER_MAXIMUM];
    JSObjectRef array = (JSObjectRef)(uintptr_t)arguments[2];
    JSStringRef name = JSStringCreateWithUTF8CString("length");
    JSValueRef outer = state->exception, result;
    zmqjs_call call;
    size_t i;
    int status = zmqjs_jsc_start(state);
    (void)ignored;
    (void)count;
    memset(&call, 0, sizeof call);
    call.runtime = state->runtime;
    call.context = (void *)(uintptr_t)ctx;
    call.this_value = zmqjs_jsc_wrap(arguments[1]);
    call.arguments = values;
    call.argument_count =
        (size_t)JSValueToNumber(ctx, JSObjectGetProperty(ctx, array, name, NULL), NULL);
    JSStringRelease(name);
    if (call.argument_count > ZMQJS_PARAMETER_MAXIMUM) {
        call.argument_count = ZMQJS_PARAMETER_MAXIMUM;
    }
    for (i = 0; i < call.argument_count; i++) { /* which the array keeps */
        values[i] = zmqjs_jsc_wrap(JSObjectGetPropertyAtIndex(ctx, array, (unsigned)i, NULL));
    }
    state->exception = NULL;
    if (status == ZMQJS_OK) {
        status = function->call(function, &call);
    }
    if (status == ZMQJS_OK) {
        state->exception = outer;
        result = zmqjs_jsc_unwrap(call.result);
        JSValueUnprotect(ctx, result);
        return result;
    }
    *exception = status == ZMQJS_EXCEPTION && state->exception != NULL
                     ? state->exception
                 : status == ZMQJS_EXCEPTION
                     ? zmqjs_jsc_error(state, ctx, ZMQJS_OUT_OF_MEMORY, "out of memory")
                     : zmqjs_jsc_error(state, ctx, status, zmqjs_last_error());
    state->exception = outer;
    return NULL;
}

/* ---- the module ----------------------------------------------------------------------------- */

static void zmqjs_jsc_finalize(JSObjectRef object) {
    zmqjs_jsc_instance *instance = (zmqjs_jsc_instance *)JSObjectGetPrivate(object);
    zmqjs_finalize(instance->pointer);
    free(instance);
}

static void zmqjs_jsc_end(JSObjectRef call) {
    zmqjs_jsc_state *state = (zmqjs_jsc_state *)JSObjectGetPrivate(call);
    size_t i;
    for (i = 0; i < state->module->class_count; i++) {
        JSClassRelease(state->classes[i]);
    }
    if (state->runtime != NULL) {
        zmqjs_runtime_free(state->runtime);
    }
    JSClassRelease(state->instances);
    free(state->classes);
    free(state->prototypes);
    free(state->functions);
    free(state);
}

static void zmqjs_jsc_make_classes(zmqjs_jsc_state *state) {
    JSClassDefinition definition = kJSClassDefinitionEmpty;
    size_t i;
    definition.attributes = kJSClassAttributeNoAutomaticPrototype;
    state->instances = JSClassCreate(&definition);
    definition.parentClass = state->instances;
    definition.finalize = zmqjs_jsc_finalize;
    for (i = 0; i < state->module->class_count; i++) {
        definition.className = state->module->classes[i]->name;
        state->classes[i] = JSClassCreate(&definition);
    }
}

static zmqjs_jsc_state *zmqjs_jsc_new_state(const zmqjs_module *module) {
    zmqjs_jsc_state *state = (zmqjs_jsc_state *)calloc(1, sizeof *state);
    if (state == NULL) {
        return NULL;
    }
    state->module = module;
    state->prototypes = (JSObjectRef *)calloc(module->class_count, sizeof *state->prototypes);
    state->classes = (JSClassRef *)calloc(module->class_count, sizeof *state->classes);
    state->functions = (const zmqjs_function **)calloc(zmqjs_adapter_count_functions(module),
                                                       sizeof *state->functions);
    if (state->prototypes == NULL || state->classes == NULL || state->functions == NULL) {
        free(state->prototypes);
        free(state->functions);
        free(state->classes);
        free(state);
        return NULL;
    }
    zmqjs_jsc_make_classes(state);
    return state;
}

static JSValueRef zmqjs_jsc_new_function(zmqjs_jsc_state *state, JSContextRef ctx,
                                         const zmqjs_function *function, JSValueRef *exception) {
    JSValueRef arguments[3];
    arguments[0] = JSValueMakeNumber(ctx, state->function_count);
    arguments[1] = zmqjs_jsc_new_text(ctx, function->name);
    arguments[2] = JSValueMakeNumber(ctx, function->length);
    state->functions[state->function_count++] = function;
    return zmqjs_jsc_help(state, ctx, ZMQJS_JSC_FUNCTION, 3, arguments, exception);
}

static void zmqjs_jsc_define(zmqjs_jsc_state *state, JSContextRef ctx, JSObjectRef object,
                             const char *name, JSValueRef value, int enumerable,
                             JSValueRef *exception) {
    JSValueRef arguments[4];
    if (*exception == NULL) {
        arguments[0] = object;
        arguments[1] = zmqjs_jsc_new_text(ctx, name);
        arguments[2] = value;
        arguments[3] = JSValueMakeBoolean(ctx, enumerable);
        zmqjs_jsc_help(state, ctx, ZMQJS_JSC_DEFINE, 4, arguments, exception);
    }
}

static void zmqjs_jsc_define_accessor(zmqjs_jsc_state *state, JSContextRef ctx, JSObjectRef object,
                                      const zmqjs_accessor *accessor, JSValueRef *exception) {
    JSValueRef arguments[4];
    arguments[0] = object;
    arguments[1] = zmqjs_jsc_new_text(ctx, accessor->name);
    arguments[2] = zmqjs_jsc_new_function(state, ctx, accessor->getter, exception);
    arguments[3] = accessor->setter != NULL
                       ? zmqjs_jsc_new_function(state, ctx, accessor->setter, exception)
                       : JSValueMakeUndefined(ctx);
    if (*exception == NULL) {
        zmqjs_jsc_help(state, ctx, ZMQJS_JSC_ACCESSOR, 4, arguments, exception);
    }
}

static void zmqjs_jsc_define_class(zmqjs_jsc_state *state, JSContextRef ctx, JSObjectRef module,
                                   size_t index, JSValueRef *exception) {
    const zmqjs_class *definition = state->module->classes[index];
    JSStringRef name = JSStringCreateWithUTF8CString("prototype");
    JSValueRef arguments[4], constructor, prototype = NULL;
    JSObjectRef object;
    size_t i;
    arguments[0] = JSValueMakeNumber(ctx, state->function_count);
    arguments[1] = zmqjs_jsc_new_text(ctx, definition->name);
    arguments[2] = JSValueMakeNumber(
        ctx, definition->constructor != NULL ? definition->constructor->length : 0);
    arguments[3] = zmqjs_jsc_new_text(ctx, definition->construct_error);
    state->functions[state->function_count++] = definition->constructor;
    constructor = zmqjs_jsc_help(state, ctx, ZMQJS_JSC_CLASS, 4, arguments, exception);
    if (constructor != NULL) {
        prototype = JSObjectGetProperty(ctx, (JSObjectRef)(uintptr_t)constructor, name, exception);
    }
    JSStringRelease(name);
    if (prototype == NULL) {
        return;
    }
    object = state->prototypes[index] = (JSObjectRef)(uintptr_t)prototype;
    for (i = 0; i < definition->method_count && *exception == NULL; i++) {
        JSValueRef method =
            zmqjs_jsc_new_function(state, ctx, definition->methods[i], exception);
        zmqjs_jsc_define(state, ctx, object, definition->methods[i]->name, method, 0, exception);
    }
    for (i = 0; i < definition->accessor_count && *exception == NULL; i++) {
        zmqjs_jsc_define_accessor(state, ctx, object, definition->accessors[i], exception);
    }
    arguments[0] = prototype;
    if (*exception == NULL) {
        zmqjs_jsc_help(state, ctx, ZMQJS_JSC_TAG, 2, arguments, exception);
    }
    zmqjs_jsc_define(state, ctx, module, definition->name, constructor, 1, exception);
}

static JSObjectRef zmqjs_jsc_build(zmqjs_jsc_state *state, JSContextRef ctx,
                                   JSValueRef *exception) {
    const zmqjs_module *module = state->module;
    JSObjectRef made = JSObjectMake(ctx, NULL, NULL);
    size_t i;
    for (i = 0; i < module->function_count && *exception == NULL; i++) {
        JSValueRef function =
            zmqjs_jsc_new_function(state, ctx, module->functions[i], exception);
        zmqjs_jsc_define(state, ctx, made, module->functions[i]->name, function, 1, exception);
    }
    for (i = 0; i < module->class_count && *exception == NULL; i++) {
        zmqjs_jsc_define_class(state, ctx, made, i, exception);
    }
    for (i = 0; i < module->constant_count && *exception == NULL; i++) {
        zmqjs_jsc_define(state, ctx, made, module->constants[i]->name,
                         JSValueMakeNumber(ctx, (double)module->constants[i]->value), 1, exception);
    }
    return *exception == NULL ? made : NULL;
}

/* Evaluates the helpers, and makes them properties of call. */
static int zmqjs_jsc_keep_helpers(zmqjs_jsc_state *state, JSContextRef ctx, JSObjectRef call,
                                  JSValueRef *exception) {
    JSStringRef source = JSStringCreateWithUTF8CString(zmqjs_jsc_helpers);
    JSStringRef name = JSStringCreateWithUTF8CString("helpers");
    JSValueRef argument = call, list = NULL;
    JSValueRef maker = JSEvaluateScript(ctx, source, NULL, NULL, 0, exception);
    unsigned i;
    if (maker != NULL) {
        list = JSObjectCallAsFunction(ctx, (JSObjectRef)(uintptr_t)maker, NULL, 1, &argument,
                                      exception);
    }
    for (i = 0; list != NULL && i < ZMQJS_JSC_HELPERS; i++) {
        state->helpers[i] = (JSObjectRef)(uintptr_t)JSObjectGetPropertyAtIndex(
            ctx, (JSObjectRef)(uintptr_t)list, i, exception);
    }
    if (list != NULL) {
        JSObjectSetProperty(ctx, call, name, list, 0, exception);
    }
    JSStringRelease(source);
    JSStringRelease(name);
    return *exception == NULL ? 0 : -1;
}

JSObjectRef zmqjs_jsc_open(JSContextRef ctx, JSValueRef *exception) {
    return zmqjs_jsc_open_with(ctx, NULL, NULL, exception);
}

JSObjectRef zmqjs_jsc_open_with(JSContextRef ctx, int (*interrupted)(void *argument), void *argument,
                                JSValueRef *exception) {
    JSClassDefinition calls = kJSClassDefinitionEmpty;
    const zmqjs_module *module = zmqjs_module_definition();
    zmqjs_jsc_state *state = module != NULL ? zmqjs_jsc_new_state(module) : NULL;
    JSClassRef class_of_call;
    JSValueRef failed = NULL;
    JSObjectRef call, made = NULL;
    JSStringRef text;
    if (state == NULL) {
        text = JSStringCreateWithUTF8CString(module == NULL ? zmqjs_last_error() : "out of memory");
        failed = JSValueMakeString(ctx, text);
        *exception = JSObjectMakeError(ctx, 1, &failed, NULL);
        JSStringRelease(text);
        return NULL;
    }
    state->interrupted = interrupted;
    state->interrupted_argument = argument;
    calls.callAsFunction = zmqjs_jsc_call;
    calls.finalize = zmqjs_jsc_end;
    class_of_call = JSClassCreate(&calls);
    call = JSObjectMake(ctx, class_of_call, state);
    JSClassRelease(class_of_call);
    if (zmqjs_jsc_keep_helpers(state, ctx, call, &failed) == 0) {
        made = zmqjs_jsc_build(state, ctx, &failed);
    }
    if (failed != NULL) {
        *exception = failed;
    }
    return made;
}

#endif /* ZMQJS_JSC_IMPLEMENTATION */
