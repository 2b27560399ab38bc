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

#include <stdarg.h>
#include <stdlib.h>

/* ---- the part in JavaScript -------------------------------------------------------- */

/*
 * What is easier said in the language than in the API: functions with names and lengths,
 * classes that can be extended, values that an instance keeps, views. It takes what it needs of
 * the globals before a script can replace it. Numbered as the enumeration below. Functions have as
 * many parameters as ZMQJS_PARAMETER_MAXIMUM says.
 */
static const char zmqjs_jsc_helpers[] =
    "((call, maximum) => { 'use strict';"
    "const { defineProperty, getOwnPropertyDescriptor } = Object, { apply } = Reflect, { isArray } = Array;"
    "const errors = [Error, TypeError, RangeError], Known = Symbol, Bytes = Uint8Array;"
    "const Big = BigInt, { asIntN, asUintN } = Big, digits = Big.prototype.toString;"
    "const instances = new WeakMap(), { get, set } = WeakMap.prototype;"
    "const view = (name) => getOwnPropertyDescriptor(DataView.prototype, name).get;"
    "const buffer = view('buffer'), offset = view('byteOffset'), length = view('byteLength');"
    "const sized = (f, value) => defineProperty(f, 'length', { __proto__: null, value, configurable: true });"
    "return ["
    "  (id, name, length) => sized({ [name](a, b, c, d, e, f, g, h) {"
    "    return call(id, this, undefined, arguments.length, a, b, c, d, e, f, g, h); } }[name], length),"
    "  (id, name, length) => sized({ [name]: class { constructor(a, b, c, d, e, f, g, h) {"
    "    return call(id, undefined, new.target.prototype, arguments.length, a, b, c, d, e, f, g, h);"
    "  } } }[name], length),"
    ZMQJS_ADAPTER_DEFINE
    "  (object, count) => { let kept = apply(get, instances, [object]);"
    "    if (kept === undefined) apply(set, instances, [object, kept = { __proto__: null, used: 0, room: 0 }]);"
    "    while (kept.room < kept.used + count) kept[kept.room++] = undefined; },"
    "  (object, index, value) => { const kept = apply(get, instances, [object]);"
    "    kept.used = index < kept.used ? kept.used : index + 1; kept[index] = value; },"
    "  (object, index) => { const kept = apply(get, instances, [object]);"
    "    return kept === undefined ? undefined : kept[index]; },"
    "  (kind, message) => new errors[kind](message),"
    "  (value) => typeof value !== 'bigint' ? undefined"
    "    : value === asIntN(64, value) || value === asUintN(64, value) ? apply(digits, value, [])"
    "    : '99999999999999999999',"
    "  (high, low, unsigned) => (unsigned ? asUintN : asIntN)(64, Big(high) << 32n | Big(low)),"
    "  (value, isBuffer) => { let memory;"
    "    try { memory = isBuffer ? value : apply(buffer, value, []); } catch { return; }"
    "    try { return isBuffer ? new Bytes(memory)"
    "      : new Bytes(memory, apply(offset, value, []), apply(length, value, [])); }"
    "    catch { return new Bytes(0); } },"
    "  (array) => { const { length } = array, copy = { __proto__: null, 0: length };"
    "    for (let i = 0; i < length && length <= maximum; i++) copy[i + 1] = array[i];"
    "    return copy; },"
    "  (object, key, value) => { defineProperty(object, key,"
    "    { __proto__: null, value, writable: true, enumerable: true, configurable: true }); },"
    "  (buffer) => new (typeof Uint8FFArray === 'function' ? Uint8FFArray : Bytes)(buffer),"
    "]; })";

enum {
    ZMQJS_JSC_FUNCTION, ZMQJS_JSC_CLASS, ZMQJS_JSC_DEFINE, ZMQJS_JSC_MAKE_ROOM, ZMQJS_JSC_KEEP,
    ZMQJS_JSC_KEPT, ZMQJS_JSC_ERROR, ZMQJS_JSC_DIGITS, ZMQJS_JSC_BIGINT, ZMQJS_JSC_VIEW,
    ZMQJS_JSC_COPY, ZMQJS_JSC_SET, ZMQJS_JSC_BYTES, ZMQJS_JSC_HELPERS
};

