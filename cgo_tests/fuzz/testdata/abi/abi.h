/* abi.h - bytes become hostile use of zmqjs.h, by a host of the engine double */
#ifndef ABI_H
#define ABI_H

#include "host.h"

/* What a run follows from; at its end it gives zeros. */
struct input {
    const uint8_t *data;
    size_t size;
};

unsigned take(struct input *input);              /* a byte */
unsigned choose(struct input *input, unsigned n); /* below n, which is at most 256 */

/* A host, with every method of the module. */
struct world {
    struct host host;
    struct input *input;
    toy_value **methods;
    const char **names;
    size_t method_count;
    int depth;        /* of calls inside callbacks */
    int runtime_ended;
};

extern unsigned long long calls_made;

void world_open(struct world *world, struct input *input);
void world_close(struct world *world);
toy_value *any_value(struct world *world);
toy_value *any_instance(struct world *world);

void use_module(struct world *world);   /* a method, with arguments */
void use_property(struct world *world); /* a getter, or a setter */
void use_construct(struct world *world);
void use_runtime(struct world *world); /* zmqjs_runtime_free() and the like, at any time */
void use_table(struct input *input);   /* zmqjs_runtime_new() */
void use_process(struct input *input); /* what belongs to no runtime */
void use_vm(struct input *input);

/* Catches what is pending. */
void forget_exception(toy_engine *engine);

#endif
