#include "duktape.h"
#define ZMQJS_DUKTAPE_IMPLEMENTATION
#include "zmqjs_duktape.h"

int main(void)
{
    duk_context *context = duk_create_heap_default();
    duk_push_c_function(context, zmqjs_duktape_open, 0);
    int failed = duk_pcall(context, 0) != DUK_EXEC_SUCCESS;
    duk_destroy_heap(context);
    return failed;
}