#ifdef __cplusplus
extern "C" {
#endif
/* None of the engine's public functions collects at once, or tells the collector of memory. These
 * do; they are exported, but in no public header. */
extern void JSSynchronousGarbageCollectForDebugging(JSContextRef ctx) __attribute__((weak));
extern void JSReportExtraMemoryCost(JSContextRef ctx, size_t size) __attribute__((weak));
#ifdef __cplusplus
}
#endif

/* ---- state --------------------------------------------------------------------------- */

typedef struct zmqjs_jsc_class {
    JSClassRef type; /* by its name the engine tells what an object is */
    JSObjectRef prototype;
    size_t size;
} zmqjs_jsc_class;

/* All that a module has. It belongs to the function call of the helpers, whose properties
 * keep the engine's values. */
typedef struct zmqjs_jsc_state {
    const zmqjs_function *const *functions;
    zmqjs_runtime *runtime; /* NULL until the first call */
    JSClassRef instances; /* what is common to the types */
    zmqjs_jsc_class *classes;
    size_t class_count;
    JSObjectRef helpers[ZMQJS_JSC_HELPERS];
    int (*interrupted)(void *argument); /* or NULL */
    void *interrupted_argument;
} zmqjs_jsc_state;

/* What a call lends: a text of the engine, or memory behind this. */
typedef struct zmqjs_jsc_lent {
    struct zmqjs_jsc_lent *next;
    JSStringRef text; /* or NULL */
} zmqjs_jsc_lent;

/* What a call needs throughout, or the registration. Once there is an exception, nothing more
 * is done. The collector sees the stack. */
typedef struct zmqjs_jsc_call {
    zmqjs_jsc_state *state;
    JSContextRef ctx;
    JSValueRef exception;
    JSValueRef self, prototype; /* that of the instance that a constructor makes */
    JSObjectRef targets[3];     /* of the registration, by enum zmqjs_target */
    JSValueRef copies[ZMQJS_PARAMETER_MAXIMUM]; /* of arguments that are arrays, or NULL */
    zmqjs_jsc_lent *lent;
    zmqjs_frame frame;
} zmqjs_jsc_call;

static void zmqjs_jsc_begin(zmqjs_jsc_call *call, zmqjs_jsc_state *state, JSContextRef ctx) {
    call->state = state;
    call->ctx = ctx;
    call->exception = NULL;
    call->lent = NULL;
}

static JSObjectRef zmqjs_jsc_object(JSValueRef value) {
    return (JSObjectRef)(uintptr_t)value;
}

/* Calls a helper with so many values. */
static JSValueRef zmqjs_jsc_help(zmqjs_jsc_call *call, int helper, int count, ...) {
    JSValueRef values[8], made = NULL;
    va_list list;
    int i;
    va_start(list, count);
    for (i = 0; i < count; i++)
        values[i] = va_arg(list, JSValueRef);
    va_end(list);
    if (call->exception == NULL)
        made = JSObjectCallAsFunction(call->ctx, call->state->helpers[helper], NULL, (size_t)count,
                                      values, &call->exception);
    return made;
}

static JSValueRef zmqjs_jsc_number(zmqjs_jsc_call *call, double number) {
    return JSValueMakeNumber(call->ctx, number);
}

static JSValueRef zmqjs_jsc_string(zmqjs_jsc_call *call, const char *text, size_t length) {
    JSChar *units = (JSChar *)malloc((length + 1) * sizeof *units);
    JSStringRef string;
    JSValueRef value = NULL;
    if (units != NULL) {
        string = JSStringCreateWithCharacters(units, zmqjs_adapter_utf16(text, length, units));
        value = JSValueMakeString(call->ctx, string);
        JSStringRelease(string);
    }
    free(units);
    return value;
}

