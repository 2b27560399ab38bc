/* library.c - the functions that the contract stands before, as the library has them */
#define _GNU_SOURCE
#include "library.h"

#include "check.h"

#include <dlfcn.h>
#include <string.h>

/* dlsym's void * becomes a function by memcpy: ISO C knows no cast for it. */
static void find(const char *name, void *function, size_t size)
{
    void *symbol = dlsym(RTLD_NEXT, name);
    if (!symbol) FAIL("the library has no %s", name);
    memcpy(function, &symbol, size);
}

#define FORWARD(type, name, parameters, arguments)      \
    type library_##name parameters                      \
    {                                                   \
        type(*function) parameters;                     \
        find(#name, (void *)&function, sizeof function); \
        return function arguments;                      \
    }
#define VOID_FORWARD(name, parameters, arguments)       \
    void library_##name parameters                      \
    {                                                   \
        void(*function) parameters;                     \
        find(#name, (void *)&function, sizeof function); \
        function arguments;                             \
    }

FORWARD(const zmqjs_function *const *, zmqjs_functions, (size_t *count), (count))
FORWARD(int, zmqjs_register, (const zmqjs_registrar *registrar, void *payload), (registrar, payload))
VOID_FORWARD(zmqjs_frame_release, (zmqjs_frame *frame), (frame))
FORWARD(int, zmqjs_frame_adopt,
        (zmqjs_frame *frame, const zmqjs_data *bytes, zmqjs_release *release, void **argument),
        (frame, bytes, release, argument))
VOID_FORWARD(zmqjs_finalize, (zmqjs_instance *instance), (instance))
