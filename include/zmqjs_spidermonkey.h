/*
 * zmqjs_spidermonkey.h - the module "zmq" for SpiderMonkey (C++17; tried with 102)
 *
 * Header-only. In any file of the host:
 *
 *     #include "zmqjs_spidermonkey.h"  and link with -lzmqjs
 *
 *     JS::RootedObject zmq(cx, zmqjs_spidermonkey_open(cx));
 *
 * The API has no native modules: the host makes the object a global, its require() returns it, or a
 * module of a few lines exports it. Each call makes a module of its own in the realm that the context
 * is in, with a runtime that ends when the engine collects the last object of the module, at the
 * latest in JS_DestroyContext(). That then waits for unsent messages as zmqjs_runtime_free() does.
 * Everything is used on the context's thread.
 *
 * ArrayBuffers show large messages without a copy while at most 64 MiB of them are not yet collected
 * in the process: the API cannot report their size to the collector.
 */
#ifndef ZMQJS_SPIDERMONKEY_H
#define ZMQJS_SPIDERMONKEY_H

#include "zmqjs_adapter.h"

#include <jsapi.h>
#include <jsfriendapi.h>

#include <js/Array.h>
#include <js/ArrayBuffer.h>
#include <js/ArrayBufferMaybeShared.h>
#include <js/BigInt.h>
#include <js/Object.h>
#include <js/Wrapper.h>
#include <js/experimental/TypedData.h>

#include <atomic>
#include <new>

/* Makes the module: an object with the functions, classes and constants. Returns nullptr with an
 * exception pending. interrupted is as zmqjs_engine has it, and is handed argument as payload; it
 * must not use the context. */
inline JSObject *zmqjs_spidermonkey_open(JSContext *cx,
                                         int (*interrupted)(void *payload, void *) = nullptr,
                                         void *argument = nullptr);

namespace zmqjs_spidermonkey {

/* ---- modules, instances ---------------------------------------------------------------- */

using Values = JS::GCVector<JS::Heap<JS::Value>, 0, js::SystemAllocPolicy>;

/* A module. Its functions refer to the object that owns it. */
struct Module {
    const zmqjs_function *const *functions = nullptr;
    zmqjs_runtime *runtime = nullptr; /* nullptr until the first call */
    int (*interrupted)(void *payload, void *) = nullptr;
    void *argument = nullptr;
    Values values; /* the prototype and the size of each class in turn */

    void end(JSObject *) { zmqjs_adapter_stop(&runtime); }
};

/* An instance of one of the classes. */
struct Instance {
    zmqjs_instance *instance = nullptr;
    size_t size = 0; /* that was reported to the collector */
    Values values;   /* that it keeps */

    void end(JSObject *object) {
        zmqjs_finalize(instance);
        JS::RemoveAssociatedMemory(object, size, JS::MemoryUse::Embedding1);
    }

    bool make_room(size_t count) { return values.reserve(values.length() + count); }

    void keep(uint32_t index, const JS::Value &value) {
        while (values.length() <= index)
            values.infallibleAppend(JS::UndefinedValue());
        values[index] = value;
    }

