/*
 * direct.h - calls of the library without any engine, which any thread can make
 *
 * They do not go through the contract.
 */
#ifndef DIRECT_H
#define DIRECT_H

#include "definition.h"

/* The result of a call. */
struct outcome {
    int status;
    zmqjs_data result; /* of a string, bytes, an array or an object only the length is valid */
    char message[256]; /* of an error */
    char code[32];     /* likewise, "" if it has none */
};

zmqjs_runtime *direct_runtime(void);

/* Calls a function and releases the frame. Values that it keeps are lost. */
struct outcome direct_call(zmqjs_runtime *runtime, zmqjs_instance *self,
                           const zmqjs_function *function, size_t count,
                           const zmqjs_data *arguments);

/* The same, and the call must succeed. */
zmqjs_data direct_must(zmqjs_runtime *runtime, zmqjs_instance *self, const zmqjs_function *function,
                       size_t count, const zmqjs_data *arguments);

/* A context with two connected sockets, without an engine. */
struct scene {
    zmqjs_runtime *runtime;
    zmqjs_instance *context, *push, *pull;
};

void scene_open(struct scene *scene, const char *endpoint);
void scene_open_shared(struct scene *scene, const char *endpoint); /* in Context.shared() */
void scene_close(struct scene *scene);
/* A new socket of a type ("PUSH"), to be finalized by the caller. */
zmqjs_instance *scene_socket(const struct scene *scene, const char *type);
/* As direct_must(), of a method. */
zmqjs_data scene_must(const struct scene *scene, zmqjs_instance *self, const char *class_name,
                      const char *method, size_t count, const zmqjs_data *arguments);

/* Is this the error of a runtime that another thread is inside of? */
int is_busy(const struct outcome *outcome);

zmqjs_data data_text(const char *text);
zmqjs_data data_number(int32_t number);
zmqjs_data data_constant(const char *name); /* zmq.that */
zmqjs_data data_instance(zmqjs_instance *instance);

#endif
