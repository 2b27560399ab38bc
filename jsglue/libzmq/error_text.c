#include "core.h"

static const char *error_texts[CORE_SYSTEM_ERRORS];

void core_error_text_set(int error, const char *text)
{
    if (error > 0 && error < CORE_SYSTEM_ERRORS)
        error_texts[error] = text;
}

const char *core_error_text(int error)
{
    const char *text = error > 0 && error < CORE_SYSTEM_ERRORS ? error_texts[error] : NULL;
    return text != NULL ? text : zmq_strerror(error);
}