static JSValueRef zmqjs_jsc_text(zmqjs_jsc_call *call, const char *text) {
    return text != NULL ? zmqjs_jsc_string(call, text, strlen(text))
                        : JSValueMakeUndefined(call->ctx);
}

static void zmqjs_jsc_set_all(zmqjs_jsc_call *call, JSValueRef object, const zmqjs_data *data);

/* Throws, if nothing is thrown yet. Returns NULL. */
static JSValueRef zmqjs_jsc_throw(zmqjs_jsc_call *call, zmqjs_error error) {
    JSValueRef made = zmqjs_jsc_help(call, ZMQJS_JSC_ERROR, 2,
                                     zmqjs_jsc_number(call, zmqjs_adapter_error_class(&error)),
                                     zmqjs_jsc_text(call, error.message));
    zmqjs_details details;
    if (made != NULL)
        zmqjs_jsc_set_all(call, made, zmqjs_adapter_details(&error, &details));
    if (call->exception == NULL)
        call->exception = made;
    return NULL;
}

static JSValueRef zmqjs_jsc_out_of_memory(zmqjs_jsc_call *call) {
    return zmqjs_jsc_throw(call, zmqjs_adapter_error(ZMQJS_ERROR, "out of memory"));
}

/* ---- arguments ------------------------------------------------------------------------- */

/* Remembers a text, or memory of that size, which it gives, until the call ends. */
static void *zmqjs_jsc_lend(zmqjs_jsc_call *call, JSStringRef text, size_t size) {
    zmqjs_jsc_lent *lent = (zmqjs_jsc_lent *)malloc(sizeof *lent + size);
    if (lent == NULL) {
        zmqjs_jsc_out_of_memory(call);
        return NULL;
    }
    lent->next = call->lent;
    lent->text = text;
    call->lent = lent;
    return lent + 1;
}

static void zmqjs_jsc_release(zmqjs_jsc_lent *lent) {
    while (lent != NULL) {
        zmqjs_jsc_lent *next = lent->next;
        if (lent->text != NULL)
            JSStringRelease(lent->text);
        free(lent);
        lent = next;
    }
}

/* Reads what is of no type that every version of the engine can tell: a BigInt, or a symbol. */
static void zmqjs_jsc_read_bigint(zmqjs_jsc_call *call, JSValueRef value, zmqjs_data *data) {
    char text[32];
    JSValueRef digits = zmqjs_jsc_help(call, ZMQJS_JSC_DIGITS, 1, value);
    data->type = ZMQJS_OBJECT;
    if (digits != NULL && JSValueIsString(call->ctx, digits)) {
        JSStringRef string = JSValueToStringCopy(call->ctx, digits, NULL);
        JSStringGetUTF8CString(string, text, sizeof text);
        JSStringRelease(string);
        zmqjs_adapter_get_digits(text, data);
    }
}

static void zmqjs_jsc_read_object(zmqjs_jsc_call *call, JSValueRef value, zmqjs_data *data) {
    JSContextRef ctx = call->ctx;
    JSTypedArrayType type = JSValueGetTypedArrayType(ctx, value, NULL);
    JSObjectRef object;
    char *memory;
    if (JSValueIsObjectOfClass(ctx, value, call->state->instances)) {
        data->type = ZMQJS_INSTANCE;
        data->as.instance = (zmqjs_instance *)JSObjectGetPrivate(zmqjs_jsc_object(value));
        return;
    }
    zmqjs_adapter_get_array(0, data);
    if (JSValueIsArray(ctx, value))
        return;
    if (type == kJSTypedArrayTypeNone || type == kJSTypedArrayTypeArrayBuffer)
        value = zmqjs_jsc_help(call, ZMQJS_JSC_VIEW, 2, value,
                               JSValueMakeBoolean(ctx, type == kJSTypedArrayTypeArrayBuffer));
    data->type = ZMQJS_OBJECT;
    if (value == NULL || !JSValueIsObject(ctx, value))
        return;
    object = zmqjs_jsc_object(value);
    memory = (char *)JSObjectGetTypedArrayBytesPtr(ctx, object, NULL);
    data->type = ZMQJS_BYTES;
    data->as.data = memory != NULL ? memory + JSObjectGetTypedArrayByteOffset(ctx, object, NULL) : NULL;
    data->length = memory != NULL ? JSObjectGetTypedArrayByteLength(ctx, object, NULL) : 0;
}

