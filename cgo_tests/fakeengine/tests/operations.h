/* operations.h - scripts' operations on the module, one after another, in a fresh world */
#ifndef OPERATIONS_H
#define OPERATIONS_H

#include "host.h"

/* The objects that the operations use. */
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
    const char *name; /* NULL ends the list */
    void (*prepare)(struct world *w); /* its preparation; may be repeated before another try */
    fe_value *(*operate)(struct world *w); /* NULL: an exception is pending */
    void (*verify)(struct world *w, fe_value *result);
};

extern const struct operation operations[];

#endif
