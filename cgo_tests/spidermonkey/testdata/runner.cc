// Runs a module with SpiderMonkey and the module zmq: runner FILE.
#include "engine.h"

#include <js/MapAndSet.h>
#include <js/Modules.h>

#include <csignal>
#include <fstream>
#include <sstream>

static JS::PersistentRootedObject modules; // a Map of paths to records
static volatile sig_atomic_t interrupted;

static void on_interrupt(int)
{
    interrupted = 1;
}

static int is_interrupted(void *, void *)
{
    const int now = interrupted;
    interrupted = 0;
    return now;
}

// The path of a relative import.
static std::string resolve(const std::string &from, std::string name)
{
    std::string directory = from.substr(0, from.rfind('/'));
    for (;;) {
        if (name.rfind("./", 0) == 0) {
            name = name.substr(2);
        } else if (name.rfind("../", 0) == 0) {
            name = name.substr(3);
            directory = directory.substr(0, directory.rfind('/'));
        } else {
            return directory + "/" + name;
        }
    }
}

// A module that exports the properties of a global object.
static std::string zmq_source(JSContext *cx)
{
    JS::RootedValue names(cx);
    return engine::evaluate(cx, "Object.keys(Zmq).map((n) => `export const ${n} = Zmq.${n};`).join('')", &names)
               ? engine::to_text(cx, names)
               : "";
}

static JSObject *load(JSContext *cx, const std::string &path)
{
    JS::RootedString name(cx, JS_NewStringCopyZ(cx, path.c_str()));
    JS::RootedValue key(cx, JS::StringValue(name)), found(cx);
    if (!JS::MapGet(cx, modules, key, &found))
        return nullptr;
    if (found.isObject())
        return &found.toObject();
    std::string text;
    if (path == "zmq") {
        text = zmq_source(cx);
    } else {
        std::ifstream file(path);
        std::stringstream content;
        content << file.rdbuf();
        text = content.str();
        if (!file) {
            JS_ReportErrorUTF8(cx, "cannot read %s", path.c_str());
            return nullptr;
        }
    }
    JS::CompileOptions options(cx);
    JS::SourceText<mozilla::Utf8Unit> source;
    options.setFileAndLine(path.c_str(), 1);
    if (!source.init(cx, text.data(), text.size(), JS::SourceOwnership::Borrowed))
        return nullptr;
    JS::RootedObject module(cx, JS::CompileModule(cx, options, source));
    if (module == nullptr)
        return nullptr;
    JS::SetModulePrivate(module, key);
    found.setObject(*module);
    return JS::MapSet(cx, modules, key, found) ? module.get() : nullptr;
}

static JSObject *resolve_hook(JSContext *cx, JS::HandleValue from, JS::HandleObject request)
{
    JS::RootedValue specifier(cx, JS::StringValue(JS::GetModuleRequestSpecifier(cx, request)));
    const std::string name = engine::to_text(cx, specifier);
    return load(cx, name == "zmq" ? name : resolve(engine::to_text(cx, from), name));
}

static bool run(JSContext *cx, const char *path)
{
    JS::RootedObject global(cx, engine::new_global(cx));
    JSAutoRealm realm(cx, global);
    JS::RootedObject zmq(cx, zmqjs_spidermonkey_open(cx, is_interrupted));
    JS::RootedValue result(cx);
    if (zmq == nullptr || !JS_DefineProperty(cx, global, "Zmq", zmq, 0) ||
        !JS_DefineFunction(cx, global, "print", engine::print, 1, 0) ||
        !JS_DefineFunction(cx, global, "gc", engine::gc, 0, 0))
        return false;
    modules.init(cx, JS::NewMapObject(cx));
    JS::SetModuleResolveHook(JS_GetRuntime(cx), resolve_hook);
    JS::RootedObject module(cx, load(cx, path));
    if (module == nullptr || !JS::ModuleInstantiate(cx, module) || !JS::ModuleEvaluate(cx, module, &result))
        return false;
    js::RunJobs(cx);
    JS::RootedObject promise(cx, result.isObject() ? &result.toObject() : nullptr);
    return promise == nullptr || JS::ThrowOnModuleEvaluationFailure(cx, promise, JS::ThrowModuleErrorsSync);
}

int main(int argc, char **argv)
{
    if (argc != 2 || !JS_Init())
        return 2;
    setvbuf(stdout, nullptr, _IOLBF, 0);
    signal(SIGINT, on_interrupt);
    JSContext *cx = engine::new_context();
    const bool done = run(cx, argv[1]);
    if (!done) {
        JS::RootedObject global(cx, engine::new_global(cx));
        JSAutoRealm realm(cx, global);
        engine::report(cx);
    }
    modules.reset();
    JS_DestroyContext(cx);
    JS_ShutDown();
    if (getenv("COUNT_COLLECTIONS") != nullptr)
        fprintf(stderr, "%lu collections\n", stress::collections);
    return done ? 0 : 1;
}
