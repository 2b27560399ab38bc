/* values.c - runs values.js against the probe library, and checks that nothing is left */
#include "host.h"
#include "probe_library.h"

static duk_ret_t host_gc(duk_context *ctx)
{
    duk_gc(ctx, 0);
    duk_gc(ctx, 0);
    return 0;
}

static duk_ret_t host_live_boxes(duk_context *ctx)
{
    duk_push_int(ctx, probe_live_boxes());
    return 1;
}

static duk_ret_t host_print(duk_context *ctx)
{
    puts(duk_to_string(ctx, 0));
    return 0;
}

static const duk_function_list_entry helpers[] = {{"gc", host_gc, 0},
                                                  {"liveBoxes", host_live_boxes, 0},
                                                  {"openAgain", zmqjs_duktape_open, 0},
                                                  {"print", host_print, 1},
                                                  {NULL, NULL, 0}};

static int is_asked(void *argument)
{
    return ++*(int *)argument > 0;
}

static void run_script(const char *path)
{
    static char script[1 << 16];
    FILE *file = fopen(path, "rb");
    CHECK(file != NULL);
    size_t length = fread(script, 1, sizeof script - 1, file);
    CHECK(length < sizeof script - 1);
    fclose(file);
    script[length] = 0;

    duk_context *ctx = duk_create_heap_default();
    duk_push_global_object(ctx);
    duk_put_function_list(ctx, -1, helpers);
    duk_pop(ctx);
    CHECK(zmqjs_duktape_runtime(ctx) == NULL);
    CHECK(opens(ctx));
    CHECK(probe_live_runtimes() == 0);
    CHECK(runs(ctx, script));
    CHECK(duk_get_top(ctx) == 0);
    duk_destroy_heap(ctx);
    CHECK(probe_live_boxes() == 0 && probe_live_runtimes() == 0 && probe_live_frames() == 0);
}

static void test_interrupted(void)
{
    int asked = 0;
    duk_context *ctx = duk_create_heap_default();
    CHECK(zmqjs_duktape_set_interrupted(ctx, is_asked, &asked) == -1);
    CHECK(opens(ctx));
    CHECK(zmqjs_duktape_set_interrupted(ctx, is_asked, &asked) == 0);
    CHECK(runs(ctx, "if (zmq.ask() !== 1) throw 1"));
    CHECK(asked == 1);
    CHECK(zmqjs_duktape_set_interrupted(ctx, is_asked, &asked) == -1);
    CHECK(zmqjs_duktape_runtime(ctx) != NULL);
    duk_destroy_heap(ctx);
}

/* Each global environment has its own module, which ends with it. */
static void test_environments(void)
{
    duk_context *ctx = duk_create_heap_default();
    CHECK(opens(ctx));
    CHECK(runs(ctx, "box = new zmq.Box(1)"));
    duk_push_thread_new_globalenv(ctx);
    duk_context *other = duk_get_context(ctx, -1);
    CHECK(opens(other));
    CHECK(runs(other, "box = new zmq.Box(1); try { zmq.refuse() } catch (e) {"
                      "if (!(e instanceof Error)) throw 1 }"));
    CHECK(probe_live_runtimes() == 2 && probe_live_boxes() == 2);
    CHECK(zmqjs_duktape_runtime(ctx) != zmqjs_duktape_runtime(other));
    duk_pop(ctx);
    duk_gc(ctx, 0);
    duk_gc(ctx, 0);
    CHECK(probe_live_runtimes() == 1 && probe_live_boxes() == 1);
    duk_destroy_heap(ctx);
    CHECK(probe_live_runtimes() == 0 && probe_live_boxes() == 0);
}

int main(int argc, char **argv)
{
    CHECK(argc == 2);
    run_script(argv[1]);
    test_interrupted();
    test_environments();
    return 0;
}