    JS::Value get(size_t index) const {
        return index < values.length() ? values[index].get() : JS::UndefinedValue();
    }
};

/* Throws an error if there was no memory to do something. */
inline bool check(JSContext *cx, bool done) {
    if (!done)
        JS_ReportOutOfMemory(cx);
    return done;
}

/* An object that owns a T, and traces its values. All other values of the engine are Rooted ones. */
template <typename T> struct Owner {
    static T *get(JSObject *object) { return JS::GetMaybePtrFromReservedSlot<T>(object, 0); }

    static void finalize(JS::GCContext *, JSObject *object) {
        if (get(object) != nullptr)
            get(object)->end(object);
        delete get(object);
    }

    static void trace(JSTracer *tracer, JSObject *object) {
        if (get(object) != nullptr)
            get(object)->values.trace(tracer);
    }

    static constexpr JSClassOps operations = {nullptr, nullptr,  nullptr, nullptr, nullptr,
                                              nullptr, finalize, nullptr, nullptr, trace};
    static constexpr JSClass type = {"zmq", JSCLASS_HAS_RESERVED_SLOTS(1) | JSCLASS_FOREGROUND_FINALIZE,
                                     &operations, nullptr, nullptr, nullptr};

    static T *make(JSContext *cx, JS::HandleObject prototype, JS::MutableHandleObject object) {
        object.set(JS_NewObjectWithGivenProto(cx, &type, prototype));
        T *owned = object != nullptr ? new (std::nothrow) T : nullptr;
        if (object != nullptr && check(cx, owned != nullptr))
            JS::SetReservedSlot(object, 0, JS::PrivateValue(owned));
        return owned;
    }
};

/* The instance that an object is, or nullptr. */
inline Instance *get_instance(JSObject *object) {
    const bool is = object != nullptr && JS::GetClass(object) == &Owner<Instance>::type;
    return is ? Owner<Instance>::get(object) : nullptr;
}

/* Memory of the library that ArrayBuffers show. It may be freed on any thread. */
inline std::atomic<size_t> adopted_size{0};

inline void free_adopted(void *bytes, void *adopted) {
    adopted_size -= static_cast<zmqjs_adapter_adopted *>(adopted)->length;
    zmqjs_adapter_free_adopted(bytes, adopted);
}

/* ---- values, errors ----------------------------------------------------------------------- */

inline JS::Value to_value(JSString *made) { return JS::StringValue(made); }
inline JS::Value to_value(JS::BigInt *made) { return JS::BigIntValue(made); }
inline JS::Value to_value(JSObject *made) { return JS::ObjectValue(*made); }

/* Sets a value that the engine has made. Returns whether it has. */
template <typename T> bool set(JS::MutableHandleValue value, T *made) {
    value.set(made != nullptr ? to_value(made) : JS::UndefinedValue());
    return made != nullptr;
}

inline bool set_text(JSContext *cx, JS::MutableHandleValue value, const char *text, size_t length) {
    return set(value, JS_NewStringCopyUTF8N(cx, JS::UTF8Chars(text, length)));
}

/* Sets data that is plain, without allocating. Returns whether it is. */
inline bool set_plain(JS::MutableHandleValue value, const zmqjs_data &data) {
    value.set(data.type == ZMQJS_INT32     ? JS::Int32Value(data.as.int32)
              : data.type == ZMQJS_DOUBLE  ? JS::DoubleValue(JS::CanonicalizeNaN(data.as.number))
              : data.type == ZMQJS_BOOLEAN ? JS::BooleanValue(data.as.boolean != 0)
              : data.type == ZMQJS_NULL    ? JS::NullValue()
                                           : JS::UndefinedValue());
    return data.type <= ZMQJS_DOUBLE;
}

/* ---- calls ------------------------------------------------------------------------------------ */

/*
 * A call of a function of the module. A collection moves memory that is lent to the library, so the
 * arguments are read in two passes: get() may allocate and run script code, read() may not.
 */
struct Call {
    template <bool constructs> static bool enter(JSContext *cx, unsigned count, JS::Value *values) {
        Call call(cx, JS::CallArgsFromVp(count, values));
        return (!constructs || call.get_prototype()) && call.run();
    }

    Call(JSContext *context, const JS::CallArgs &arguments)
        : cx(context), args(arguments), values(cx), prototype(cx),
          module(*Owner<Module>::get(&js::GetFunctionNativeReserved(&args.callee(), 0).toObject())),
          function(*module.functions[js::GetFunctionNativeReserved(&args.callee(), 1).toInt32()]) {}

    /* Gets that of the instance that a constructor is to make: new.target's, if it has one. */
    bool get_prototype() {
        JS::RootedValue found(cx);
        if (!args.isConstructing())
            return throw_error(zmqjs_adapter_error(ZMQJS_TYPE_ERROR, "a class constructor needs 'new'"));
        JS::RootedObject target(cx, &args.newTarget().toObject());
        if (!JS_GetProperty(cx, target, "prototype", &found))
            return false;
        prototype = found.isObject() ? &found.toObject() : nullptr;
        return true;
    }