static void zmqjs_jsc_read(zmqjs_jsc_call *call, JSValueRef value, zmqjs_data *data) {
    JSContextRef ctx = call->ctx;
    if (JSValueIsNumber(ctx, value)) {
        zmqjs_adapter_get_number(JSValueToNumber(ctx, value, NULL), data);
    } else if (JSValueIsString(ctx, value)) {
        JSStringRef text = JSValueToStringCopy(ctx, value, NULL);
        data->type = ZMQJS_STRING;
        data->flags = ZMQJS_UTF16;
        data->as.data = (void *)(uintptr_t)JSStringGetCharactersPtr(text);
        data->length = JSStringGetLength(text);
        if (zmqjs_jsc_lend(call, text, 0) == NULL)
            JSStringRelease(text);
    } else if (JSValueIsUndefined(ctx, value) || JSValueIsNull(ctx, value)) {
        data->type = JSValueIsNull(ctx, value) ? ZMQJS_NULL : ZMQJS_UNDEFINED;
    } else if (JSValueIsBoolean(ctx, value)) {
        data->type = ZMQJS_BOOLEAN;
        data->as.boolean = JSValueToBoolean(ctx, value);
    } else if (JSValueIsObject(ctx, value)) {
        zmqjs_jsc_read_object(call, value, data);
    } else {
        zmqjs_jsc_read_bigint(call, value, data);
    }
}

/* Reads the elements of an array from a copy of it, whose first element is their number. */
static void zmqjs_jsc_read_elements(zmqjs_jsc_call *call, JSObjectRef copy, zmqjs_data *data) {
    JSValueRef length = JSObjectGetPropertyAtIndex(call->ctx, copy, 0, NULL);
    size_t i, count = (size_t)JSValueToNumber(call->ctx, length, NULL);
    zmqjs_data *elements;
    zmqjs_adapter_get_array(count, data);
    if (count > ZMQJS_ELEMENT_MAXIMUM)
        return;
    data->as.elements = elements = (zmqjs_data *)zmqjs_jsc_lend(call, NULL, count * sizeof *elements);
    for (i = 0; i < count && call->exception == NULL; i++)
        zmqjs_jsc_read(call, JSObjectGetPropertyAtIndex(call->ctx, copy, (unsigned)i + 1, NULL), &elements[i]);
}

/* Reads the arguments. All elements are got first: a getter may change what is read. */
static void zmqjs_jsc_read_all(zmqjs_jsc_call *call, const zmqjs_function *function, size_t count,
                               const JSValueRef *values, zmqjs_data *data) {
    JSValueRef *copies = call->copies;
    size_t i;
    for (i = 0; i < count; i++) {
        int is_read = zmqjs_adapter_reads_elements(function, i) && JSValueIsArray(call->ctx, values[i]);
        copies[i] = is_read ? zmqjs_jsc_help(call, ZMQJS_JSC_COPY, 1, values[i]) : NULL;
        data[i].type = ZMQJS_UNDEFINED;
    }
    for (i = 0; i < count && call->exception == NULL; i++) {
        if (copies[i] != NULL)
            zmqjs_jsc_read_elements(call, zmqjs_jsc_object(copies[i]), &data[i]);
        else if (zmqjs_adapter_reads(function, i))
            zmqjs_jsc_read(call, values[i], &data[i]);
    }
}

/* ---- results ------------------------------------------------------------------------------ */

static void zmqjs_jsc_free(void *bytes, void *argument) {
    (void)argument;
    free(bytes);
}

