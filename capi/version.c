#include "capi.h"

static void set(int *where, int value)
{
    if (where != NULL)
        *where = value;
}

void zmqjs_version(int *major, int *minor, int *patch)
{
    set(major, ZMQJS_VERSION_MAJOR);
    set(minor, ZMQJS_VERSION_MINOR);
    set(patch, ZMQJS_VERSION_PATCH);
}

uint32_t zmqjs_abi_version(void)
{
    return ZMQJS_ABI_VERSION;
}

void zmqjs_libzmq_version(int *major, int *minor, int *patch)
{
    int loaded[3];
    zmq_version(&loaded[0], &loaded[1], &loaded[2]);
    set(major, loaded[0]);
    set(minor, loaded[1]);
    set(patch, loaded[2]);
}
