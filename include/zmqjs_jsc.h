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
 * It is C99 and C++11. The API has no modules: the host makes the object a global, or its require()
 * returns it. Each call makes a module of its own, with a runtime that ends when the engine collects
 * the last object of the module.
 */
#ifndef ZMQJS_JSC_H
#define ZMQJS_JSC_H

#include "zmqjs_adapter.h"

#ifndef JavaScript_h
#error "zmqjs_jsc.h: include JavaScriptCore/JavaScript.h first"
#endif

/* Makes the module: an object with the functions, classes and constants. Returns NULL with
 * *exception set. On a thread that may use the context, as the engine has it. */
ZMQJS_ADAPTER_API JSObjectRef zmqjs_jsc_open(JSContextRef ctx, JSValueRef *exception);

/* The same, with a function that is called every 50 ms while a call waits, and after each signal;
 * nonzero ends the wait. It is called on the waiting thread, and must not use the context. A signal
 * alone ends no wait, since the engine's collector stops threads by signals. NULL: nothing ends a
 * wait. */
ZMQJS_ADAPTER_API JSObjectRef zmqjs_jsc_open_with(JSContextRef ctx, int (*interrupted)(void *argument),
                                                  void *argument, JSValueRef *exception);

#endif /* ZMQJS_JSC_H */

#if defined(ZMQJS_JSC_IMPLEMENTATION) && !defined(ZMQJS_JSC_IMPLEMENTED)
#define ZMQJS_JSC_IMPLEMENTED

#include <stdarg.h>

/* ---- the part in JavaScript -------------------------------------------------------- */

/* Functions of the module have as many parameters as ZMQJS_PARAMETER_MAXIMUM says. The list is numbered as
 * the enumeration below. The function ZMQJS_JSC_LOOK gives the digits of a BigInt, and a Uint8Array for an
 * ArrayBuffer or a DataView; for other values it gives undefined. */
static const char zmqjs_jsc_helpers[] =
    "((call, maximum) => { 'use strict';"
    ZMQJS_ADAPTER_SCRIPT ZMQJS_ADAPTER_KEPT_SCRIPT
    "const Bytes = Uint8Array, Big = BigInt, { asIntN, asUintN } = Big, digits = Big.prototype.toString;"
    "const view = (name) => Object.getOwnPropertyDescriptor(DataView.prototype, name).get;"
    "const buffer = view('buffer'), offset = view('byteOffset'), length = view('byteLength');"
    "const make = (id, name) => id === undefined ? id : ({ [name](a, b, c, d, e, f, g, h) {"
    "  return call(id, this, undefined, arguments.length, a, b, c, d, e, f, g, h); } })[name];"
    "const makeClass = (id, name) => ({ [name]: class { constructor(a, b, c, d, e, f, g, h) {"
    "  return call(id, undefined, new.target.prototype, arguments.length, a, b, c, d, e, f, g, h); } } })[name];"
    "const exports = {};"
    "return [exports, classes, define, kept,"
    "  (described) => {"
    "    const { id, called, setterId, setterCalled, number } = { __proto__: null, ...described };"
    "    register(exports, described, (number === undefined ? make : makeClass)(id, called),"
    "      make(setterId, setterCalled)); },"
    "  (kind, message) => new errors[kind](message),"
    "  (value, isBuffer) => { let memory;"
    "    if (typeof value === 'bigint') return value === asIntN(64, value) || value === asUintN(64, value)"
    "      ? apply(digits, value, []) : '99999999999999999999';"
    "    try { memory = isBuffer ? value : apply(buffer, value, []); } catch { return; }"
    "    try { return isBuffer ? new Bytes(memory)"
    "      : new Bytes(memory, apply(offset, value, []), apply(length, value, [])); }"
    "    catch { return new Bytes(0); } },"
    "  (high, low, unsigned) => (unsigned ? asUintN : asIntN)(64, Big(high) << 32n | Big(low)),"
    "  (list = { __proto__: null }, end, array) => { const { length } = array;"
    "    for (let i = 0; i < length && length <= maximum; i++) list[end + i] = array[i];"
    "    list[0] = length;"
    "    return list; },"
    "  (buffer) => new (typeof Uint8FFArray === 'function' ? Uint8FFArray : Bytes)(buffer),"
    "]; })";

