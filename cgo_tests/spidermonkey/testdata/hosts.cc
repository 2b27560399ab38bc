// Hosts with more than a script: several realms, compartments and contexts; what is dropped; waits
// that end; the end of a context. hosts NAME
#include "engine.h"

#include <atomic>
#include <fstream>
#include <thread>
#include <unistd.h>
#include <vector>

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: failed: %s\n", __FILE__, __LINE__, #condition);                \
            exit(1);                                                                               \
        }                                                                                          \
    } while (0)

static const char prelude[] =
    "function equal(a, b) { if (!Object.is(a, b)) throw new Error(String(a) + ' is not ' + String(b)); }"
    "function code(f) { try { f(); } catch (e) { return e.code || e.name; } }"
    "var context = new zmq.Context(), count = 0;"
    "function pair() {"
    "  const a = context.socket(zmq.PAIR), b = context.socket(zmq.PAIR), endpoint = 'inproc://' + count++;"
    "  a.setsockopt(zmq.RCVTIMEO, 10000); b.setsockopt(zmq.RCVTIMEO, 10000);"
    "  a.bind(endpoint); b.connect(endpoint);"
    "  return [a, b];"
    "}";

// A realm with the module, and the prelude, as long as it is in scope.
struct Realm {
    explicit Realm(JSContext *context, JSObject *beside = nullptr, int (*interrupted)(void *, void *) = nullptr)
        : cx(context), global(cx, engine::new_global(cx, beside)), realm(cx, global)
    {
        JS::RootedObject zmq(cx, zmqjs_spidermonkey_open(cx, interrupted));
        CHECK(zmq && JS_DefineProperty(cx, global, "zmq", zmq, 0));
        CHECK(JS_DefineFunction(cx, global, "gc", engine::gc, 0, 0));
        run(prelude);
    }

    void run(const char *script)
    {
        JS::RootedValue result(cx);
        if (!engine::evaluate(cx, script, &result)) {
            engine::report(cx);
            CHECK(!"the script has thrown");
        }
    }

    // Makes an object of another realm's global a global here.
    void take(const char *name, Realm &from)
    {
        JS::RootedValue value(cx);
        CHECK(JS_GetProperty(cx, from.global, name, &value) || true);
        CHECK(JS_WrapValue(cx, &value) && JS_DefineProperty(cx, global, name, value, 0));
    }

    JSContext *cx;
    JS::RootedObject global;
    JSAutoRealm realm;
};

// Two realms of one compartment have a module each, and use each other's objects.
static void realms(JSContext *cx)
{
    Realm first(cx);
    first.run("var theirs = zmq, [left, right] = pair();");
    Realm second(cx, first.global);
    second.take("theirs", first);
    second.take("left", first);
    second.take("right", first);
    second.run("equal(theirs.Socket === zmq.Socket, false);"
               "left.send('from another realm'); equal(right.recv_str(), 'from another realm');"
               "equal(left instanceof theirs.Socket, true); equal(left instanceof zmq.Socket, false);"
               "try { left.bind('foo://bar'); } catch (e) { equal(e instanceof Error, false); equal(e.code, 'EPROTONOSUPPORT'); }"
               "const [a, b] = pair(); a.send(new Uint8Array([1, 2])); equal(b.recv().length, 2);");
}

// The same between compartments, where every object is wrapped.
static void compartments(JSContext *cx)
{
    Realm first(cx);
    first.run("var theirs = zmq, [left, right] = pair(), poller = new zmq.Poller();");
    Realm second(cx);
    for (const char *name : {"theirs", "left", "right", "poller"})
        second.take(name, first);
    second.run("left.send('wrapped'); equal(right.recv_str(), 'wrapped');"
               "left.send(new Uint8Array([7, 8])); equal(right.recv()[1], 8);"
               "left.send_multipart(['a', new Uint8Array(3), new DataView(new ArrayBuffer(4))]);"
               "equal(right.recv_multipart().map((part) => part.length).join(), '1,3,4');"
               "const mark = {}; poller.add(right, zmq.POLLIN, mark); gc();"
               "left.send('x'); const event = poller.wait(10000);"
               "equal(event.user_data, mark); equal(event.socket, right);"
               "equal(code(() => zmq.Socket.prototype.send.call(left, 'x')), 'TypeError');"
               "equal(code(() => zmq.Poller.prototype.add.call(poller, left, zmq.POLLIN, mark)), 'TypeError');"
               "right.recv(); poller.remove(right); equal(poller.size(), 0);");
}

// Sockets that nothing refers to are collected when they have run out.
static void dropped(JSContext *cx)
{
    Realm realm(cx);
    realm.run("for (let i = 0; i < 5000; i++) context.socket(zmq.PAIR).itself = [context];"
              "const [a, b] = pair(); a.send('x'); equal(b.recv_str(), 'x');"
              "for (let i = 0; i < 1500; i++) new zmq.Context().socket(zmq.PAIR);");
}

