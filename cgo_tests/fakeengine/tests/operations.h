/* operations.h - what scripts do with the module, one after another, in a fresh world */
#ifndef OPERATIONS_H
#define OPERATIONS_H

#include "host.h"

/* What the operations work on. */
struct world {
    struct host host;
    struct pair pair;
    fe_value *spare;     /* a socket without endpoints */
    fe_value *poller;    /* with pair.pull in it */
    fe_value *user_data; /* and this */
    fe_value *array;     /* ["one", "two"] */
};

void world_open(struct world *world);

struct operation {
    const char *name; /* NULL: the list ends */
    void (*prepare)(struct world *w); /* what it needs; may be done again before another try */
    fe_value *(*operate)(struct world *w); /* NULL: an exception is pending */
    void (*verify)(struct world *w, fe_value *result);
};

extern const struct operation operations[];

#endif
