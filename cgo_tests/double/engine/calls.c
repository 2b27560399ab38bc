/* calls.c - the double's calls and exceptions */
#include "double.h"

static toy_value *enter(const toy_call_info *call)
{
    toy_value *callee = call->callee;
    toy_engine *engine = callee->engine;
    if (callee->kind != TOY_FUNCTION) toy_fatal("what is called is not a function");
    if (engine->exception) toy_fatal("a function is called while an exception is pending");
    if (engine->depth > 0 && !pthread_equal(engine->thread, pthread_self()))
        toy_fatal("two threads are inside the engine");
    engine->thread = pthread_self();

    engine->depth++;
    toy_value *result = callee->as.function.native(engine, call);
    engine->depth--;

    if (result && engine->exception) toy_fatal("a call gave a result and an exception");
    if (!result && !engine->exception) toy_fatal("a call gave neither a result nor an exception");
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

toy_value *toy_throw_text(toy_engine *engine, enum toy_error_class error_class,
                          const char *message)
{
    toy_value *error = toy_error(engine, error_class, message);
    if (error) toy_throw(error);
    toy_release(error);
    return NULL;
}

toy_value *toy_catch(toy_engine *engine)
{
    toy_value *exception = engine->exception;
    engine->exception = NULL;
    return exception;
}