static JSValueRef zmqjs_jsc_make_bytes(zmqjs_jsc_call *call, const zmqjs_data *data) {
    zmqjs_adapter_adopted *adopted =
        zmqjs_adapter_adopts(data) ? zmqjs_adapter_adopt(&call->frame, data) : NULL;
    void *memory = adopted != NULL ? data->as.data : malloc(data->length + 1);
    if (memory == NULL)
        return zmqjs_jsc_out_of_memory(call);
    if (adopted == NULL)
        memcpy(memory, zmqjs_adapter_bytes(data), data->length);
    /* If this fails, it frees the memory too. */
    return zmqjs_jsc_help(
        call, ZMQJS_JSC_BYTES, 1,
        JSObjectMakeArrayBufferWithBytesNoCopy(
            call->ctx, memory, data->length,
            adopted != NULL ? zmqjs_adapter_free_adopted : zmqjs_jsc_free, adopted, &call->exception));
}

static JSValueRef zmqjs_jsc_make_instance(zmqjs_jsc_call *call, const zmqjs_data *data) {
    const zmqjs_jsc_class *definition = &call->state->classes[data->length];
    JSObjectRef made = JSObjectMake(call->ctx, definition->type, data->as.instance);
    int has_prototype = JSValueIsObject(call->ctx, call->prototype);
    JSObjectSetPrototype(call->ctx, made, has_prototype ? call->prototype : definition->prototype);
    if (JSReportExtraMemoryCost != NULL)
        JSReportExtraMemoryCost(call->ctx, definition->size);
    return made;
}

static JSValueRef zmqjs_jsc_make(zmqjs_jsc_call *call, const zmqjs_data *data);

/* Defines the elements of an array, or the properties of an object. */
static void zmqjs_jsc_set_all(zmqjs_jsc_call *call, JSValueRef object, const zmqjs_data *data) {
    size_t i;
    for (i = 0; i < data->length && call->exception == NULL; i++)
        zmqjs_jsc_help(call, ZMQJS_JSC_SET, 3, object,
                       data->type == ZMQJS_ARRAY ? zmqjs_jsc_number(call, (double)i)
                                                 : zmqjs_jsc_make(call, &data->as.elements[2 * i]),
                       zmqjs_jsc_make(call, zmqjs_adapter_element(data, i)));
}

static JSValueRef zmqjs_jsc_make(zmqjs_jsc_call *call, const zmqjs_data *data) {
    JSObjectRef made;
    JSValueRef value;
    switch (data->type) {
    case ZMQJS_NULL:
        return JSValueMakeNull(call->ctx);
    case ZMQJS_BOOLEAN:
        return JSValueMakeBoolean(call->ctx, data->as.boolean != 0);
    case ZMQJS_INT32:
        return zmqjs_jsc_number(call, data->as.int32);
    case ZMQJS_DOUBLE:
        return zmqjs_jsc_number(call, data->as.number);
    case ZMQJS_BIGINT:
        return zmqjs_jsc_help(call, ZMQJS_JSC_BIGINT, 3,
                              zmqjs_jsc_number(call, (uint32_t)((uint64_t)data->as.bigint >> 32)),
                              zmqjs_jsc_number(call, (uint32_t)data->as.bigint),
                              JSValueMakeBoolean(call->ctx, (data->flags & ZMQJS_UNSIGNED) != 0));
    case ZMQJS_STRING:
        value = zmqjs_jsc_string(call, zmqjs_adapter_bytes(data), data->length);
        return value != NULL ? value : zmqjs_jsc_out_of_memory(call);
    case ZMQJS_BYTES:
        return zmqjs_jsc_make_bytes(call, data);
    case ZMQJS_INSTANCE:
        return zmqjs_jsc_make_instance(call, data);
    case ZMQJS_ARRAY:
    case ZMQJS_OBJECT:
        made = data->type == ZMQJS_ARRAY ? JSObjectMakeArray(call->ctx, 0, NULL, &call->exception)
                                         : JSObjectMake(call->ctx, NULL, NULL);
        zmqjs_jsc_set_all(call, made, data);
        return made;
    case ZMQJS_KEPT:
        return zmqjs_jsc_help(call, ZMQJS_JSC_KEPT, 2, call->self, zmqjs_jsc_number(call, data->as.int32));
    case ZMQJS_THIS:
        return call->self;
    default:
        return JSValueMakeUndefined(call->ctx);
    }
}

