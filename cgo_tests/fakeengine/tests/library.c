/*
 * library.c - the functions of zmqjs.h, found by dlopen at their first use
 *
 * A host that links -lzmqjs needs nothing of this.
 */
#include "library.h"

#include "check.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef LIBRARY_FILE /* windows/posix.h has another */
#define LIBRARY_FILE "libzmqjs.so"
#endif

/* F for functions with a result, V for those without. */
#define CHECKED(F, V)                                                                            \
    F(const zmqjs_function *const *, zmqjs_functions, (size_t *count), (count))                  \
    F(int, zmqjs_register, (const zmqjs_registrar *registrar, void *payload),                    \
      (registrar, payload))                                                                      \
    V(zmqjs_frame_release, (zmqjs_frame *frame), (frame))                                        \
    F(int, zmqjs_frame_adopt,                                                                    \
      (zmqjs_frame *frame, const zmqjs_data *bytes, zmqjs_release *release, void **argument),    \
      (frame, bytes, release, argument))                                                         \
    V(zmqjs_finalize, (zmqjs_instance *instance), (instance))

#define FUNCTIONS(F, V)                                                                          \
    V(zmqjs_version, (int *major, int *minor, int *patch), (major, minor, patch))                \
    F(uint32_t, zmqjs_abi_version, (void), ())                                                   \
    V(zmqjs_libzmq_version, (int *major, int *minor, int *patch), (major, minor, patch))         \
    F(const char *, zmqjs_libzmq_path, (void), ())                                               \
    F(const char *, zmqjs_last_error, (void), ())                                                \
    F(int, zmqjs_runtime_new,                                                                    \
      (const zmqjs_engine *engine, void *payload, zmqjs_runtime **runtime),                      \
      (engine, payload, runtime))                                                                \
    F(int, zmqjs_runtime_free, (zmqjs_runtime *runtime), (runtime))                              \
    F(int, zmqjs_interrupt, (zmqjs_runtime *runtime), (runtime))                                 \
    F(int, zmqjs_leave_timeout, (int milliseconds), (milliseconds))                              \
    F(int64_t, zmqjs_pool_limit, (int64_t bytes), (bytes))                                       \
    F(int64_t, zmqjs_pool_size, (void), ())                                                      \
    F(int, zmqjs_context_shared, (const char *name, zmqjs_context **context), (name, context))   \
    F(int, zmqjs_context_set, (zmqjs_context *context, int option, int value),                   \
      (context, option, value))                                                                  \
    F(int, zmqjs_context_zmq, (zmqjs_context *context, void **zmq), (context, zmq))              \
    F(int, zmqjs_context_release, (zmqjs_context *context), (context))                           \
    F(int, zmqjs_trace, (zmqjs_trace_function function, void *payload), (function, payload))     \
    F(int, zmqjs_policy, (zmqjs_policy_function function, void *payload), (function, payload))   \
    F(int, zmqjs_vm_new, (const zmqjs_vm_options *options, zmqjs_vm **vm), (options, vm))        \
    F(int, zmqjs_vm_set_arguments, (zmqjs_vm *vm, size_t count, const char *const *arguments),   \
      (vm, count, arguments))                                                                    \
    F(int, zmqjs_vm_evaluate,                                                                    \
      (zmqjs_vm *vm, const char *name, const char *source, size_t length, int *exit_status),     \
      (vm, name, source, length, exit_status))                                                   \
    F(int, zmqjs_vm_run_file, (zmqjs_vm *vm, const char *path, int *exit_status),                \
      (vm, path, exit_status))                                                                   \
    F(int, zmqjs_vm_interrupt, (zmqjs_vm *vm), (vm))                                             \
    F(int, zmqjs_vm_signal, (zmqjs_vm *vm, int signal_number), (vm, signal_number))              \
    F(int, zmqjs_vm_free, (zmqjs_vm *vm), (vm))

#define FIELD(type, name, parameters, arguments) type(*name) parameters;
#define VOID_FIELD(name, parameters, arguments) void(*name) parameters;
static struct {
    CHECKED(FIELD, VOID_FIELD)
    FUNCTIONS(FIELD, VOID_FIELD)
} library;

static pthread_once_t once = PTHREAD_ONCE_INIT;

const char *library_path(void)
{
    static char path[4096];
    const char *directory = getenv("ZMQJS_LIBRARY_DIR");
    snprintf(path, sizeof path, "%s/" LIBRARY_FILE, directory ? directory : "../../build");
    return path;
}

/* dlsym's void * becomes a function by memcpy: ISO C knows no cast for it. */
static void find(void *handle, const char *name, void *field, size_t size)
{
    void *symbol = dlsym(handle, name);
    if (!symbol) FAIL("%s has no %s", library_path(), name);
    memcpy(field, &symbol, size);
}

static void load(void)
{
    void *handle = dlopen(library_path(), RTLD_NOW | RTLD_LOCAL);
    if (!handle) FAIL("%s", dlerror());
#define FIND(type, name, parameters, arguments) \
    find(handle, #name, &library.name, sizeof library.name);
#define VOID_FIND(name, parameters, arguments) FIND(void, name, parameters, arguments)
    CHECKED(FIND, VOID_FIND)
    FUNCTIONS(FIND, VOID_FIND)
}

void library_load(void) { pthread_once(&once, load); }

#define FORWARD_AS(prefix, type, name, parameters, arguments) \
    type prefix##name parameters                              \
    {                                                         \
        library_load();                                       \
        return library.name arguments;                        \
    }
#define VOID_FORWARD_AS(prefix, name, parameters, arguments) \
    void prefix##name parameters                             \
    {                                                        \
        library_load();                                      \
        library.name arguments;                              \
    }
#define FORWARD(type, name, parameters, arguments) FORWARD_AS(, type, name, parameters, arguments)
#define VOID_FORWARD(name, parameters, arguments) VOID_FORWARD_AS(, name, parameters, arguments)
FUNCTIONS(FORWARD, VOID_FORWARD)

/* Under their own names these are in contract.c. */
#define CHECKED_FORWARD(type, name, parameters, arguments) \
    FORWARD_AS(library_, type, name, parameters, arguments)
#define VOID_CHECKED_FORWARD(name, parameters, arguments) \
    VOID_FORWARD_AS(library_, name, parameters, arguments)
CHECKED(CHECKED_FORWARD, VOID_CHECKED_FORWARD)
