/*
 * double.h - the engine double: a toy JavaScript engine
 *
 * It has what a module like zmq touches in a real engine, and nothing else:
 * values, properties, classes with native instances, functions, one pending
 * exception. It has no parser: a "script" is C code that calls toy_call().
 *
 * What sets it apart from a real engine is its memory: it forgets nothing.
 *
 *   values   are reference counted and listed, each with the name of its maker,
 *            so that what is left at the end can be named.
 *   handles  are how native code holds values: numbers, as in Node-API. A number
 *            is never used twice. A handle is lent (to a native function, for one
 *            call), or owned (by native code, until it gives it back). A touch of
 *            an ended handle ends the process with a message.
 *
 * A value's functions take and return pointers. "Owned" means: the caller calls
 * toy_release() on it, in the end. Parameters are always borrowed.
 */
#ifndef DOUBLE_H
#define DOUBLE_H

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

typedef struct toy_engine toy_engine;
typedef struct toy_value toy_value;
typedef struct toy_property toy_property;

enum toy_kind {
    TOY_UNDEFINED,
    TOY_NULL,
    TOY_BOOLEAN,
    TOY_NUMBER,
    TOY_BIGINT,
    TOY_STRING,
    TOY_BYTES,
    TOY_ARRAY,
    TOY_OBJECT,
    TOY_FUNCTION,
    TOY_INSTANCE
};

enum toy_error_class { TOY_ERROR, TOY_TYPE_ERROR, TOY_RANGE_ERROR, TOY_ERROR_CLASSES };

/* A call, as native code sees it. */
typedef struct toy_call_info {
    toy_value *callee;
    toy_value *this_value; /* or new.target */
    int constructing;
    size_t count;
    toy_value *const *arguments;
} toy_call_info;

/* Native code behind a function. Returns an owned value, or NULL with an
 * exception pending. */
typedef toy_value *(*toy_native)(toy_engine *engine, const toy_call_info *call);

/* Frees what a value points to, when the value dies. */
typedef void (*toy_destroy)(void *pointer);

struct toy_value {
    toy_engine *engine;
    enum toy_kind kind;
    size_t references;
    size_t roots;      /* for toy_collect() */
    const char *maker; /* for reports */
    toy_value *next, *previous;
    toy_value *prototype;
    toy_property *properties;
    union {
        int boolean;
        double number;
        struct {
            int64_t bits;
            int is_unsigned; /* bits are those of a uint64_t above INT64_MAX */
            int is_wider;    /* there are more bits than 64 */
        } bigint;
        struct {
            char *data; /* UTF-8, no NUL at its end */
            size_t length;
        } string;
        struct {
            unsigned char *data;
            size_t length;
            toy_destroy destroy; /* called with argument */
            void *argument;
        } bytes;
        struct {
            toy_value **items; /* a function among them is a getter */
            size_t length;
        } array;
        struct {
            toy_native native;
            void *owner;            /* the native code's own */
            const void *definition; /* likewise */
        } function;
        struct {
            const void *type; /* tells instances of one class from another's */
            void *pointer;
            toy_destroy destroy; /* called with pointer */
            toy_value **slots;   /* references that only native code can see */
            size_t slot_count;
        } instance;
    } as;
};

/* ---- the engine ---------------------------------------------------------------- */

struct toy_engine {
    toy_value *values;    /* all that live */
    toy_value *exception; /* pending, or NULL */
    toy_value *error_prototypes[TOY_ERROR_CLASSES];

    struct toy_handle *handles; /* by number, from 1 */
    uint64_t handle_count;
    uint64_t cookie; /* tells the handles of one engine from another's */
    uint64_t *scopes;
    size_t scope_count;

    int depth;        /* calls of native code that are under way */
    pthread_t thread; /* theirs */

    /* Asked by whoever waits: nonzero, stop it. NULL: never. */
    int (*interrupt)(void *argument);
    void *interrupt_argument;

    void *host; /* the embedder's own */

    /* Handles that calls left behind, and the maker of the first. */
    size_t left_behind;
    const char *left_behind_maker;
};

