/*
 * double.h - the engine double: a toy JavaScript engine
 *
 * It has what a module like zmq touches in a real engine, and nothing else:
 * values, properties, classes with native instances, functions, one pending
 * exception, finalizers. It has no parser: a "script" is C code that calls toy_call().
 *
 * What sets it apart from a real engine is what can be asked of its memory. Values are
 * reference counted and listed, each with the name of its maker, so that what is left
 * at the end can be named. The collector can run at every allocation, each allocation
 * can fail, and finalizers run script code the moment a value dies.
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

/* How a string is stored: UTF-16 in the machine's byte order. */
enum toy_encoding { TOY_UTF8, TOY_LATIN1, TOY_UTF16 };

/* Attributes of a property. */
enum { TOY_WRITABLE = 1, TOY_ENUMERABLE = 2, TOY_CONFIGURABLE = 4, TOY_OPEN = 7 };

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

/* Script code that runs when a value is about to die, once for each value. It may use the
 * value, and keep it alive. */
typedef void (*toy_finalizer)(toy_value *value, void *argument);

/* A value, or a getter and a setter, either of which may be NULL. */
typedef struct toy_property {
    char *name; /* of a well-known symbol "@@name" */
    unsigned attributes;
    toy_value *value;
    toy_value *getter, *setter;
    struct toy_property *next;
} toy_property;

struct toy_value {
    toy_engine *engine;
    enum toy_kind kind;
    size_t references;
    size_t roots;      /* for toy_collect() */
    const char *maker; /* for reports */
    toy_value *next, *previous;
    toy_value *prototype;
    toy_property *properties; /* in the order of their definition */
    toy_finalizer finalizer;
    void *finalizer_argument;
    union {
        int boolean;
        double number;
        struct {
            int64_t bits;
            int is_unsigned; /* bits are those of a uint64_t above INT64_MAX */
            int is_wider;    /* there are more bits than 64 */
        } bigint;
        struct {
            char *data;    /* no NUL at its end */
            size_t length; /* in units of the encoding */
            enum toy_encoding encoding;
        } string;
        struct {
            unsigned char *data;
            size_t length;
            toy_destroy destroy; /* called with argument */
            void *argument;
        } bytes;
        struct {
            toy_value **items; /* NULL is undefined; a function is a getter */
            size_t length;
        } array;
        struct {
            toy_native native;
            void *owner;     /* the native code's own */
            uint32_t number; /* likewise */
        } function;
        struct {
            const void *type; /* tells the instances of one native module from another's */
            void *pointer;
            toy_destroy destroy; /* called with pointer */
            toy_value **slots;   /* references that only native code can see */
            size_t slot_count;   /* up to the last one that was ever filled or emptied */
            size_t slot_room;
        } instance;
    } as;
};

/* ---- the engine ---------------------------------------------------------------- */

struct toy_engine {
    toy_value *values;    /* all that live */
    toy_value *exception; /* pending, or NULL */
    toy_value *error_prototypes[TOY_ERROR_CLASSES];
    toy_value *out_of_memory; /* what an allocation that fails throws */

    int collecting;
    int depth;        /* calls of native code that are under way */
    pthread_t thread; /* theirs */

    /* Called before each allocation of a value in a call: it may collect, or run script
     * code. Values up to numbers are not allocated. NULL: nothing is done. */
    void (*before_allocation)(toy_engine *engine);

    /* The allocation that is to fail, counted in calls of native code: 1 is the next one,
     * 0 none. */
    size_t fail_at;
    size_t failed; /* how many have failed */

    /* Asked by whoever waits: nonzero, stop it. NULL: never. */
    int (*interrupt)(void *argument);
    void *interrupt_argument;

    void *host;    /* the embedder's own */
    void *checker; /* likewise */
};

toy_engine *toy_engine_new(void);

/* Ends an engine and every value in it. Returns how many values were still held
 * from outside; *maker is that of one of them. Garbage in cycles does not count. */
size_t toy_engine_free(toy_engine *engine, const char **maker);

/* Ends the values that only hold each other. Returns how many there were. */
size_t toy_collect(toy_engine *engine);