/* ---- calls -------------------------------------------------------------------------------- */

/* The engine's collector stops threads by signals, which are to end no wait: so there is
 * always an answer. */
static int zmqjs_jsc_interrupted(void *payload, void *context) {
    const zmqjs_jsc_state *state = (const zmqjs_jsc_state *)payload;
    (void)context;
    return state->interrupted != NULL && state->interrupted(state->interrupted_argument);
}

static void zmqjs_jsc_collect(void *payload, void *context) {
    (void)payload;
    JSSynchronousGarbageCollectForDebugging((JSContextRef)context);
}

static void zmqjs_jsc_start(zmqjs_jsc_call *call) {
    int status = zmqjs_adapter_start(
        &call->state->runtime, "JavaScriptCore", call->state, zmqjs_jsc_interrupted,
        JSSynchronousGarbageCollectForDebugging != NULL ? zmqjs_jsc_collect : NULL);
    if (status != ZMQJS_OK)
        zmqjs_jsc_throw(call, zmqjs_adapter_status_error(status));
}

/* Makes the call's value, or its exception. */
static JSValueRef zmqjs_jsc_finish(zmqjs_jsc_call *call, int status, const JSValueRef *values) {
    zmqjs_frame *frame = &call->frame;
    JSValueRef made = NULL;
    size_t i;
    for (i = 0; status == ZMQJS_HELD && i < frame->keep_count; i++) {
        int argument = frame->keep[i].argument;
        zmqjs_jsc_help(call, ZMQJS_JSC_KEEP, 3, call->self, zmqjs_jsc_number(call, frame->keep[i].index),
                       argument >= 0 ? values[argument] : JSValueMakeUndefined(call->ctx));
    }
    if (status == ZMQJS_OK || status == ZMQJS_HELD)
        made = zmqjs_jsc_make(call, &frame->result);
    else
        zmqjs_jsc_throw(call, zmqjs_adapter_call_error(status, frame));
    if (status != ZMQJS_OK)
        zmqjs_frame_release(frame);
    return made;
}

/* call(number of the function, this, prototype of the instance, number of arguments, arguments) */
static JSValueRef zmqjs_jsc_called(JSContextRef ctx, JSObjectRef callee, JSObjectRef ignored,
                                   size_t count, const JSValueRef values[], JSValueRef *exception) {
    zmqjs_jsc_state *state = (zmqjs_jsc_state *)JSObjectGetPrivate(callee);
    const zmqjs_function *function = state->functions[(size_t)JSValueToNumber(ctx, values[0], NULL)];
    int is_instance = JSValueIsObjectOfClass(ctx, values[1], state->instances);
    zmqjs_data data[ZMQJS_PARAMETER_MAXIMUM];
    JSValueRef made = NULL;
    zmqjs_jsc_call call;
    (void)ignored;
    zmqjs_jsc_begin(&call, state, ctx);
    call.self = values[1];
    call.prototype = values[2];
    count = zmqjs_adapter_count(function, (size_t)JSValueToNumber(ctx, values[3], NULL));
    zmqjs_jsc_start(&call);
    zmqjs_jsc_read_all(&call, function, count, values + 4, data);
    if (is_instance && function->keeps > 0)
        zmqjs_jsc_help(&call, ZMQJS_JSC_MAKE_ROOM, 2, values[1], zmqjs_jsc_number(&call, function->keeps));
    zmqjs_adapter_begin(
        &call.frame, state->runtime, (void *)(uintptr_t)ctx,
        is_instance ? (zmqjs_instance *)JSObjectGetPrivate(zmqjs_jsc_object(values[1])) : NULL, data, count);
    if (call.exception == NULL)
        made = zmqjs_jsc_finish(&call, function->call(function, &call.frame), values + 4);
    zmqjs_jsc_release(call.lent);
    *exception = call.exception;
    return call.exception == NULL ? made : NULL;
}

