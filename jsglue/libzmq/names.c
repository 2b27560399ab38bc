#include "names.h"

#include <stddef.h>

enum { MOST = 64 };

typedef struct names {
    size_t count;
    int values[MOST];
    const char *texts[MOST];
} names;

static names events, protocol_errors;

static void add(names *names, int value, const char *text)
{
    if (names->count == MOST)
        return;
    names->values[names->count] = value;
    names->texts[names->count++] = text;
}

static const char *find(const names *names, int value)
{
    for (size_t i = 0; i < names->count; i++)
        if (names->values[i] == value)
            return names->texts[i];
    return "";
}

void core_name_event(int event, const char *name)
{
    add(&events, event, name);
}

void core_name_protocol_error(int error, const char *name)
{
    add(&protocol_errors, error, name);
}

const char *core_event_name(int event)
{
    return find(&events, event);
}

const char *core_protocol_error_name(int error)
{
    return find(&protocol_errors, error);
}
