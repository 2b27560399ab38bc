/* The library's part of an instance in an engine. */
#ifndef INSTANCE_H
#define INSTANCE_H

#include "core.h"
#include "zmqjs.h"

/* The classes of instances: their numbers in the module's table. */
enum core_class { CORE_CONTEXT, CORE_SOCKET, CORE_POLLER, CORE_AUTHENTICATOR, CORE_MONITOR };

struct zmqjs_instance {
    uint32_t class_number; /* enum core_class */
    core_runtime *runtime; /* in which it was made; its memory is never freed */
    zmqjs_runtime *home;   /* the handle of that runtime: other runtimes refuse the instance */
    void *object;          /* core_context, core_socket (also of a Monitor), core_poller; or NULL */
    uintptr_t handle;      /* cgo.Handle of the Go object */
    zmqjs_instance *next;  /* among those that were finalized */
};

/* Makes an instance that refers to object: NULL if memory runs out. */
zmqjs_instance *core_instance_new(uint32_t class_number, void *object, uintptr_t handle, core_runtime *runtime);

/* Ends the instance's object in C, and queues it for Go. Any thread; never blocks. */
void core_instance_finalize(zmqjs_instance *instance);

/* The instances finalized since the last call, linked by next: Go forgets their objects and
 * frees them. */
zmqjs_instance *core_instance_take_finalized(void);

/* How many instances were finalized in the process. */
uint64_t core_instances_finalized(void);

#endif