/* ---- registration --------------------------------------------------------------------------- */

static JSValueRef zmqjs_jsc_make_function(zmqjs_jsc_call *call, const zmqjs_function *function,
                                          const char *class_name) {
    return zmqjs_jsc_help(call, class_name != NULL ? ZMQJS_JSC_CLASS : ZMQJS_JSC_FUNCTION, 3,
                          zmqjs_jsc_number(call, function->number),
                          zmqjs_jsc_text(call, class_name != NULL ? class_name : function->name),
                          zmqjs_jsc_number(call, function->length));
}

static JSClassRef zmqjs_jsc_new_class(const char *name, JSClassRef parent,
                                      JSObjectFinalizeCallback finalize,
                                      JSObjectCallAsFunctionCallback called) {
    JSClassDefinition definition = kJSClassDefinitionEmpty;
    definition.className = name;
    definition.parentClass = parent;
    definition.attributes = kJSClassAttributeNoAutomaticPrototype;
    definition.finalize = finalize;
    definition.callAsFunction = called;
    return JSClassCreate(&definition);
}

static JSValueRef zmqjs_jsc_begin_class(zmqjs_jsc_call *call, const zmqjs_class *begun) {
    zmqjs_jsc_state *state = call->state;
    JSValueRef made = zmqjs_jsc_make_function(call, begun->constructor, begun->name);
    zmqjs_jsc_class *classes;
    JSStringRef name;
    if (made == NULL)
        return NULL;
    classes = (zmqjs_jsc_class *)realloc(state->classes, (begun->number + 1) * sizeof *classes);
    if (classes == NULL)
        return zmqjs_jsc_out_of_memory(call);
    name = JSStringCreateWithUTF8CString("prototype");
    state->classes = classes;
    state->class_count = begun->number + 1;
    call->targets[ZMQJS_ON_CONSTRUCTOR] = zmqjs_jsc_object(made);
    call->targets[ZMQJS_ON_PROTOTYPE] = zmqjs_jsc_object(
        JSObjectGetProperty(call->ctx, zmqjs_jsc_object(made), name, &call->exception));
    JSStringRelease(name);
    classes[begun->number].type = zmqjs_jsc_new_class(begun->name, state->instances, NULL, NULL);
    classes[begun->number].prototype = call->targets[ZMQJS_ON_PROTOTYPE];
    classes[begun->number].size = begun->size;
    return made;
}

static int zmqjs_jsc_define(void *payload, const zmqjs_definition *definition) {
    zmqjs_jsc_call *call = (zmqjs_jsc_call *)payload;
    const zmqjs_property *property = definition->property;
    JSValueRef value = NULL, set = JSValueMakeUndefined(call->ctx), get = set;
    if (definition->class_begun != NULL)
        value = zmqjs_jsc_begin_class(call, definition->class_begun);
    else if (definition->function != NULL)
        value = zmqjs_jsc_make_function(call, definition->function, NULL);
    else if (definition->value != NULL)
        value = zmqjs_jsc_make(call, definition->value);
    else
        get = zmqjs_jsc_make_function(call, definition->getter, NULL);
    if (definition->setter != NULL)
        set = zmqjs_jsc_make_function(call, definition->setter, NULL);
    zmqjs_jsc_help(call, ZMQJS_JSC_DEFINE, 7, call->targets[property->target],
                   zmqjs_jsc_text(call, property->name), zmqjs_jsc_text(call, property->symbol),
                   zmqjs_jsc_number(call, zmqjs_adapter_attributes(property)), value, get, set);
    return call->exception == NULL ? ZMQJS_OK : ZMQJS_EXCEPTION;
}

