/* runner.c - runs a script under Duktape: runner PRELUDE SCRIPT. The prelude is a function with
 * the path of the script and the functions in natives below as arguments. */
#include <duktape.h>

#define ZMQJS_DUKTAPE_IMPLEMENTATION
#include "zmqjs_duktape.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* print(text) */
static duk_ret_t print(duk_context *ctx)
{
    duk_size_t length;
    const char *text = duk_to_lstring(ctx, 0, &length);
    fwrite(text, 1, length, stdout);
    putchar('\n');
    fflush(stdout);
    return 0;
}

/* compile(path, prefix, suffix): the file as a function, with the two texts around it */
static duk_ret_t compile(duk_context *ctx)
{
    const char *path = duk_require_string(ctx, 0);
    FILE *file = fopen(path, "rb");
    long size = -1;
    if (file != NULL && fseek(file, 0, SEEK_END) == 0)
        size = ftell(file);
    if (size < 0)
        return duk_generic_error(ctx, "cannot read %s", path);
    rewind(file);
    char *content = duk_push_fixed_buffer(ctx, (duk_size_t)size);
    size_t length = fread(content, 1, (size_t)size, file);
    fclose(file);
    duk_dup(ctx, 1);
    duk_push_lstring(ctx, content, length);
    duk_dup(ctx, 2);
    duk_concat(ctx, 3);
    duk_dup(ctx, 0);
    duk_compile(ctx, DUK_COMPILE_FUNCTION);
    return 1;
}

static const duk_function_list_entry natives[] = {
    {"print", print, 1}, {"compile", compile, 3}, {"zmq", zmqjs_duktape_open, 0}, {NULL, NULL, 0}};

static duk_ret_t run(duk_context *ctx, void *argument)
{
    char **arguments = argument;
    duk_push_c_function(ctx, compile, 3);
    duk_push_string(ctx, arguments[1]);
    duk_push_string(ctx, "");
    duk_push_string(ctx, "");
    duk_call(ctx, 3);
    duk_push_string(ctx, arguments[2]);
    duk_push_object(ctx);
    duk_put_function_list(ctx, -1, natives);
    duk_call(ctx, 2);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "runner PRELUDE SCRIPT\n");
        return 2;
    }
    duk_context *ctx = duk_create_heap_default();
    if (ctx == NULL)
        return 2;
    int status = duk_safe_call(ctx, run, argv, 0, 1);
    if (status != DUK_EXEC_SUCCESS)
        fprintf(stderr, "%s\n", duk_safe_to_stacktrace(ctx, -1));
    duk_destroy_heap(ctx);
    return status == DUK_EXEC_SUCCESS ? 0 : 1;
}
