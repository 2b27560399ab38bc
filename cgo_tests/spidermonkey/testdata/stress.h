// Collects garbage before everything in the engine that may do so: values that the adapter has not
// rooted are gone then, and with "compact" everything movable has moved. Included before the
// adapter.
#ifndef STRESS_H
#define STRESS_H

#include <jsapi.h>
#include <jsfriendapi.h>

#include <js/Array.h>
#include <js/ArrayBuffer.h>
#include <js/BigInt.h>
#include <js/CallAndConstruct.h>
#include <js/GCAPI.h>
#include <js/PropertyAndElement.h>
#include <js/String.h>
#include <js/experimental/TypedData.h>

#include <cstdlib>
#include <cstring>

namespace stress {

inline unsigned long collections;

// By the environment: COLLECT=each or COLLECT=compact. After 2000 collections only every 50th
// time, for scripts that call in long loops.
inline void collect(JSContext *cx)
{
    static const char *const mode = getenv("COLLECT");
    if (mode == nullptr || JS_IsExceptionPending(cx) || (++collections > 2000 && collections % 50 != 0))
        return;
    JS::PrepareForFullGC(cx);
    JS::NonIncrementalGC(cx, strcmp(mode, "compact") == 0 ? JS::GCOptions::Shrink : JS::GCOptions::Normal,
                         JS::GCReason::API);
}

} // namespace stress

// Functions of namespace JS, under names that macros can give them.
namespace JS {

template <typename... T> bool StressConstruct(JSContext *cx, T &&...arguments)
{
    stress::collect(cx);
    return Construct(cx, arguments...);
}
template <typename... T> JSObject *StressNewArrayObject(JSContext *cx, T &&...arguments)
{
    stress::collect(cx);
    return NewArrayObject(cx, arguments...);
}
template <typename... T> JSObject *StressNewExternalArrayBuffer(JSContext *cx, T &&...arguments)
{
    stress::collect(cx);
    return NewExternalArrayBuffer(cx, arguments...);
}
template <typename T> BigInt *StressNumberToBigInt(JSContext *cx, T number)
{
    stress::collect(cx);
    return NumberToBigInt(cx, number);
}

} // namespace JS

#define Construct StressConstruct
#define NewArrayObject StressNewArrayObject
#define NewExternalArrayBuffer StressNewExternalArrayBuffer
#define NumberToBigInt StressNumberToBigInt
#define NewFunctionWithReserved(cx, ...) NewFunctionWithReserved((stress::collect(cx), cx), __VA_ARGS__)
#define JS_EnsureLinearString(cx, ...) (stress::collect(cx), JS_EnsureLinearString(cx, __VA_ARGS__))
#define JS_GetElement(cx, ...) (stress::collect(cx), JS_GetElement(cx, __VA_ARGS__))
#define JS_GetProperty(cx, ...) (stress::collect(cx), JS_GetProperty(cx, __VA_ARGS__))
#define JS_GetClassObject(cx, ...) (stress::collect(cx), JS_GetClassObject(cx, __VA_ARGS__))
#define JS_NewStringCopyUTF8N(cx, ...) (stress::collect(cx), JS_NewStringCopyUTF8N(cx, __VA_ARGS__))
#define JS_NewPlainObject(cx) (stress::collect(cx), JS_NewPlainObject(cx))
#define JS_NewObjectWithGivenProto(cx, ...) (stress::collect(cx), JS_NewObjectWithGivenProto(cx, __VA_ARGS__))
#define JS_NewUint8Array(cx, ...) (stress::collect(cx), JS_NewUint8Array(cx, __VA_ARGS__))
#define JS_NewUint8ArrayWithBuffer(cx, ...) (stress::collect(cx), JS_NewUint8ArrayWithBuffer(cx, __VA_ARGS__))
#define JS_ValueToId(cx, ...) (stress::collect(cx), JS_ValueToId(cx, __VA_ARGS__))
#define JS_DefineProperty(cx, ...) (stress::collect(cx), JS_DefineProperty(cx, __VA_ARGS__))
#define JS_DefinePropertyById(cx, ...) (stress::collect(cx), JS_DefinePropertyById(cx, __VA_ARGS__))
#define JS_LinkConstructorAndPrototype(cx, ...) (stress::collect(cx), JS_LinkConstructorAndPrototype(cx, __VA_ARGS__))
#define JS_FreezeObject(cx, ...) (stress::collect(cx), JS_FreezeObject(cx, __VA_ARGS__))

#endif
