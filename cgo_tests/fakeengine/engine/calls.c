/* calls.c - the fake engine's calls and exceptions */
#include "fakeengine.h"

static fe_value *enter(const fe_call_info *call)
{
    fe_value *callee = call->callee;
    fe_engine *engine = callee->engine;
    if (callee->kind != FE_FUNCTION) fe_fatal("what is called is not a function");
    if (engine->exception) fe_fatal("a function is called while an exception is pending");
    if (engine->depth > 0 && !pthread_equal(engine->thread, pthread_self()))
        fe_fatal("two threads are inside the engine");
    engine->thread = pthread_self();

    engine->depth++;
    fe_value *result = callee->as.function.native(engine, call);
    engine->depth--;

    if (result && engine->exception) fe_fatal("a call gave a result and an exception");
    if (!result && !engine->exception) fe_fatal("a call gave neither a result nor an exception");
    return result;
}

fe_value *fe_call(fe_value *function, fe_value *this_value, size_t count,
                    fe_value *const *arguments)
{
    fe_call_info call = {function, this_value, 0, count, arguments};
    return enter(&call);
}

fe_value *fe_construct(fe_value *constructor, size_t count, fe_value *const *arguments)
{
    fe_call_info call = {constructor, constructor, 1, count, arguments};
    return enter(&call);
}

void fe_throw(fe_value *exception)
{
    fe_engine *engine = exception->engine;
    if (engine->exception) fe_fatal("an exception is thrown while another one is pending");
    engine->exception = fe_retain(exception);
}

fe_value *fe_throw_text(fe_engine *engine, enum fe_error_class error_class,
                          const char *message)
{
    fe_value *error = fe_error(engine, error_class, message);
    if (error) fe_throw(error);
    fe_release(error);
    return NULL;
}

fe_value *fe_catch(fe_engine *engine)
{
    fe_value *exception = engine->exception;
    engine->exception = NULL;
    return exception;
}
