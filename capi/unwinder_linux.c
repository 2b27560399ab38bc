/*
 * A library with a libzmq inside has an unwinder inside too, that of the compiler's C++ library. But the C library
 * unwinds the stack of a cancelled thread by libgcc_s.so.1, which it loads then, and whose contexts no other unwinder
 * can read: the personality routines of this library get them. So the linker sends all calls of the unwinder to
 * __wrap_NAME (Makefile), and these go to libgcc_s.so.1. Where there is none no thread can be cancelled, and the
 * unwinder inside serves C++ exceptions.
 */
#include "host_signals_linux.h"

#ifdef ZMQJS_UNWINDER_INSIDE

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* What cleanups and the C++ library call. The Makefile reads the names from these lines. */
#define EACH_FUNCTION(X)               \
    X(_Unwind_DeleteException)         \
    X(_Unwind_GetDataRelBase)          \
    X(_Unwind_GetGR)                   \
    X(_Unwind_GetIP)                   \
    X(_Unwind_GetIPInfo)               \
    X(_Unwind_GetLanguageSpecificData) \
    X(_Unwind_GetRegionStart)          \
    X(_Unwind_GetTextRelBase)          \
    X(_Unwind_RaiseException)          \
    X(_Unwind_Resume)                  \
    X(_Unwind_Resume_or_Rethrow)       \
    X(_Unwind_SetGR)                   \
    X(_Unwind_SetIP)

/* Each has at most three parameters, integers and pointers, and at most one such result: on x86-64 and arm64 they can
 * be passed on without their types. */
typedef uintptr_t unwinder_function(uintptr_t first, uintptr_t second, uintptr_t third);

/* The function inside; NULL if the linker has found no use of it. */
#define DECLARE(name) __attribute__((weak)) unwinder_function __real_##name;
EACH_FUNCTION(DECLARE)

#define NUMBER(name) NUMBER##name,
enum { EACH_FUNCTION(NUMBER) FUNCTIONS };

#define ENTRY(name) {#name, __real_##name},
static struct function {
    const char *name;
    unwinder_function *address;
} functions[] = {EACH_FUNCTION(ENTRY)};

static pthread_once_t once = PTHREAD_ONCE_INIT;

/* All of them, or none: what one has made only the others of the same unwinder can read. */
static void find_functions(void)
{
    void *addresses[FUNCTIONS];
    void *library = dlopen("libgcc_s.so.1", RTLD_NOW | RTLD_LOCAL);
    for (int i = 0; library != NULL && i < FUNCTIONS; i++)
        if ((addresses[i] = dlsym(library, functions[i].name)) == NULL)
            library = NULL;
    for (int i = 0; library != NULL && i < FUNCTIONS; i++)
        memcpy(&functions[i].address, &addresses[i], sizeof addresses[i]);
}

static unwinder_function *find(int number)
{
    pthread_once(&once, find_functions);
    if (functions[number].address == NULL)
        load_fail("libgcc_s.so.1", ENOENT);
    return functions[number].address;
}

#define REDIRECT(name)                                                             \
    unwinder_function __wrap_##name;                                               \
    uintptr_t __wrap_##name(uintptr_t first, uintptr_t second, uintptr_t third)    \
    {                                                                              \
        return find(NUMBER##name)(first, second, third);                           \
    }
EACH_FUNCTION(REDIRECT)

#endif
