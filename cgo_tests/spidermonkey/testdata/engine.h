// Declarations for the test hosts: a context with a realm, functions for scripts, errors.
#ifndef ENGINE_H
#define ENGINE_H

#include "stress.h"

#include "zmqjs_spidermonkey.h"

#include <js/CompilationAndEvaluation.h>
#include <js/Conversions.h>
#include <js/ErrorReport.h>
#include <js/Exception.h>
#include <js/Initialization.h>
#include <js/SourceText.h>

#include <cstdio>
#include <string>

namespace engine {

inline constexpr JSClass global_class = {"global", JSCLASS_GLOBAL_FLAGS, &JS::DefaultGlobalClassOps,
                                         nullptr, nullptr, nullptr};

inline JSContext *new_context()
{
    JSContext *cx = JS_NewContext(JS::DefaultHeapMaxBytes);
    if (cx == nullptr || !js::UseInternalJobQueues(cx) || !JS::InitSelfHostedCode(cx))
        abort();
    return cx;
}

inline JSObject *new_global(JSContext *cx, JSObject *beside = nullptr)
{
    JS::RealmOptions options;
    if (beside != nullptr)
        options.creationOptions().setExistingCompartment(beside);
    else
        options.creationOptions().setNewCompartmentAndZone();
    return JS_NewGlobalObject(cx, &global_class, nullptr, JS::FireOnNewGlobalHook, options);
}

inline std::string to_text(JSContext *cx, JS::HandleValue value)
{
    JS::RootedString string(cx, JS::ToString(cx, value));
    JS::UniqueChars text = string ? JS_EncodeStringToUTF8(cx, string) : nullptr;
    return text ? text.get() : "?";
}

inline bool print(JSContext *cx, unsigned count, JS::Value *values)
{
    JS::CallArgs args = JS::CallArgsFromVp(count, values);
    puts(to_text(cx, args.get(0)).c_str());
    args.rval().setUndefined();
    return true;
}

inline bool gc(JSContext *cx, unsigned count, JS::Value *values)
{
    JS_GC(cx);
    JS::CallArgsFromVp(count, values).rval().setUndefined();
    return true;
}

// Prints the pending exception.
inline void report(JSContext *cx)
{
    JS::ExceptionStack exception(cx);
    JS::ErrorReportBuilder builder(cx);
    if (JS::StealPendingExceptionStack(cx, &exception) &&
        builder.init(cx, exception, JS::ErrorReportBuilder::WithSideEffects))
        JS::PrintError(stderr, builder, true);
}

inline bool evaluate(JSContext *cx, const char *script, JS::MutableHandleValue result)
{
    JS::CompileOptions options(cx);
    JS::SourceText<mozilla::Utf8Unit> source;
    options.setFileAndLine("script", 1);
    return source.init(cx, script, strlen(script), JS::SourceOwnership::Borrowed) &&
           JS::Evaluate(cx, options, source, result);
}

} // namespace engine

#endif