static long resident()
{
    long pages = 0, all = 0;
    std::ifstream("/proc/self/statm") >> all >> pages;
    return pages * sysconf(_SC_PAGESIZE);
}

// Large messages that are dropped do not pile up, whether they were adopted or not.
static void adopted(JSContext *cx)
{
    Realm realm(cx);
    realm.run("const [a, b] = pair(), bytes = new Uint8Array(1 << 20).fill(7);"
              "function exchange(n) { for (let i = 0; i < n; i++) {"
              "  a.send(bytes); const got = b.recv();"
              "  equal(got.length, bytes.length); equal(got[i], 7);"
              "} }");
    realm.run("exchange(100);");
    CHECK(zmqjs_spidermonkey::adopted_size >= size_t{32} << 20);
    const long before = resident();
    realm.run("exchange(3000);");
    CHECK(zmqjs_spidermonkey::adopted_size <= size_t{64} << 20);
    fprintf(stderr, "%ld MiB more\n", (resident() - before) >> 20);
    CHECK(resident() - before < 1024l << 20);
    JS_GC(cx);
    realm.run("exchange(1); a.close(); b.close();");
}

static std::atomic<int> asked;

static int after_three(void *, void *)
{
    return ++asked >= 3;
}

static void interrupted(JSContext *cx)
{
    Realm realm(cx, nullptr, after_three);
    realm.run("const [a, b] = pair(); a.setsockopt(zmq.RCVTIMEO, -1); equal(code(() => a.recv()), 'EINTR');");
    CHECK(asked >= 3);
}

// Unsent messages are sent when the context ends.
static void end(JSContext *cx)
{
    const std::string endpoint = "ipc:///tmp/zmqjs-spidermonkey-" + std::to_string(getpid());
    Realm receiver(cx);
    receiver.run(("var s = context.socket(zmq.PULL); s.setsockopt(zmq.RCVTIMEO, 10000); s.bind('" + endpoint + "');").c_str());
    std::thread([&endpoint] {
        JSContext *other = engine::new_context();
        {
            Realm sender(other);
            sender.run(("var s = context.socket(zmq.PUSH); s.connect('" + endpoint +
                        "'); for (let i = 0; i < 100; i++) s.send(String(i));")
                           .c_str());
        }
        JS_DestroyContext(other);
    }).join();
    receiver.run("for (let i = 0; i < 100; i++) equal(s.recv_str(), String(i)); s.close();");
    unlink(endpoint.c_str() + strlen("ipc://"));
}

static void threads(JSContext *)
{
    std::vector<std::thread> all;
    for (int i = 0; i < 4; i++) {
        all.emplace_back([] {
            JSContext *cx = engine::new_context();
            {
                Realm realm(cx);
                realm.run("const [a, b] = pair(), poller = new zmq.Poller(); poller.add(b, zmq.POLLIN, poller);"
                          "for (let i = 0; i < 3000; i++) {"
                          "  a.send('message ' + i); equal(poller.wait(10000).user_data, poller);"
                          "  equal(b.recv_str(), 'message ' + i); if (i % 500 === 0) gc();"
                          "}");
            }
            JS_DestroyContext(cx);
        });
    }
    for (std::thread &thread : all)
        thread.join();
}

// Values that an adapter itself has to refuse.
static void refused(JSContext *cx)
{
    Realm realm(cx);
    realm.run("equal(code(() => zmq.Socket()), 'TypeError'); equal(code(() => zmq.Context()), 'TypeError');"
              "equal(code(() => new zmq.version()), 'TypeError');"
              "equal(code(() => zmq.Socket.prototype.send.call({}, 'x')), 'TypeError');"
              "equal(code(() => zmq.Socket.prototype.send.call(undefined, 'x')), 'TypeError');"
              "equal(code(() => { 'use strict'; zmq.PAIR = 1; }), 'TypeError');"
              "class Mine extends zmq.Context { get mine() { return 1; } }"
              "equal(new Mine().mine, 1); equal(new Mine() instanceof zmq.Context, true);"
              "equal(Object.getPrototypeOf(Reflect.construct(zmq.Context, [], Object)), Object.prototype);"
              "function None() {} None.prototype = 1;"
              "equal(Reflect.construct(zmq.Context, [], None) instanceof zmq.Context, true);");
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*test)(JSContext *cx);
    } tests[] = {{"realms", realms},           {"compartments", compartments}, {"dropped", dropped},
                 {"adopted", adopted},         {"interrupted", interrupted},   {"end", end},
                 {"threads", threads},         {"refused", refused}};
    CHECK(argc == 2 && JS_Init());
    for (const auto &entry : tests) {
        if (strcmp(entry.name, argv[1]) == 0) {
            JSContext *cx = engine::new_context();
            entry.test(cx);
            JS_DestroyContext(cx);
            JS_ShutDown();
            return 0;
        }
    }
    return 2;
}
