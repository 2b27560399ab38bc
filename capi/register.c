/* Registration: a callback carries out each step of the definition. */
#include "capi.h"
#include "runtime.h"

static int missing(const char *callback)
{
    return status_fail(ZMQJS_MISSING_CALLBACK, "zmqjs_register: the zmqjs_registrar lacks the callback %s", callback);
}

static int check(const zmqjs_registrar *registrar)
{
    if (registrar->begin_class == NULL)
        return missing("begin_class");
    if (registrar->define_function == NULL)
        return missing("define_function");
    if (registrar->define_accessor == NULL)
        return missing("define_accessor");
    if (registrar->define_value == NULL)
        return missing("define_value");
    return 0;
}

static int carry_out(const zmqjs_registrar *registrar, void *payload, const step *step)
{
    switch (step->kind) {
    case STEP_CLASS:
        return registrar->begin_class(payload, &step->property, &step->definition);
    case STEP_FUNCTION:
        return registrar->define_function(payload, &step->property, step->function);
    case STEP_ACCESSOR:
        return registrar->define_accessor(payload, &step->property, step->function, step->setter);
    default:
        return registrar->define_value(payload, &step->property, &step->value);
    }
}

int zmqjs_register(const zmqjs_registrar *registrar, void *payload)
{
    zmqjs_registrar read;
    if (registrar == NULL)
        return status_fail(ZMQJS_INVALID_ARGUMENT, "zmqjs_register: registrar is NULL");
    int status = status_read_structure("zmqjs_register", "zmqjs_registrar", registrar, sizeof read, &read, sizeof read);
    if (status == 0)
        status = check(&read);
    if (status != 0)
        return status;
    const definition *definition = definition_get();
    if (definition == NULL)
        return core_forked() ? ZMQJS_UNAVAILABLE : status_unavailable() != 0 ? ZMQJS_UNAVAILABLE : ZMQJS_OUT_OF_MEMORY;
    for (size_t i = 0; i < definition->step_count; i++)
        if (carry_out(&read, payload, &definition->steps[i]) != ZMQJS_OK)
            return status_fail(ZMQJS_EXCEPTION, "zmqjs_register: a callback has failed");
    return ZMQJS_OK;
}
