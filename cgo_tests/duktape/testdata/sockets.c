/* sockets.c - tests with the real library: waits that end, many parts, the end of a heap */
#include "host.h"

#include <pthread.h>
#include <unistd.h>

static const char pair[] =
    "var context = new zmq.Context();"
    "function pair() {"
    "  var a = context.socket(zmq.PAIR), b = context.socket(zmq.PAIR);"
    "  a.setsockopt(zmq.RCVTIMEO, 10000);"
    "  b.bind('inproc://pair'); a.connect('inproc://pair');"
    "  return [a, b];"
    "}"
    "function code(f) { try { f(); } catch (e) { return e.code || String(e); } }";

static duk_context *new_host(void)
{
    duk_context *ctx = duk_create_heap_default();
    CHECK(ctx != NULL && opens(ctx) && runs(ctx, pair));
    return ctx;
}

static void *interrupt(void *runtime)
{
    usleep(100000);
    CHECK(zmqjs_interrupt(runtime) == ZMQJS_OK);
    return NULL;
}

static void test_interrupt(void)
{
    duk_context *ctx = new_host();
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, interrupt, zmqjs_duktape_runtime(ctx)) == 0);
    CHECK(runs(ctx, "var s = pair(); if (code(function () { s[0].recv(); }) !== 'EINTR') throw 1"));
    pthread_join(thread, NULL);
    duk_destroy_heap(ctx);
}

/* Parts are given back while a message is read; all of one message fit the stack. */
static void test_many_parts(void)
{
    duk_context *ctx = new_host();
    CHECK(runs(ctx, "var s = pair(), parts = [];"
                    "for (var i = 0; i < 100000; i++) parts.push('part ' + i);"
                    "for (var n = 0; n < 3; n++) {"
                    "  s[0].send_multipart(parts);"
                    "  var got = s[1].recv_multipart();"
                    "  if (got.length !== 100000 || got[99999].length !== 10) throw 1;"
                    "}"));
    duk_destroy_heap(ctx);
}

/* More values than the engine's stack holds are an exception, after which everything works. */
static void test_too_many_parts(void)
{
    duk_context *ctx = new_host();
    CHECK(runs(ctx, "var s = pair(), parts = [];"
                    "for (var i = 0; i < 1048576; i++) parts.push('');"
                    "try { s[0].send_multipart(parts); throw 1 } catch (e) {"
                    "  if (!(e instanceof RangeError)) throw e;"
                    "}"
                    "s[0].send('x'); if (s[1].recv_str() !== 'x') throw 2"));
    duk_destroy_heap(ctx);
}

static void test_integers(void)
{
    duk_context *ctx = new_host();
    CHECK(runs(ctx, "var s = pair();"
                    "s[0].send(new Uint8Array([255, 255, 255, 255, 255, 255, 255, 255]));"
                    "if (s[1].recv_bigint() !== -1) throw 1;"
                    "s[0].send(new Uint8Array([0, 0, 0, 0, 0, 0, 32, 0]));"
                    "if (s[1].recv_bigint() !== 9007199254740992) throw 2;"
                    "s[0].send(new Uint8Array([1, 0, 0, 0, 0, 0, 32, 0]));"
                    "try { s[1].recv_bigint(); throw 3 } catch (e) {"
                    "  if (!(e instanceof RangeError)) throw e;"
                    "}"));
    duk_destroy_heap(ctx);
}

/* The engine collects in the middle of calls, and calls the script's finalizers there. */
static void test_finalizers(void)
{
    duk_context *ctx = new_host();
    CHECK(runs(ctx, "var s = pair(), calls = 0, parts = [], i;"
                    "for (i = 0; i < 100; i++) parts.push('part ' + i);"
                    "function litter() {"
                    "  var object = {};"
                    "  object.itself = [object];"
                    "  object.socket = context.socket(zmq.PAIR);"
                    "  Duktape.fin(object, function () {"
                    "    calls++; zmq.version(); s[0].getsockopt(zmq.LAST_ENDPOINT);"
                    "    s[0].send(new Uint8Array(3)); object.socket.close();"
                    "  });"
                    "}"
                    "for (i = 0; i < 1000; i++) {"
                    "  litter();"
                    "  s[0].send_multipart(parts);"
                    "  while (s[1].recv_multipart().length === 1) ;"
                    "}"
                    "if (calls === 0) throw 1"));
    duk_destroy_heap(ctx);
}

/* Sockets in cycles are collected when the context has no more, and the script's finalizers run
 * then. */
static void test_dropped(void)
{
    duk_context *ctx = new_host();
    CHECK(runs(ctx, "var calls = 0, i, s;"
                    "function drop() {"
                    "  var socket = context.socket(zmq.PAIR);"
                    "  socket.itself = [socket];"
                    "  if (i % 100 === 0) Duktape.fin(socket, function (o) { calls++; zmq.version(); o.close(); });"
                    "}"
                    "for (i = 0; i < 5000; i++) drop();"
                    "if (calls === 0) throw 1;"
                    "s = pair(); s[0].send('x'); if (s[1].recv_str() !== 'x') throw 2"));
    duk_destroy_heap(ctx);
}

/* Unsent messages are sent when the heap ends; finalizers can still call. */
static void test_end(void)
{
    duk_context *receiver = new_host(), *sender = new_host();
    CHECK(runs(receiver, "var s = context.socket(zmq.PULL); s.setsockopt(zmq.RCVTIMEO, 5000);"
                         "s.bind('ipc:///tmp/zmqjs-duktape-' + (Math.random() + '').slice(2));"));
    duk_eval_string(receiver, "s.getsockopt(zmq.LAST_ENDPOINT)");
    duk_push_string(sender, duk_get_string(receiver, -1));
    duk_put_global_string(sender, "endpoint");
    CHECK(runs(sender, "var s = context.socket(zmq.PUSH); s.connect(endpoint);"
                       "for (var i = 0; i < 100; i++) s.send('' + i);"
                       "Duktape.fin(s, function (s) { s.send('late'); });"
                       "var holder = { s: s };"
                       "Duktape.fin(holder, function (o) { o.s.close(); });"));
    duk_destroy_heap(sender);
    CHECK(runs(receiver, "for (var i = 0; i < 100; i++) if (s.recv_str() !== '' + i) throw i"));
    duk_destroy_heap(receiver);
}

static void *run_pairs(void *argument)
{
    duk_context *ctx = new_host();
    (void)argument;
    CHECK(runs(ctx, "var s = pair();"
                    "for (var i = 0; i < 3000; i++) {"
                    "  s[0].send('message ' + i);"
                    "  if (s[1].recv_str() !== 'message ' + i) throw i;"
                    "}"));
    duk_destroy_heap(ctx);
    return NULL;
}

static void test_threads(void)
{
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        CHECK(pthread_create(&threads[i], NULL, run_pairs, NULL) == 0);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
}

int main(void)
{
    test_interrupt();
    test_many_parts();
    test_too_many_parts();
    test_integers();
    test_finalizers();
    test_dropped();
    test_end();
    test_threads();
    puts("passed");
    return 0;
}
