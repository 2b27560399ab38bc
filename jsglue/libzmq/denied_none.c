//go:build !linux

#include "denied.h"

#include <stddef.h>

const char *core_denied_call(int binds, int has_local_address)
{
    (void)binds, (void)has_local_address;
    return NULL;
}