enum {
    ZMQJS_JSC_EXPORTS, ZMQJS_JSC_CLASSES, ZMQJS_JSC_DEFINE, ZMQJS_JSC_KEPT, ZMQJS_JSC_REGISTER, ZMQJS_JSC_ERROR,
    ZMQJS_JSC_LOOK, ZMQJS_JSC_BIGINT, ZMQJS_JSC_APPEND, ZMQJS_JSC_BYTES, ZMQJS_JSC_HELPERS
};

/* No public function of the engine collects at once, or tells the collector about memory. These do;
 * they are exported, but in no public header. */
ZMQJS_ADAPTER_API void JSSynchronousGarbageCollectForDebugging(JSContextRef ctx) __attribute__((weak));
ZMQJS_ADAPTER_API void JSReportExtraMemoryCost(JSContextRef ctx, size_t size) __attribute__((weak));

/* ---- state --------------------------------------------------------------------------- */

/* A module. It belongs to the function call of the helpers, whose properties keep values of the engine. */
typedef struct zmqjs_jsc_state {
    const zmqjs_function *const *functions;
    zmqjs_runtime *runtime; /* NULL until the first call */
    JSClassRef instances;   /* the parent of the types */
    JSClassRef *types;      /* of instances, by the numbers of their classes: toString() shows the name */
    JSObjectRef helpers[ZMQJS_JSC_HELPERS];
    zmqjs_adapter_interrupt interrupt;
} zmqjs_jsc_state;

/* A call, or the registration. Once there is an exception, nothing more is done. The collector sees the
 * stack. */
typedef struct zmqjs_jsc_call {
    zmqjs_jsc_state *state;
    JSContextRef ctx;
    JSValueRef exception;
    JSValueRef self, prototype; /* prototype: of the instance that a constructor makes */
    const JSValueRef *values;   /* the arguments */
    JSValueRef elements;        /* of arguments that are arrays, by their places in data */
    size_t total;               /* of data and texts */
    zmqjs_data *data;
    JSStringRef *texts; /* of the data that are strings */
    zmqjs_frame frame;
} zmqjs_jsc_call;

static void zmqjs_jsc_begin(zmqjs_jsc_call *call, zmqjs_jsc_state *state, JSContextRef ctx) {
    call->state = state;
    call->ctx = ctx;
    call->exception = NULL;
}

static JSObjectRef zmqjs_jsc_object(JSValueRef value) {
    return (JSObjectRef)(uintptr_t)value;
}

static JSValueRef zmqjs_jsc_get(zmqjs_jsc_call *call, JSValueRef object, size_t index) {
    return JSObjectGetPropertyAtIndex(call->ctx, zmqjs_jsc_object(object), (unsigned)index, NULL);
}

static void zmqjs_jsc_set(zmqjs_jsc_call *call, JSValueRef object, size_t index, JSValueRef value) {
    JSObjectSetPropertyAtIndex(call->ctx, zmqjs_jsc_object(object), (unsigned)index, value, NULL);
}

/* Calls a helper with count values. */
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

static void zmqjs_jsc_define_all(zmqjs_jsc_call *call, JSValueRef object, const zmqjs_data *data);

/* Throws an error, unless an exception is pending. Returns NULL. */
static JSValueRef zmqjs_jsc_throw(zmqjs_jsc_call *call, zmqjs_error error) {
    JSValueRef made = zmqjs_jsc_help(call, ZMQJS_JSC_ERROR, 2,
                                     zmqjs_jsc_number(call, zmqjs_adapter_error_class(&error)),
                                     zmqjs_jsc_string(call, error.message, strlen(error.message)));
    zmqjs_properties details;
    zmqjs_jsc_define_all(call, made, zmqjs_adapter_details(&error, &details));
    if (call->exception == NULL)
        call->exception = made;
    return NULL;
}

static JSValueRef zmqjs_jsc_out_of_memory(zmqjs_jsc_call *call) {
    return zmqjs_jsc_throw(call, zmqjs_adapter_error(ZMQJS_ERROR, "out of memory"));
}