    bool run() {
        const size_t count = zmqjs_adapter_count(&function, args.length());
        Instance *self = args.thisv().isObject() ? get_instance(&args.thisv().toObject()) : nullptr;
        if ((module.runtime == nullptr && !start()) || !get(count) ||
            (self != nullptr && !check(cx, self->make_room(function.keeps))))
            return false;
        zmqjs_adapter_read_list(&function, count, lengths, read, this, data.begin());
        zmqjs_adapter_begin(&frame, module.runtime, this, self != nullptr ? self->instance : nullptr,
                            data.begin(), count);
        const int status = function.call(&function, &frame);
        if (status == ZMQJS_OK)
            return make(frame.result, args.rval());
        for (size_t i = 0; status == ZMQJS_HELD && self != nullptr && i < frame.keep_count; i++)
            self->keep(frame.keep[i].index, args.get(static_cast<unsigned>(frame.keep[i].argument)));
        const bool done = status == ZMQJS_HELD ? make(frame.result, args.rval())
                                               : throw_error(zmqjs_adapter_call_error(status, &frame));
        zmqjs_frame_release(&frame);
        return done;
    }

    bool start() {
        const int status = zmqjs_adapter_start(&module.runtime, "SpiderMonkey", module.argument,
                                               module.interrupted, collect);
        return status == ZMQJS_OK || throw_error(zmqjs_adapter_status_error(status));
    }

    /* A collection may move memory that is lent: then there is none. */
    static void collect(void *, void *context) {
        const Call *call = static_cast<const Call *>(context);
        if (!call->has_lent)
            JS_GC(call->cx);
    }

    /* ---- arguments ---- */

    bool get(size_t count) {
        bool done = values.append(args.array(), count);
        for (size_t i = 0; done && i < count; i++)
            done = get_elements(i);
        for (size_t i = 0; done && i < values.length(); i++) /* a rope becomes one itself */
            done = !values[i].isString() || JS_EnsureLinearString(cx, values[i].toString());
        return done && check(cx, data.growByUninitialized(values.length()));
    }

    /* Gets the elements of an argument, if the function reads them and it is an array. */
    bool get_elements(size_t index) {
        JS::RootedValue element(cx, values[index]);
        uint32_t length = 0;
        bool is_array = false, done = !zmqjs_adapter_reads_elements(&function, index) ||
                                      JS::IsArrayObject(cx, element, &is_array);
        lengths[index] = ZMQJS_ADAPTER_NO_ARRAY;
        if (!done || !is_array)
            return done;
        JS::RootedObject array(cx, &element.toObject());
        done = JS::GetArrayLength(cx, array, &length);
        lengths[index] = length;
        for (uint32_t i = 0; done && i < length && length <= ZMQJS_ELEMENT_MAXIMUM; i++)
            done = JS_GetElement(cx, array, i, &element) && values.append(element);
        return done;
    }

    static void read(void *payload, size_t place, zmqjs_data *into) {
        Call &call = *static_cast<Call *>(payload);
        const JS::HandleValue value = call.values[place];
        if (value.isNumber())
            zmqjs_adapter_get_number(value.toNumber(), into);
        else if (value.isString())
            call.read_string(value.toString(), into);
        else if (value.isObject())
            call.read_object(value, into);
        else if (value.isBigInt())
            read_bigint(value.toBigInt(), into);
        else if (value.isBoolean())
            zmqjs_adapter_get_boolean(value.isTrue(), into);
        else
            into->type = value.isUndefined() ? ZMQJS_UNDEFINED : value.isNull() ? ZMQJS_NULL : ZMQJS_OBJECT;
    }

