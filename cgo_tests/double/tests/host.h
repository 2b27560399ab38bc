/*
 * host.h - a host of the double: engine, adapter, contract, module, in one piece;
 * and what takes the place of scripts
 *
 *     struct host host;
 *     host_open(&host);
 *     toy_value *context = construct(host.zmq, "Context", "");
 *     toy_value *socket = run(context, "socket", "k", "PUSH");
 *     run(socket, "bind", "s", "inproc://here");
 *     host_close(&host);
 *
 * The values that these functions return are the host's: they live until drop() or
 * host_close().
 */
#ifndef HOST_H
#define HOST_H

#include "adapter.h"
#include "check.h"
#include "contract.h"
#include "definition.h"

/* What kind of engine the double plays. */
struct style {
    const char *name;
    unsigned absent; /* callbacks that it lacks */
    enum toy_encoding encoding; /* of texts: LATIN1 stands for LATIN1 where that is enough */
    int doubles_only;
    int never_adopts;
    void (*before_allocation)(toy_engine *engine);
};

extern const struct style styles[];      /* the last has no name */
extern const struct style *current_style; /* of host_open() */

struct host {
    toy_engine *engine;
    struct adapter adapter;
    struct contract contract;
    zmqjs_runtime *runtime;
    enum toy_encoding encoding;
    toy_value *zmq; /* the module */
    toy_value **values;
    size_t value_count, value_room;
};

void host_open(struct host *host);
void host_open_as(struct host *host, const struct style *style);

/* The steps of host_close(), for cases that need them in another order. */
void host_end_runtime(struct host *host);
void host_drop_values(struct host *host);

/* Ends everything that is left, and checks that nothing has leaked. */
void host_close(struct host *host);

/*
 * Calls a method. format tells of the arguments that follow, a letter for each:
 *
 *     u  undefined        d  double                 S  const char *, size_t: a string
 *     n  null             l  long long: a bigint    b  const void *, size_t: bytes
 *     t  true             s  const char *: a string v  toy_value *
 *     f  false            i  int                    k  const char *: zmq.that
 */
toy_value *run(toy_value *object, const char *name, const char *format, ...);

/* Calls a method that must throw; returns what it has thrown. */
toy_value *fails(toy_value *object, const char *name, const char *format, ...);

/* Calls a method; returns NULL if it throws: the exception is pending then. */
toy_value *attempt(toy_value *object, const char *name, const char *format, ...);

/* `new`: as run() and attempt(). */
toy_value *attempt_construct(toy_value *object, const char *name, const char *format, ...);
toy_value *construct(toy_value *object, const char *name, const char *format, ...);

/* A method with another this. */
toy_value *method_of(toy_value *object, const char *method);
toy_value *attempt_call(toy_value *function, toy_value *this_value);

toy_value *get(toy_value *object, const char *property);
toy_value *item(toy_value *array, size_t index);
long long number(toy_value *value); /* a number or a bigint */
const char *text(toy_value *value); /* a string, NUL-terminated; valid as long as value */
toy_value *caught(struct host *host); /* the pending exception, now no longer pending */
/* Hands a value to the host, and returns it. */
toy_value *keep(struct host *host, toy_value *value);
void drop(toy_value *value);

int is(toy_value *value, enum toy_kind kind);

/* Makes a string of WTF-8 in the encoding that the style of the engine has for it; owned. */
toy_value *string_of(struct host *host, const char *data, size_t length);

/* Checks an error's class, and its code and endpoint (NULL: it has none). */
void check_error_at(const char *file, int line, toy_value *error, const char *class_name,
                    const char *code, const char *endpoint);
#define CHECK_ERROR(error, class_name, code, endpoint) \
    check_error_at(__FILE__, __LINE__, error, class_name, code, endpoint)

/* A pair of connected sockets over inproc, in one context. */
struct pair {
    toy_value *context, *push, *pull;
};
void pair_open(struct host *host, struct pair *pair);

#endif