/* Ends the process with a message: someone broke the rules. */
void toy_fatal(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

/* ---- values: all makers return an owned one, or NULL with an exception pending ------ */

toy_value *toy_undefined(toy_engine *engine);
toy_value *toy_null(toy_engine *engine);
toy_value *toy_boolean(toy_engine *engine, int boolean);
toy_value *toy_number(toy_engine *engine, double number);
toy_value *toy_bigint(toy_engine *engine, int64_t bits, int is_unsigned);
toy_value *toy_string(toy_engine *engine, const char *data, size_t length); /* of UTF-8 */
toy_value *toy_string_of(toy_engine *engine, enum toy_encoding encoding, const void *data,
                         size_t length);
toy_value *toy_text(toy_engine *engine, const char *text); /* of UTF-8, with a NUL at its end */
toy_value *toy_bytes(toy_engine *engine, const void *data, size_t length);
/* Bytes in memory that destroy(argument) frees; where NULL is returned it does so too. */
toy_value *toy_bytes_adopt(toy_engine *engine, void *data, size_t length, toy_destroy destroy,
                           void *argument);
toy_value *toy_array(toy_engine *engine, size_t length); /* of undefined */
toy_value *toy_object(toy_engine *engine, toy_value *prototype);
toy_value *toy_function(toy_engine *engine, toy_native native, void *owner, uint32_t number);
toy_value *toy_instance(toy_engine *engine, toy_value *prototype, const void *type,
                        void *pointer, toy_destroy destroy);
toy_value *toy_error(toy_engine *engine, enum toy_error_class error_class, const char *message);

toy_value *toy_retain(toy_value *value); /* returns value, now owned once more */
void toy_release(toy_value *value);      /* NULL: nothing happens */
void toy_set_finalizer(toy_value *value, toy_finalizer finalizer, void *argument);

/* Takes the memory away from bytes, as ArrayBuffer.prototype.transfer does. */
void toy_detach(toy_value *bytes);

/* ---- parts of values -------------------------------------------------------------- */

void toy_define(toy_value *object, const char *name, toy_value *value, unsigned attributes);
void toy_define_accessor(toy_value *object, const char *name, toy_value *getter,
                         toy_value *setter, unsigned attributes);
/* Defines a property as an assignment would: with every attribute. */
void toy_set(toy_value *object, const char *name, toy_value *value);
/* A property, own or inherited: owned, undefined if there is none, NULL if its
 * getter threw. */
toy_value *toy_get(toy_value *object, const char *name);
/* Assigns, as a script does: through a setter where there is one. Returns 0, or -1
 * with an exception pending. */
int toy_assign(toy_value *object, const char *name, toy_value *value);
const toy_property *toy_own_property(toy_value *object, const char *name); /* or NULL */

void toy_item_set(toy_value *array, size_t index, toy_value *value);
toy_value *toy_item_get(toy_value *array, size_t index); /* as toy_get */

/* Makes room for count more slots than are in use. Returns 0, or -1 with an exception
 * pending. */
int toy_slot_reserve(toy_value *instance, size_t count);
/* Fills a slot that there is room for; value NULL empties it. Returns what was in it,
 * owned, or NULL. It runs no script code. */
toy_value *toy_slot_exchange(toy_value *instance, size_t index, toy_value *value);
toy_value *toy_slot_get(toy_value *instance, size_t index); /* borrowed, NULL if empty */

/* ---- calls and exceptions ----------------------------------------------------------- */

/* Calls a function; returns an owned value, or NULL with an exception pending. */
toy_value *toy_call(toy_value *function, toy_value *this_value, size_t count,
                    toy_value *const *arguments);
toy_value *toy_construct(toy_value *constructor, size_t count, toy_value *const *arguments);

void toy_throw(toy_value *exception);
/* Makes an error and throws it; or throws what making it has thrown. Returns NULL. */
toy_value *toy_throw_text(toy_engine *engine, enum toy_error_class error_class,
                          const char *message);
toy_value *toy_catch(toy_engine *engine); /* the pending exception, owned, or NULL */

#endif
