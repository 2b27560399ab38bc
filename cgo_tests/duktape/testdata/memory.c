/*
 * Memory that runs out: every operation of the adapter is repeated with one allocation more
 * that succeeds, until it does. Each failure must be an exception, lose nothing, and leave
 * the module usable.
 */
#include "host.h"
#include "probe_library.h"

static long left = -1; /* allocations that succeed; -1: all */

static int fails(void)
{
    if (left > 0)
        left--;
    return left == 0;
}

static void *allocate(void *argument, size_t size)
{
    (void)argument;
    return fails() ? NULL : malloc(size);
}

static void *reallocate(void *argument, void *memory, size_t size)
{
    (void)argument;
    if (size > 0)
        return fails() ? NULL : realloc(memory, size);
    free(memory);
    return NULL;
}

static void release(void *argument, void *memory)
{
    (void)argument;
    free(memory);
}

static void fatal(void *argument, const char *message)
{
    (void)argument;
    fprintf(stderr, "fatal: %s\n", message);
    abort();
}

static duk_context *new_heap(void)
{
    duk_context *ctx = duk_create_heap(allocate, reallocate, release, NULL, fatal);
    CHECK(ctx != NULL);
    return ctx;
}

static void test_opening(void)
{
    long count = 1;
    for (int done = 0; !done; count++) {
        duk_context *ctx = new_heap();
        left = count;
        done = opens(ctx) && zmqjs_duktape_runtime(ctx) != NULL;
        left = -1;
        CHECK(done || (opens(ctx) && runs(ctx, "new zmq.Box(1)")));
        duk_destroy_heap(ctx);
        CHECK(probe_live_runtimes() == 0 && probe_live_boxes() == 0);
    }
    printf("opening: %ld allocations\n", count);
}

/* Calls the global function of that name; allocations fail after a number of them. */
static int succeeds(duk_context *ctx, const char *name, long allocations)
{
    duk_get_global_string(ctx, name);
    left = allocations;
    int status = duk_pcall(ctx, 0);
    left = -1;
    int done = status == DUK_EXEC_SUCCESS && duk_get_boolean(ctx, -1);
    CHECK(done || status != DUK_EXEC_SUCCESS);
    duk_pop(ctx);
    return done;
}

static void test_operation(const char *body)
{
    char script[1000];
    duk_context *ctx = new_heap();
    snprintf(script, sizeof script, "var box = new zmq.Box(1); function operation() { %s }", body);
    CHECK(opens(ctx) && runs(ctx, script));
    long count = 1;
    while (!succeeds(ctx, "operation", count)) {
        count++;
        CHECK(succeeds(ctx, "operation", -1));
    }
    printf("%s: %ld allocations\n", body, count);
    duk_destroy_heap(ctx);
    CHECK(probe_live_runtimes() == 0 && probe_live_boxes() == 0 && probe_live_frames() == 0);
}

int main(void)
{
    test_opening();
    test_operation("return zmq.describe('ab\\ud83d\\ude00') === 'string 8: 61 62 ed a0 bd ed b8 80'");
    test_operation("return zmq.describe({}) === 'object'");
    test_operation("return zmq.make('string').length === 4");
    test_operation("return zmq.make('bytes').length === 4");
    test_operation("return zmq.make('array').length === 2");
    test_operation("return zmq.make('object').first === 7");
    test_operation("return zmq.sum([1, 2, 3]) === 6");
    test_operation("return zmq.list(['ab', {}, box]) === 'string 2: 61 62, object, instance 1, undefined'");
    test_operation("return new zmq.Box(3).number === 3");
    test_operation("return box.twin().number === 1");
    test_operation("box.put(100, {}); return typeof box.take(100) === 'object'");
    test_operation("try { zmq.fail(2, 100, 1) } catch (e) { if (e.code !== 'EADDRINUSE') throw e; return true }");
    test_operation("try { zmq.refuse() } catch (e) { if (!/busy/.test(e.message)) throw e; return true }");
    test_operation("try { zmq.make('bigint') } catch (e) { if (!/2.53/.test(e.message)) throw e; return true }");
    return 0;
}