/* ---- arguments ------------------------------------------------------------------------- */

static void zmqjs_jsc_read_view(JSContextRef ctx, JSObjectRef view, zmqjs_data *data) {
    char *memory = (char *)JSObjectGetTypedArrayBytesPtr(ctx, view, NULL);
    zmqjs_adapter_get_bytes(NULL, 0, data);
    if (memory != NULL)
        zmqjs_adapter_get_bytes(memory + JSObjectGetTypedArrayByteOffset(ctx, view, NULL),
                                JSObjectGetTypedArrayByteLength(ctx, view, NULL), data);
}

/* Reads a value about which the API of some version of the engine does not tell enough: a buffer, a
 * DataView, a BigInt, or one that is no data. */
static void zmqjs_jsc_look(zmqjs_jsc_call *call, JSValueRef value, int is_buffer, zmqjs_data *data) {
    JSValueRef found = zmqjs_jsc_help(call, ZMQJS_JSC_LOOK, 2, value, JSValueMakeBoolean(call->ctx, is_buffer != 0));
    char text[32];
    data->type = ZMQJS_OBJECT;
    if (found != NULL && JSValueIsString(call->ctx, found)) {
        JSStringRef string = JSValueToStringCopy(call->ctx, found, NULL);
        JSStringGetUTF8CString(string, text, sizeof text);
        JSStringRelease(string);
        zmqjs_adapter_get_digits(text, data);
    } else if (found != NULL && JSValueIsObject(call->ctx, found)) {
        zmqjs_jsc_read_view(call->ctx, zmqjs_jsc_object(found), data);
    }
}

static void zmqjs_jsc_read_object(zmqjs_jsc_call *call, JSValueRef value, zmqjs_data *data) {
    JSTypedArrayType type = JSValueGetTypedArrayType(call->ctx, value, NULL);
    JSObjectRef object = zmqjs_jsc_object(value);
    if (type != kJSTypedArrayTypeNone && type != kJSTypedArrayTypeArrayBuffer)
        zmqjs_jsc_read_view(call->ctx, object, data);
    else if (JSValueIsObjectOfClass(call->ctx, value, call->state->instances))
        zmqjs_adapter_get_object((zmqjs_instance *)JSObjectGetPrivate(object), 0, data);
    else if (JSValueIsArray(call->ctx, value))
        zmqjs_adapter_get_array(0, data);
    else
        zmqjs_jsc_look(call, value, type == kJSTypedArrayTypeArrayBuffer, data);
}

static void zmqjs_jsc_read(void *payload, size_t place, zmqjs_data *data) {
    zmqjs_jsc_call *call = (zmqjs_jsc_call *)payload;
    JSContextRef ctx = call->ctx;
    JSValueRef value = place < call->frame.argument_count ? call->values[place]
                                                          : zmqjs_jsc_get(call, call->elements, place);
    if (JSValueIsNumber(ctx, value)) {
        zmqjs_adapter_get_number(JSValueToNumber(ctx, value, NULL), data);
    } else if (JSValueIsString(ctx, value)) {
        JSStringRef text = call->texts[place] = JSValueToStringCopy(ctx, value, NULL);
        zmqjs_adapter_get_string(JSStringGetCharactersPtr(text), JSStringGetLength(text), ZMQJS_UTF16, data);
    } else if (JSValueIsUndefined(ctx, value) || JSValueIsNull(ctx, value)) {
        data->type = JSValueIsNull(ctx, value) ? ZMQJS_NULL : ZMQJS_UNDEFINED;
    } else if (JSValueIsBoolean(ctx, value)) {
        zmqjs_adapter_get_boolean(JSValueToBoolean(ctx, value), data);
    } else if (JSValueIsObject(ctx, value)) {
        zmqjs_jsc_read_object(call, value, data);
    } else {
        zmqjs_jsc_look(call, value, 0, data);
    }
}