    static void read_bigint(JS::BigInt *value, zmqjs_data *into) {
        int64_t number = 0;
        uint64_t bits = 0;
        const bool fits = JS::BigIntFits(value, &number), fits_unsigned = JS::BigIntFits(value, &bits);
        const uint32_t flags = fits ? 0 : fits_unsigned ? ZMQJS_UNSIGNED : ZMQJS_TRUNCATED;
        zmqjs_adapter_get_bigint(fits ? static_cast<uint64_t>(number) : bits, flags, into);
    }

    /* Short texts are copied: a collection does not move these. */
    void read_string(JSString *text, zmqjs_data *into) {
        JS::AutoCheckCannotGC no_collection;
        JSLinearString *string = JS_ASSERT_STRING_IS_LINEAR(text);
        const bool is_latin1 = JS::LinearStringHasLatin1Chars(string);
        const size_t length = JS::GetLinearStringLength(string), size = is_latin1 ? length : 2 * length;
        const void *units =
            is_latin1 ? static_cast<const void *>(JS::GetLatin1LinearStringChars(no_collection, string))
                      : JS::GetTwoByteLinearStringChars(no_collection, string);
        if (size <= sizeof short_texts - short_size) {
            units = memcpy(short_texts + short_size, units, size);
            short_size += (size + 1) & ~size_t{1};
        } else {
            has_lent = true;
        }
        zmqjs_adapter_get_string(units, length, is_latin1 ? ZMQJS_LATIN1 : ZMQJS_UTF16, into);
    }

    void read_object(JS::HandleValue value, zmqjs_data *into) {
        bool is_array = false, is_shared = false;
        uint8_t *bytes = nullptr;
        size_t length = 0;
        JSObject *object = &value.toObject(), *buffer = JS::UnwrapArrayBufferMaybeShared(object);
        if (buffer != nullptr)
            JS::GetArrayBufferMaybeSharedLengthAndData(buffer, &length, &is_shared, &bytes);
        else
            buffer = JS_GetObjectAsArrayBufferView(object, &length, &is_shared, &bytes);
        has_lent |= buffer != nullptr;
        if (buffer != nullptr)
            return zmqjs_adapter_get_bytes(bytes, length, into);
        const Instance *instance = get_instance(js::CheckedUnwrapStatic(object));
        is_array = JS::IsArrayObject(cx, value, &is_array) && is_array;
        zmqjs_adapter_get_object(instance != nullptr ? instance->instance : nullptr, is_array, into);
    }

    /* ---- results ---- */

    bool make(const zmqjs_data &from, JS::MutableHandleValue value) {
        if (set_plain(value, from))
            return true;
        JS::RootedObject made(cx);
        switch (from.type) {
        case ZMQJS_STRING:
            return set_text(cx, value, zmqjs_adapter_bytes(&from), from.length);
        case ZMQJS_BIGINT:
            return set(value, from.flags & ZMQJS_UNSIGNED
                                  ? JS::NumberToBigInt(cx, static_cast<uint64_t>(from.as.bigint))
                                  : JS::NumberToBigInt(cx, from.as.bigint));
        case ZMQJS_BYTES:
            return make_bytes(from, value);
        case ZMQJS_INSTANCE:
            return make_instance(from, value);
        case ZMQJS_ARRAY:
        case ZMQJS_OBJECT:
            made = from.type == ZMQJS_ARRAY ? JS::NewArrayObject(cx, from.length) : JS_NewPlainObject(cx);
            return define(made, from) && set(value, made.get());
        case ZMQJS_KEPT:
            value.set(get_instance(&args.thisv().toObject())->get(static_cast<size_t>(from.as.int32)));
            return true;
        default:
            value.set(args.thisv());
            return true;
        }
    }