static void zmqjs_jsc_finalize(JSObjectRef object) {
    zmqjs_finalize((zmqjs_instance *)JSObjectGetPrivate(object));
}

static void zmqjs_jsc_end(JSObjectRef call) {
    zmqjs_jsc_state *state = (zmqjs_jsc_state *)JSObjectGetPrivate(call);
    if (state->runtime != NULL)
        zmqjs_runtime_free(state->runtime);
    while (state->class_count > 0)
        JSClassRelease(state->classes[--state->class_count].type);
    JSClassRelease(state->instances);
    free(state->classes);
    free(state);
}

/* Makes the function call, which owns the state, and the helpers. It keeps these and the exports. */
static void zmqjs_jsc_make_helpers(zmqjs_jsc_call *call) {
    JSStringRef source = JSStringCreateWithUTF8CString(zmqjs_jsc_helpers);
    JSClassRef type = zmqjs_jsc_new_class("zmq", NULL, zmqjs_jsc_end, zmqjs_jsc_called);
    JSObjectRef function = JSObjectMake(call->ctx, type, call->state);
    JSValueRef list = JSEvaluateScript(call->ctx, source, NULL, NULL, 0, &call->exception);
    JSValueRef arguments[2];
    unsigned i;
    JSStringRelease(source);
    JSClassRelease(type);
    arguments[0] = function;
    arguments[1] = zmqjs_jsc_number(call, ZMQJS_ELEMENT_MAXIMUM);
    if (list != NULL)
        list = JSObjectCallAsFunction(call->ctx, zmqjs_jsc_object(list), NULL, 2, arguments, &call->exception);
    for (i = 0; list != NULL && i < ZMQJS_JSC_HELPERS; i++)
        call->state->helpers[i] =
            zmqjs_jsc_object(JSObjectGetPropertyAtIndex(call->ctx, zmqjs_jsc_object(list), i, NULL));
    if (list != NULL)
        JSObjectSetPropertyAtIndex(call->ctx, function, 0, list, NULL);
    JSObjectSetPropertyAtIndex(call->ctx, function, 1, call->targets[ZMQJS_ON_MODULE], NULL);
}

JSObjectRef zmqjs_jsc_open(JSContextRef ctx, JSValueRef *exception) {
    return zmqjs_jsc_open_with(ctx, NULL, NULL, exception);
}

JSObjectRef zmqjs_jsc_open_with(JSContextRef ctx, int (*interrupted)(void *argument), void *argument,
                                JSValueRef *exception) {
    zmqjs_jsc_state *state = (zmqjs_jsc_state *)calloc(1, sizeof *state);
    const zmqjs_function *const *functions = zmqjs_functions(NULL);
    zmqjs_jsc_call call;
    zmqjs_jsc_begin(&call, state, ctx);
    if (state == NULL || functions == NULL) {
        JSValueRef text = zmqjs_jsc_text(&call, state == NULL ? "out of memory" : zmqjs_last_error());
        *exception = JSObjectMakeError(ctx, 1, &text, NULL);
        free(state);
        return NULL;
    }
    state->functions = functions;
    state->instances = zmqjs_jsc_new_class("zmq", NULL, zmqjs_jsc_finalize, NULL);
    state->interrupted = interrupted;
    state->interrupted_argument = argument;
    call.targets[ZMQJS_ON_MODULE] = JSObjectMake(ctx, NULL, NULL);
    zmqjs_jsc_make_helpers(&call);
    if (call.exception == NULL && zmqjs_adapter_register(zmqjs_jsc_define, &call) != ZMQJS_OK)
        zmqjs_jsc_throw(&call, zmqjs_adapter_error(ZMQJS_ERROR, zmqjs_last_error()));
    if (call.exception == NULL)
        return call.targets[ZMQJS_ON_MODULE];
    *exception = call.exception;
    return NULL;
}

#endif /* ZMQJS_JSC_IMPLEMENTATION */