/* Gets the elements of an argument that is an array. Returns their number, which comes first. */
static size_t zmqjs_jsc_get_elements(zmqjs_jsc_call *call, JSValueRef array) {
    call->elements = zmqjs_jsc_help(call, ZMQJS_JSC_APPEND, 3, call->elements,
                                    zmqjs_jsc_number(call, (double)call->total), array);
    return call->elements == NULL ? 0
                                  : (size_t)JSValueToNumber(call->ctx, zmqjs_jsc_get(call, call->elements, 0), NULL);
}

/* Reads count arguments. All elements are got first: a getter may change what is read. */
static void zmqjs_jsc_read_all(zmqjs_jsc_call *call, const zmqjs_function *function, size_t count) {
    size_t i, lengths[ZMQJS_PARAMETER_MAXIMUM];
    call->total = call->frame.argument_count = count;
    for (i = 0; i < count; i++) {
        lengths[i] = ZMQJS_ADAPTER_NO_ARRAY;
        if (zmqjs_adapter_reads_elements(function, i) && JSValueIsArray(call->ctx, call->values[i]))
            lengths[i] = zmqjs_jsc_get_elements(call, call->values[i]);
        call->total += lengths[i] <= ZMQJS_ELEMENT_MAXIMUM ? lengths[i] : 0;
    }
    if (call->exception == NULL && call->total > ZMQJS_PARAMETER_MAXIMUM) {
        call->data = (zmqjs_data *)malloc(call->total * (sizeof *call->data + sizeof *call->texts));
        if (call->data == NULL)
            zmqjs_jsc_out_of_memory(call);
        else
            call->texts = (JSStringRef *)(call->data + call->total);
    }
    if (call->exception != NULL)
        call->total = 0;
    else
        zmqjs_adapter_read_list(function, count, lengths, zmqjs_jsc_read, call, call->data);
}

static void zmqjs_jsc_release(zmqjs_jsc_call *call) {
    size_t i;
    for (i = 0; i < call->total; i++)
        if (call->data[i].type == ZMQJS_STRING)
            JSStringRelease(call->texts[i]);
    if (call->total > ZMQJS_PARAMETER_MAXIMUM)
        free(call->data);
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
    JSObjectRef classes = call->state->helpers[ZMQJS_JSC_CLASSES];
    JSObjectRef made = JSObjectMake(call->ctx, call->state->types[data->length], data->as.instance);
    JSValueRef size = zmqjs_jsc_get(call, classes, 2 * data->length + 1);
    JSObjectSetPrototype(call->ctx, made,
                         JSValueIsObject(call->ctx, call->prototype)
                             ? call->prototype
                             : zmqjs_jsc_get(call, classes, 2 * data->length));
    if (JSReportExtraMemoryCost != NULL)
        JSReportExtraMemoryCost(call->ctx, (size_t)JSValueToNumber(call->ctx, size, NULL));
    return made;
}

static JSValueRef zmqjs_jsc_make(zmqjs_jsc_call *call, const zmqjs_data *data);

/* Defines the elements of an array, or the properties of an object. */
static void zmqjs_jsc_define_all(zmqjs_jsc_call *call, JSValueRef object, const zmqjs_data *data) {
    size_t i;
    for (i = 0; i < data->length && call->exception == NULL; i++)
        zmqjs_jsc_help(call, ZMQJS_JSC_DEFINE, 4, object,
                       data->type == ZMQJS_ARRAY ? zmqjs_jsc_number(call, (double)i)
                                                 : zmqjs_jsc_make(call, &data->as.elements[2 * i]),
                       zmqjs_jsc_number(call, 7), zmqjs_jsc_make(call, zmqjs_adapter_element(data, i)));
}

static JSValueRef zmqjs_jsc_make(zmqjs_jsc_call *call, const zmqjs_data *data) {
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
        value = data->type == ZMQJS_ARRAY ? JSObjectMakeArray(call->ctx, 0, NULL, &call->exception)
                                          : JSObjectMake(call->ctx, NULL, NULL);
        zmqjs_jsc_define_all(call, value, data);
        return value;
    case ZMQJS_KEPT:
        value = zmqjs_jsc_help(call, ZMQJS_JSC_KEPT, 1, call->self);
        return value != NULL ? zmqjs_jsc_get(call, value, (size_t)data->as.int32) : NULL;
    case ZMQJS_THIS:
        return call->self;
    default:
        return JSValueMakeUndefined(call->ctx);
    }
}

