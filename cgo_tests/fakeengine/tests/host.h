/*
 * host.h - a host of the fake engine: engine, adapter, contract, module, in one piece;
 * and what takes the place of scripts
 *
 *     struct host host;
 *     host_open(&host);
 *     fe_value *context = construct(host.zmq, "Context", "");
 *     fe_value *socket = run(context, "socket", "k", "PUSH");
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

/* Variants of engines. */
struct style {
    const char *name;
    unsigned absent; /* callbacks that it lacks */
    enum fe_encoding encoding; /* of texts: LATIN1 only if it is sufficient */
    int doubles_only;
    int never_adopts;
    void (*before_allocation)(fe_engine *engine);
};

extern const struct style styles[];      /* the last has no name */
extern const struct style *current_style; /* of host_open() */

struct host {
    fe_engine *engine;
    struct adapter adapter;
    struct contract contract;
    zmqjs_runtime *runtime;
    enum fe_encoding encoding;
    fe_value *zmq; /* the module */
    fe_value **values;
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
 *     t  true             s  const char *: a string v  fe_value *
 *     f  false            i  int                    k  const char *: zmq.that
 */
fe_value *run(fe_value *object, const char *name, const char *format, ...);

/* Calls a method that must throw; returns its exception. */
fe_value *fails(fe_value *object, const char *name, const char *format, ...);

/* Calls a method; returns NULL if it throws: the exception is pending then. */
fe_value *attempt(fe_value *object, const char *name, const char *format, ...);

/* `new`: as run() and attempt(). */
fe_value *attempt_construct(fe_value *object, const char *name, const char *format, ...);
fe_value *construct(fe_value *object, const char *name, const char *format, ...);

/* A method with another this. */
fe_value *method_of(fe_value *object, const char *method);
fe_value *attempt_call(fe_value *function, fe_value *this_value);

fe_value *get(fe_value *object, const char *property);
fe_value *item(fe_value *array, size_t index);
long long number(fe_value *value); /* a number or a bigint */
const char *text(fe_value *value); /* a string, NUL-terminated; valid as long as value */
fe_value *caught(struct host *host); /* the pending exception, now no longer pending */
/* Hands a value to the host, and returns it. */
fe_value *keep(struct host *host, fe_value *value);
void drop(fe_value *value);

int is(fe_value *value, enum fe_kind kind);

/* Makes a string of WTF-8 in the encoding that the style of the engine has for it; owned. */
fe_value *string_of(struct host *host, const char *data, size_t length);

/* Checks an error's class, and its code and endpoint (NULL: it has none). */
void check_error_at(const char *file, int line, fe_value *error, const char *class_name,
                    const char *code, const char *endpoint);
#define CHECK_ERROR(error, class_name, code, endpoint) \
    check_error_at(__FILE__, __LINE__, error, class_name, code, endpoint)

/* A pair of connected sockets over inproc, in one context. */
struct pair {
    fe_value *context, *push, *pull;
};
void pair_open(struct host *host, struct pair *pair);

#endif
