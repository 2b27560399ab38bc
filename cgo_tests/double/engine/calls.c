/* calls.c - the double's calls, exceptions, handles and scopes */
#include "double.h"

#include <stdlib.h>

struct toy_handle {
    toy_value *value;
    const char *maker;
    enum { ENDED, LENT, OWNED } state;
};

/* ---- handles ------------------------------------------------------------------------ */

static uint64_t make(toy_engine *engine, toy_value *value, int state, const char *maker)
{
    uint64_t number = engine->handle_count;
    if ((number & (number - 1)) == 0) { /* full at every power of two */
        engine->handles = realloc(engine->handles, number * 2 * sizeof *engine->handles);
        if (!engine->handles) toy_fatal("out of memory");
    }
    engine->handle_count++;
    struct toy_handle *handle = &engine->handles[number];
    handle->value = toy_retain(value);
    handle->maker = maker;
    handle->state = state;
    return number;
}

uint64_t toy_lend(toy_engine *engine, toy_value *value)
{
    return make(engine, value, LENT, "an argument");
}

uint64_t toy_own(toy_engine *engine, toy_value *value, const char *maker)
{
    return make(engine, value, OWNED, maker);
}

static struct toy_handle *find(toy_engine *engine, uint64_t number)
{
    if (number == 0 || number >= engine->handle_count)
        toy_fatal("handle %llu was never given out", (unsigned long long)number);
    struct toy_handle *handle = &engine->handles[number];
    if (handle->state == ENDED)
        toy_fatal("handle %llu (%s) is used after its end", (unsigned long long)number,
                  handle->maker);
    return handle;
}

static void end(struct toy_handle *handle)
{
    handle->state = ENDED;
    toy_release(handle->value);
    handle->value = NULL;
}

toy_value *toy_look(toy_engine *engine, uint64_t number) { return find(engine, number)->value; }

toy_value *toy_take(toy_engine *engine, uint64_t number)
{
    struct toy_handle *handle = find(engine, number);
    if (handle->state == LENT)
        toy_fatal("handle %llu (%s) is given back, but was only lent", (unsigned long long)number,
                  handle->maker);
    toy_value *value = toy_retain(handle->value);
    end(handle);
    return value;
}

/* ---- scopes -------------------------------------------------------------------------- */

/* A scope is the number that its first handle will get, plus how deep it nests:
 * no two are alike. */
uint64_t toy_scope_open(toy_engine *engine)
{
    size_t size = (engine->scope_count + 1) * sizeof *engine->scopes;
    engine->scopes = realloc(engine->scopes, size);
    if (!engine->scopes) toy_fatal("out of memory");
    engine->scopes[engine->scope_count++] = engine->handle_count;
    return engine->handle_count << 16 | engine->scope_count;
}

uint64_t toy_scope_close(toy_engine *engine, uint64_t scope, uint64_t keep)
{
    uint64_t first = scope >> 16;
    if ((scope & 0xffff) != engine->scope_count || engine->scopes[engine->scope_count - 1] != first)
        toy_fatal("a scope is closed that is not the innermost open one");
    engine->scope_count--;

    toy_value *kept = NULL;
    const char *maker = NULL;
    if (keep) {
        struct toy_handle *handle = find(engine, keep);
        if (keep >= first && handle->state == OWNED) {
            kept = toy_retain(handle->value);
            maker = handle->maker;
        }
    }
    for (uint64_t i = first; i < engine->handle_count; i++)
        if (engine->handles[i].state == OWNED) end(&engine->handles[i]);
    if (kept) {
        keep = toy_own(engine, kept, maker);
        toy_release(kept);
    }
    return keep;
}

/* ---- calls ------------------------------------------------------------------------------ */

static toy_value *enter(const toy_call_info *call)
{
    toy_value *callee = call->callee;
    toy_engine *engine = callee->engine;
    if (callee->kind != TOY_FUNCTION) toy_fatal("what is called is not a function");
    if (engine->depth > 0 && !pthread_equal(engine->thread, pthread_self()))
        toy_fatal("two threads are inside the engine");
    engine->thread = pthread_self();

    uint64_t first_handle = engine->handle_count;
    size_t scope_count = engine->scope_count;
    engine->depth++;
    toy_value *result = callee->as.function.native(engine, call);
    engine->depth--;

    if (result && engine->exception) toy_fatal("a call gave a result and an exception");
    if (!result && !engine->exception) toy_fatal("a call gave neither a result nor an exception");
    if (engine->scope_count != scope_count) toy_fatal("a call left a scope open");
    for (uint64_t i = first_handle; i < engine->handle_count; i++) {
        struct toy_handle *handle = &engine->handles[i];
        if (handle->state == OWNED && engine->left_behind++ == 0)
            engine->left_behind_maker = handle->maker;
        if (handle->state != ENDED) end(handle);
    }
    return result;
}

toy_value *toy_call(toy_value *function, toy_value *this_value, size_t count,
                    toy_value *const *arguments)
{
    toy_call_info call = {function, this_value, 0, count, arguments};
    return enter(&call);
}

toy_value *toy_construct(toy_value *constructor, size_t count, toy_value *const *arguments)
{
    toy_call_info call = {constructor, constructor, 1, count, arguments};
    return enter(&call);
}

void toy_throw(toy_value *exception)
{
    toy_engine *engine = exception->engine;
    if (engine->exception) toy_fatal("an exception is thrown while another one is pending");
    engine->exception = toy_retain(exception);
}

toy_value *toy_catch(toy_engine *engine)
{
    toy_value *exception = engine->exception;
    engine->exception = NULL;
    return exception;
}