/* ---- calls -------------------------------------------------------------------------------- */

static void zmqjs_jsc_collect(void *payload, void *context) {
    (void)payload;
    JSSynchronousGarbageCollectForDebugging((JSContextRef)context);
}

/* The engine's collector stops threads by signals, which must not end a wait. So the runtime always has
 * the callback that is called after a signal. */
static void zmqjs_jsc_start(zmqjs_jsc_call *call) {
    int status = zmqjs_adapter_start(
        &call->state->runtime, "JavaScriptCore", &call->state->interrupt, zmqjs_adapter_interrupted,
        JSSynchronousGarbageCollectForDebugging != NULL ? zmqjs_jsc_collect : NULL);
    if (status != ZMQJS_OK)
        zmqjs_jsc_throw(call, zmqjs_adapter_status_error(status));
}

/* Makes the call's value, or its exception. kept is where this keeps its values, if the function
 * keeps any. */
static JSValueRef zmqjs_jsc_finish(zmqjs_jsc_call *call, int status, JSValueRef kept) {
    zmqjs_frame *frame = &call->frame;
    JSValueRef made = NULL;
    size_t i;
    if (status == ZMQJS_HELD && frame->keep_count > 0 && kept == NULL)
        kept = zmqjs_jsc_help(call, ZMQJS_JSC_KEPT, 1, call->self);
    for (i = 0; status == ZMQJS_HELD && kept != NULL && i < frame->keep_count; i++)
        zmqjs_jsc_set(call, kept, frame->keep[i].index,
                      frame->keep[i].argument >= 0 ? call->values[frame->keep[i].argument]
                                                   : JSValueMakeUndefined(call->ctx));
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
    zmqjs_instance *instance = JSValueIsObjectOfClass(ctx, values[1], state->instances)
                                   ? (zmqjs_instance *)JSObjectGetPrivate(zmqjs_jsc_object(values[1]))
                                   : NULL;
    zmqjs_data data[ZMQJS_PARAMETER_MAXIMUM];
    JSStringRef texts[ZMQJS_PARAMETER_MAXIMUM];
    JSValueRef made = NULL, kept = NULL;
    zmqjs_jsc_call call;
    (void)ignored;
    zmqjs_jsc_begin(&call, state, ctx);
    call.self = values[1];
    call.prototype = values[2];
    call.values = values + 4;
    call.elements = JSValueMakeUndefined(ctx);
    call.data = data;
    call.texts = texts;
    count = zmqjs_adapter_count(function, (size_t)JSValueToNumber(ctx, values[3], NULL));
    zmqjs_jsc_start(&call);
    zmqjs_jsc_read_all(&call, function, count);
    if (instance != NULL && function->keeps > 0)
        kept = zmqjs_jsc_help(&call, ZMQJS_JSC_KEPT, 1, call.self);
    zmqjs_adapter_begin(&call.frame, state->runtime, (void *)(uintptr_t)ctx, instance, call.data, count);
    if (call.exception == NULL)
        made = zmqjs_jsc_finish(&call, function->call(function, &call.frame), kept);
    zmqjs_jsc_release(&call);
    *exception = call.exception;
    return call.exception == NULL ? made : NULL;
}

/* ---- registration --------------------------------------------------------------------------- */

static JSClassRef zmqjs_jsc_new_class(const char *name, JSClassRef parent, JSObjectFinalizeCallback finalize,
                                      JSObjectCallAsFunctionCallback called) {
    JSClassDefinition definition = kJSClassDefinitionEmpty;
    definition.className = name;
    definition.parentClass = parent;
    definition.attributes = kJSClassAttributeNoAutomaticPrototype;
    definition.finalize = finalize;
    definition.callAsFunction = called;
    return JSClassCreate(&definition);
}

