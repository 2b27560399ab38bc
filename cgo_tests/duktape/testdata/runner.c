/* Runs a CommonJS script with Duktape and the module zmq: runner FILE. */
#include <duktape.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ZMQJS_DUKTAPE_IMPLEMENTATION
#include "zmqjs_duktape.h"

static duk_ret_t print(duk_context *ctx)
{
    /* What is printed is ASCII: see the suite's tap.js. */
    duk_push_string(ctx, " ");
    duk_insert(ctx, 0);
    duk_join(ctx, duk_get_top(ctx) - 1);
    puts(duk_safe_to_string(ctx, -1));
    return 0;
}

static char *read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) return NULL;
    *length = (size_t)ftell(file);
    rewind(file);
    char *text = malloc(*length + 1);
    if (text != NULL && fread(text, 1, *length, file) != *length) *length = 0;
    fclose(file);
    return text;
}

/* The module's exports, run once. Its directory is a property of its require. */
static duk_ret_t require(duk_context *ctx);

static void push_require(duk_context *ctx, const char *path)
{
    const char *slash = strrchr(path, '/');
    duk_push_c_function(ctx, require, 1);
    duk_push_lstring(ctx, path, slash != NULL ? (size_t)(slash - path) : 0);
    duk_put_prop_string(ctx, -2, "directory");
}

static duk_ret_t run_module(duk_context *ctx, const char *path)
{
    size_t length = 0;
    char *text = read_file(path, &length);
    if (text == NULL) return duk_generic_error(ctx, "cannot read %s", path);
    duk_push_string(ctx, "(function (exports, require) {");
    duk_push_lstring(ctx, text, length);
    free(text);
    duk_push_string(ctx, "\n})");
    duk_concat(ctx, 3);
    duk_push_string(ctx, path);
    duk_compile(ctx, DUK_COMPILE_EVAL);
    duk_call(ctx, 0);
    duk_push_object(ctx);
    duk_dup_top(ctx);
    duk_push_global_stash(ctx);
    duk_dup(ctx, -2);
    duk_put_prop_string(ctx, -2, path);
    duk_pop(ctx);
    push_require(ctx, path);
    /* function, exports, exports, require */
    duk_dup(ctx, -4);
    duk_insert(ctx, -3);
    duk_call(ctx, 2);
    duk_pop(ctx);
    return 1;
}

static duk_ret_t require(duk_context *ctx)
{
    char path[4096];
    const char *name = duk_require_string(ctx, 0);
    if (strcmp(name, "zmq") == 0) {
        duk_push_c_function(ctx, zmqjs_duktape_open, 0);
        duk_call(ctx, 0);
        return 1;
    }
    duk_push_current_function(ctx);
    duk_get_prop_string(ctx, -1, "directory");
    snprintf(path, sizeof path, "%s/%s", duk_get_string(ctx, -1), name);
    char *real = realpath(path, NULL);
    if (real == NULL) return duk_generic_error(ctx, "no module %s", path);
    duk_push_global_stash(ctx);
    duk_get_prop_string(ctx, -1, real);
    if (!duk_is_undefined(ctx, -1)) {
        free(real);
        return 1;
    }
    duk_push_string(ctx, real);
    free(real);
    return run_module(ctx, duk_get_string(ctx, -1));
}

static duk_ret_t run(duk_context *ctx, void *argument)
{
    duk_push_c_function(ctx, print, DUK_VARARGS);
    duk_put_global_string(ctx, "print");
    return run_module(ctx, argument);
}

int main(int argc, char **argv)
{
    if (argc != 2) return 2;
    setvbuf(stdout, NULL, _IOLBF, 0);
    duk_context *ctx = duk_create_heap_default();
    if (ctx == NULL) return 1;
    int status = duk_safe_call(ctx, run, argv[1], 0, 1);
    if (status != DUK_EXEC_SUCCESS) {
        if (duk_is_object(ctx, -1)) duk_get_prop_string(ctx, -1, "stack");
        fprintf(stderr, "%s\n", duk_safe_to_string(ctx, -1));
    }
    duk_destroy_heap(ctx);
    return status != DUK_EXEC_SUCCESS;
}