    bool make_bytes(const zmqjs_data &from, JS::MutableHandleValue value) {
        const bool may = zmqjs_adapter_adopts(&from) && adopted_size + from.length <= size_t{64} << 20;
        if (zmqjs_adapter_adopted *adopted = may ? zmqjs_adapter_adopt(&frame, &from) : nullptr) {
            adopted_size += from.length;
            JS::RootedObject buffer(
                cx, JS::NewExternalArrayBuffer(cx, from.length, from.as.data, free_adopted, adopted));
            if (buffer == nullptr)
                free_adopted(nullptr, adopted);
            return buffer != nullptr && set(value, JS_NewUint8ArrayWithBuffer(cx, buffer, 0, -1));
        }
        JSObject *array = JS_NewUint8Array(cx, from.length);
        if (array != nullptr) {
            bool is_shared = false;
            JS::AutoCheckCannotGC no_collection;
            memcpy(JS_GetUint8ArrayData(array, &is_shared, no_collection), zmqjs_adapter_bytes(&from), from.length);
        }
        return set(value, array);
    }

    bool make_instance(const zmqjs_data &from, JS::MutableHandleValue value) {
        JS::RootedObject object(cx);
        if (prototype == nullptr)
            prototype = &module.values[2 * from.length].get().toObject();
        Instance *instance = Owner<Instance>::make(cx, prototype, &object);
        if (instance == nullptr) {
            zmqjs_finalize(from.as.instance);
            return false;
        }
        instance->instance = from.as.instance;
        instance->size = static_cast<size_t>(module.values[2 * from.length + 1].get().toNumber());
        JS::AddAssociatedMemory(object, instance->size, JS::MemoryUse::Embedding1);
        return set(value, object.get());
    }

    /* Defines the elements of an array, or the properties of an object. */
    bool define(JS::HandleObject object, const zmqjs_data &from) {
        JS::RootedValue name(cx), value(cx);
        JS::RootedId id(cx);
        bool done = object != nullptr;
        for (size_t i = 0; done && i < from.length; i++) {
            name.setNumber(static_cast<double>(i));
            done = (from.type == ZMQJS_ARRAY || make(from.as.elements[2 * i], &name)) &&
                   JS_ValueToId(cx, name, &id) && make(*zmqjs_adapter_element(&from, i), &value) &&
                   JS_DefinePropertyById(cx, object, id, value, JSPROP_ENUMERATE);
        }
        return done;
    }

    /* Returns false. */
    bool throw_error(const zmqjs_error &error) {
        static constexpr JSProtoKey keys[] = {JSProto_Error, JSProto_TypeError, JSProto_RangeError};
        JS::RootedObject constructor(cx), made(cx);
        JS::RootedValue value(cx), callee(cx);
        zmqjs_properties details;
        if (JS_GetClassObject(cx, keys[zmqjs_adapter_error_class(&error)], &constructor) &&
            set(&callee, constructor.get()) &&
            set_text(cx, &value, error.message, strlen(error.message)) &&
            JS::Construct(cx, callee, JS::HandleValueArray(value), &made) &&
            define(made, *zmqjs_adapter_details(&error, &details)) && set(&value, made.get()))
            JS_SetPendingException(cx, value);
        return false;
    }

    JSContext *cx;
    JS::CallArgs args;
    JS::RootedValueVector values; /* the arguments, then the elements of those that are arrays */
    JS::RootedObject prototype;   /* of the instance that a constructor makes */
    Module &module;
    const zmqjs_function &function;
    js::Vector<zmqjs_data, ZMQJS_PARAMETER_MAXIMUM, js::SystemAllocPolicy> data; /* of values */
    size_t lengths[ZMQJS_PARAMETER_MAXIMUM]; /* see zmqjs_adapter_read_list() */
    bool has_lent = false; /* memory that a collection may move */
    size_t short_size = 0;
    alignas(8) char short_texts[256];
    zmqjs_frame frame;
};

/* ---- registration -------------------------------------------------------------------------------- */

struct Builder {
    JSContext *cx;
    Module *module = nullptr;
    JS::RootedObject owner{cx}, exports{cx}, constructor{cx}, prototype{cx}, symbols{cx};
    JS::RootedObject getter{cx}, setter{cx};
    JS::RootedValue value{cx}, key{cx};
    JS::RootedId id{cx};