toy_engine *toy_engine_new(void);

/* Ends an engine and every value in it. Returns how many values were still held
 * from outside; *maker is that of one of them. Garbage in cycles does not count. */
size_t toy_engine_free(toy_engine *engine, const char **maker);

/* Ends the values that only hold each other. Returns how many there were. */
size_t toy_collect(toy_engine *engine);

/* Ends the process with a message: someone broke the rules. */
void toy_fatal(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

/* ---- values: all makers return an owned one -------------------------------------- */

toy_value *toy_undefined(toy_engine *engine);
toy_value *toy_null(toy_engine *engine);
toy_value *toy_boolean(toy_engine *engine, int boolean);
toy_value *toy_number(toy_engine *engine, double number);
toy_value *toy_bigint(toy_engine *engine, int64_t bits, int is_unsigned);
toy_value *toy_string(toy_engine *engine, const char *data, size_t length);
toy_value *toy_text(toy_engine *engine, const char *text);
toy_value *toy_bytes(toy_engine *engine, const void *data, size_t length);
toy_value *toy_bytes_adopt(toy_engine *engine, void *data, size_t length, toy_destroy destroy,
                           void *argument);
toy_value *toy_array(toy_engine *engine, size_t length); /* of undefined */
toy_value *toy_object(toy_engine *engine, toy_value *prototype);
toy_value *toy_function(toy_engine *engine, toy_native native, void *owner,
                        const void *definition);
toy_value *toy_instance(toy_engine *engine, toy_value *prototype, const void *type,
                        void *pointer, toy_destroy destroy);
toy_value *toy_error(toy_engine *engine, enum toy_error_class error_class, const char *message);

toy_value *toy_retain(toy_value *value); /* returns value, now owned once more */
void toy_release(toy_value *value);      /* NULL: nothing happens */

/* Takes the memory away from bytes, as ArrayBuffer.prototype.transfer does. */
void toy_detach(toy_value *bytes);

/* ---- parts of values -------------------------------------------------------------- */

void toy_set(toy_value *object, const char *name, toy_value *value);
/* A property, own or inherited: owned, undefined if there is none, NULL if its
 * getter threw. */
toy_value *toy_get(toy_value *object, const char *name);
void toy_set_accessor(toy_value *object, const char *name, toy_value *getter, toy_value *setter);
/* Assigns, as a script does: through a setter where there is one. Returns 0, or -1
 * with an exception pending. */
int toy_assign(toy_value *object, const char *name, toy_value *value);

void toy_item_set(toy_value *array, size_t index, toy_value *value);
toy_value *toy_item_get(toy_value *array, size_t index); /* as toy_get */

void toy_slot_set(toy_value *instance, size_t index, toy_value *value);
toy_value *toy_slot_get(toy_value *instance, size_t index); /* owned */

/* ---- calls and exceptions ----------------------------------------------------------- */

/* Calls a function; returns an owned value, or NULL with an exception pending. */
toy_value *toy_call(toy_value *function, toy_value *this_value, size_t count,
                    toy_value *const *arguments);
toy_value *toy_construct(toy_value *constructor, size_t count, toy_value *const *arguments);

void toy_throw(toy_value *exception);
toy_value *toy_catch(toy_engine *engine); /* the pending exception, owned, or NULL */

/* ---- handles -------------------------------------------------------------------------- */

uint64_t toy_lend(toy_engine *engine, toy_value *value);                   /* for this call */
uint64_t toy_own(toy_engine *engine, toy_value *value, const char *maker); /* until given back */
toy_value *toy_look(toy_engine *engine, uint64_t handle);                  /* borrowed */
toy_value *toy_take(toy_engine *engine, uint64_t handle);                  /* ends an owned one */

/* Between the two, whatever handles are made end together. Scopes nest. */
uint64_t toy_scope_open(toy_engine *engine);
/* Returns a new handle for what keep stood for, if keep (0: none) was made inside,
 * else keep. */
uint64_t toy_scope_close(toy_engine *engine, uint64_t scope, uint64_t keep);

#endif
