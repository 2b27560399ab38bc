/* calls.h - calls of the library without an engine: frames that the host writes itself */
#ifndef CALLS_H
#define CALLS_H

#include <stddef.h>

#include "zmqjs.h"

/* The functions of a library that the host loads late. */
extern struct calls {
    int (*runtime_new)(const zmqjs_engine *engine, void *payload, zmqjs_runtime **runtime);
    int (*runtime_free)(zmqjs_runtime *runtime);
    int (*interrupt)(zmqjs_runtime *runtime);
    void (*frame_release)(zmqjs_frame *frame);
    void (*finalize)(zmqjs_instance *instance);
    const char *(*last_error)(void);
    int (*leave_timeout)(int milliseconds);
    int (*policy)(zmqjs_policy_function function, void *payload);
    /* NULL in the lean library's stead */
    int (*vm_new)(const zmqjs_vm_options *options, zmqjs_vm **vm);
    int (*vm_evaluate)(zmqjs_vm *vm, const char *name, const char *source, size_t length, int *exit_status);
    int (*vm_interrupt)(zmqjs_vm *vm);
    int (*vm_free)(zmqjs_vm *vm);
} calls;

/* Loads the library, and finds its functions. Ends the process with status 2 after a message if that
 * fails. */
void calls_load(const char *path);

/* Ends the process with status 2 after the text of the last failure. */
void calls_fail(const char *what);

/* A function of the module: "Socket.send", "Context". Ends the process if there is none. */
const zmqjs_function *calls_find(const char *title);

/* Calls it with count arguments and returns the status. Unless that is ZMQJS_OK, the frame has
 * to be released. */
int calls_do(const zmqjs_function *function, zmqjs_runtime *runtime, zmqjs_instance *self, const zmqjs_data *arguments,
             size_t count, zmqjs_frame *frame);

/* The same where a failure ends the process: the frame is released, and an instance returned, if the
 * result is one. */
zmqjs_instance *calls_must(const char *title, zmqjs_runtime *runtime, zmqjs_instance *self,
                           const zmqjs_data *arguments, size_t count);

/* Arguments. */
zmqjs_data calls_integer(int value);
zmqjs_data calls_text(const char *text);

/* A context, and two sockets of it that are connected by inproc: those of PUSH and PULL. */
typedef struct calls_sockets {
    zmqjs_runtime *runtime;
    zmqjs_instance *context, *push, *pull;
} calls_sockets;
void calls_connect(calls_sockets *sockets, const zmqjs_engine *engine, void *payload);
/* Finalizes all instances. */
void calls_drop(calls_sockets *sockets);

#endif
