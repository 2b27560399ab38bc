/* abi.h - bytes become hostile use of zmqjs.h, by a host of the fake engine */
#ifndef ABI_H
#define ABI_H

#include "direct.h"
#include "host.h"

/* What a run follows from. It never ends: see take(). */
struct input {
    const uint8_t *data;
    size_t size;
    uint32_t state;
};

struct input input_of(const uint8_t *data, size_t size);
unsigned take(struct input *input);              /* a byte */
unsigned choose(struct input *input, unsigned n); /* below n, which is at most 256 */
int rarely(struct input *input, unsigned n);      /* one time of n */

/* A method of the module. */
struct method {
    fe_value *function;
    const char *name;
    const zmqjs_function *definition; /* the library's own */
    const zmqjs_class *of;            /* NULL: it is a function of the module, or a static one */
};

enum { MOST_CLASSES = 8, MOST_INSTANCES = 8, MOST_METHODS = 128, ANCHORS = 3, MOST_ANCHORS = 60,
       MOST_DEPTH = 3, SHARED_NAMES = 3, MOST_SHARED = 4 };

/* Instances of a class, which calls are made on. */
struct pool {
    fe_value *instances[MOST_INSTANCES];
    size_t count;
};

/* A host, with every method of the module. */
struct world {
    struct host host;
    struct input *input;
    struct method methods[MOST_METHODS];
    size_t method_count;
    size_t frequent[MOST_METHODS]; /* numbers of those that messages pass through */
    size_t frequent_count;
    struct pool pools[MOST_CLASSES];
    fe_value *anchors[MOST_ANCHORS];
    size_t anchor_count;
    zmqjs_context *shared[MOST_SHARED]; /* contexts that the host has taken */
    size_t shared_count;
    size_t lasting; /* that many of the host's values stay to the end */
    int depth;      /* of calls of scripts inside calls */
    int runtime_ended;
};

extern unsigned long long calls_made;
extern int is_planted; /* every call leaves a value behind, which must be found */

void world_open(struct world *world, struct input *input);
void world_close(struct world *world);
void world_trim(struct world *world); /* drops values, if there are many */

fe_value *any_value(struct world *world);
/* The i-th argument that a method expects, or something else. */
fe_value *argument(struct world *world, const char *name, size_t i);
int is_one_of(const char *name, const char *const *list);

/* An instance of a class, or of any; where there is none, the module. */
fe_value *instance_of(struct world *world, const zmqjs_class *definition);
fe_value *any_instance(struct world *world);
/* Lets calls be made on what a call has given, if it is an instance. */
void remember(struct world *world, fe_value *value);
void forget_instances(struct world *world);

/* Endpoints of inproc that are bound by sockets that stay, so that most connections have a peer. */
extern const char *const anchored_endpoints[ANCHORS];
void anchor(struct world *world, fe_value *context);
int is_anchor(const struct world *world, const fe_value *value);
int has_room_for_anchors(const struct world *world);
void forget_anchors(struct world *world);

/* Names of contexts that runtimes and the host share. */
extern const char *const shared_names[SHARED_NAMES];
void release_shared(struct world *world);

void use_module(struct world *world);   /* a method, with arguments */
void use_property(struct world *world); /* a getter, or a setter */
void use_construct(struct world *world);
void use_frame(struct world *world);   /* a call that no adapter makes */
void use_runtime(struct world *world); /* zmqjs_runtime_free() and the like, at any time */
void use_table(struct input *input);   /* zmqjs_runtime_new(), zmqjs_register() */
void use_process(struct input *input); /* what belongs to no runtime */
void use_shared(struct world *world);  /* zmqjs_context_shared() and the like */
void use_vm(struct input *input);

/* Script code at a moment of its own choice: it calls the module. */
void misbehave(struct world *world);

/* The methods that wait for sockets or for time, and may do so for ever. */
int may_wait(const char *name);

/* A socket that no call waits for; rarely one that is waited for shortly. */
void soothe(struct world *world, fe_value *socket);

/* Catches what is pending. */
void forget_exception(fe_engine *engine);

#endif