    bool make_function(const zmqjs_function *function, JS::MutableHandleObject made, bool constructs = false) {
        JSFunction *created =
            js::NewFunctionWithReserved(cx, constructs ? Call::enter<true> : Call::enter<false>, function->length,
                                        constructs ? JSFUN_CONSTRUCTOR : 0, function->name);
        if (created == nullptr)
            return false;
        made.set(JS_GetFunctionObject(created));
        js::SetFunctionNativeReserved(made, 0, JS::ObjectValue(*owner));
        js::SetFunctionNativeReserved(made, 1, JS::NumberValue(function->number));
        return true;
    }

    bool begin_class(const zmqjs_class &begun) {
        prototype = JS_NewPlainObject(cx);
        if (prototype == nullptr || !make_function(begun.constructor, &constructor, true) ||
            !JS_LinkConstructorAndPrototype(cx, constructor, prototype))
            return false;
        return check(cx, module->values.append(JS::ObjectValue(*prototype)) &&
                             module->values.append(JS::NumberValue(begun.size))) &&
               set(&value, constructor.get());
    }

    /* Makes the function, or the constant, and the setter. */
    bool make(const zmqjs_definition &definition) {
        setter = nullptr;
        if (definition.setter != nullptr && !make_function(definition.setter, &setter))
            return false;
        if (definition.class_begun != nullptr)
            return begin_class(*definition.class_begun);
        if (definition.function != nullptr)
            return make_function(definition.function, &getter) && set(&value, getter.get());
        return set_plain(&value, *definition.value) ||
               set_text(cx, &value, zmqjs_adapter_bytes(definition.value), definition.value->length);
    }

    bool define(const zmqjs_definition &definition) {
        const zmqjs_property &property = *definition.property;
        const uint32_t attributes = zmqjs_adapter_attributes(&property);
        const unsigned flags = (attributes & ZMQJS_ENUMERABLE ? JSPROP_ENUMERATE : 0) |
                               (attributes & ZMQJS_CONFIGURABLE ? 0 : JSPROP_PERMANENT) |
                               (attributes & ZMQJS_WRITABLE || definition.is_accessor ? 0 : JSPROP_READONLY);
        const JS::HandleObject targets[] = {exports, prototype, constructor};
        const bool found = property.symbol != nullptr
                               ? JS_GetProperty(cx, symbols, property.symbol, &key)
                               : set_text(cx, &key, property.name, strlen(property.name));
        if (found && property.symbol != nullptr && !key.isSymbol())
            return true; /* the engine lacks it */
        if (!found || !JS_ValueToId(cx, key, &id) || !make(definition))
            return false;
        return definition.is_accessor
                   ? JS_DefinePropertyById(cx, targets[property.target], id, getter, setter, flags)
                   : JS_DefinePropertyById(cx, targets[property.target], id, value, flags);
    }
};

} // namespace zmqjs_spidermonkey

inline JSObject *zmqjs_spidermonkey_open(JSContext *cx, int (*interrupted)(void *, void *),
                                         void *argument) {
    using namespace zmqjs_spidermonkey;
    Builder builder{cx};
    builder.exports = JS_NewPlainObject(cx);
    builder.module = builder.exports ? Owner<Module>::make(cx, nullptr, &builder.owner) : nullptr;
    if (builder.module == nullptr || !JS_GetClassObject(cx, JSProto_Symbol, &builder.symbols))
        return nullptr;
    builder.module->interrupted = interrupted;
    builder.module->argument = argument;
    const auto define = [](void *payload, const zmqjs_definition *definition) -> int {
        return static_cast<Builder *>(payload)->define(*definition) ? ZMQJS_OK : ZMQJS_EXCEPTION;
    };
    const int status = zmqjs_adapter_register(define, &builder, &builder.module->functions);
    if (status != ZMQJS_OK && status != ZMQJS_EXCEPTION)
        JS_ReportErrorUTF8(cx, "%s", zmqjs_last_error());
    return status == ZMQJS_OK && JS_FreezeObject(cx, builder.exports) ? builder.exports.get() : nullptr;
}

#endif /* ZMQJS_SPIDERMONKEY_H */
