/*
 * The module inside qjs, which loads no shared libraries on Windows. qjs.c is compiled to call
 * init_modules() in place of js_init_module_os().
 */
#include <fcntl.h>
#include <io.h>
#include <quickjs.h>

#define ZMQJS_QUICKJS_STATIC
#define ZMQJS_QUICKJS_IMPLEMENTATION
#include <zmqjs_quickjs.h>

JSModuleDef *js_init_module_os(JSContext *ctx, const char *name);
JSModuleDef *init_modules(JSContext *ctx, const char *name);

JSModuleDef *init_modules(JSContext *ctx, const char *name)
{
    _setmode(1, _O_BINARY); /* lines end as elsewhere */
    _setmode(2, _O_BINARY);
    js_init_module_zmq(ctx, "zmq");
    return js_init_module_os(ctx, name);
}