static int zmqjs_jsc_define(void *payload, const zmqjs_definition *definition) {
    zmqjs_jsc_call *call = (zmqjs_jsc_call *)payload;
    const zmqjs_class *begun = definition->class_begun;
    const uint32_t attributes = zmqjs_adapter_attributes(definition->property);
    zmqjs_properties properties;
    if (begun != NULL)
        call->state->types[begun->number] = zmqjs_jsc_new_class(begun->name, call->state->instances, NULL, NULL);
    zmqjs_jsc_help(call, ZMQJS_JSC_REGISTER, 1,
                   zmqjs_jsc_make(call, zmqjs_adapter_describe(definition, attributes, &properties)));
    return call->exception == NULL ? ZMQJS_OK : ZMQJS_EXCEPTION;
}

static void zmqjs_jsc_finalize(JSObjectRef object) {
    zmqjs_finalize((zmqjs_instance *)JSObjectGetPrivate(object));
}

static void zmqjs_jsc_end(JSObjectRef call) {
    zmqjs_jsc_state *state = (zmqjs_jsc_state *)JSObjectGetPrivate(call);
    zmqjs_adapter_stop(&state->runtime);
    while (*state->types != NULL)
        JSClassRelease(*state->types++);
    JSClassRelease(state->instances);
    free(state);
}

/* Makes the function call, which owns the state, and the helpers, which it keeps. */
static void zmqjs_jsc_make_helpers(zmqjs_jsc_call *call) {
    JSStringRef source = JSStringCreateWithUTF8CString(zmqjs_jsc_helpers);
    JSClassRef type = zmqjs_jsc_new_class("zmq", NULL, zmqjs_jsc_end, zmqjs_jsc_called);
    JSObjectRef function = JSObjectMake(call->ctx, type, call->state);
    JSValueRef list = JSEvaluateScript(call->ctx, source, NULL, NULL, 0, &call->exception);
    const JSValueRef arguments[] = {function, zmqjs_jsc_number(call, ZMQJS_ELEMENT_MAXIMUM)};
    size_t i;
    JSStringRelease(source);
    JSClassRelease(type);
    if (list != NULL)
        list = JSObjectCallAsFunction(call->ctx, zmqjs_jsc_object(list), NULL, 2, arguments, &call->exception);
    for (i = 0; list != NULL && i < ZMQJS_JSC_HELPERS; i++)
        call->state->helpers[i] = zmqjs_jsc_object(zmqjs_jsc_get(call, list, i));
    if (list != NULL)
        zmqjs_jsc_set(call, function, 0, list);
}

JSObjectRef zmqjs_jsc_open(JSContextRef ctx, JSValueRef *exception) {
    return zmqjs_jsc_open_with(ctx, NULL, NULL, exception);
}

JSObjectRef zmqjs_jsc_open_with(JSContextRef ctx, int (*interrupted)(void *argument), void *argument,
                                JSValueRef *exception) {
    size_t most = zmqjs_functions(&most) != NULL ? most : 0; /* classes: each has a function */
    zmqjs_jsc_state *state =
        (zmqjs_jsc_state *)calloc(1, sizeof *state + (most + 1) * sizeof *state->types);
    zmqjs_jsc_call call;
    zmqjs_jsc_begin(&call, state, ctx);
    if (state == NULL) {
        JSValueRef text = zmqjs_jsc_string(&call, "out of memory", 13);
        *exception = JSObjectMakeError(ctx, 1, &text, NULL);
        return NULL;
    }
    state->types = (JSClassRef *)(state + 1);
    state->instances = zmqjs_jsc_new_class("zmq", NULL, zmqjs_jsc_finalize, NULL);
    state->interrupt.function = interrupted;
    state->interrupt.argument = argument;
    zmqjs_jsc_make_helpers(&call);
    if (call.exception == NULL && zmqjs_adapter_register(zmqjs_jsc_define, &call, &state->functions) != ZMQJS_OK)
        zmqjs_jsc_throw(&call, zmqjs_adapter_error(ZMQJS_ERROR, zmqjs_last_error()));
    if (call.exception == NULL)
        return state->helpers[ZMQJS_JSC_EXPORTS];
    *exception = call.exception;
    return NULL;
}

#endif /* ZMQJS_JSC_IMPLEMENTATION */
