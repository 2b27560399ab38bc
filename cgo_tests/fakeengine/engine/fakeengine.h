/*
 * fakeengine.h - the fake engine: a minimal JavaScript engine
 *
 * It has the parts of a real engine that a module like zmq uses, and nothing else: values,
 * properties, classes with native instances, functions, one pending exception, finalizers. It has
 * no parser: a "script" is C code that calls fe_call().
 *
 * Unlike a real engine it can be asked about its memory. Values are reference counted and listed,
 * each with the name of its maker, so that leaked ones can be named. The collector can run at every
 * allocation, each allocation can fail, and finalizers run script code as soon as a value dies.
 *
 * Functions take and return pointers to values. "Owned" means that the caller has to call
 * fe_release() on it. Parameters are always borrowed.
 */
#ifndef FAKEENGINE_H
#define FAKEENGINE_H

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

typedef struct fe_engine fe_engine;
typedef struct fe_value fe_value;

enum fe_kind {
    FE_UNDEFINED,
    FE_NULL,
    FE_BOOLEAN,
    FE_NUMBER,
    FE_BIGINT,
    FE_STRING,
    FE_BYTES,
    FE_ARRAY,
    FE_OBJECT,
    FE_FUNCTION,
    FE_INSTANCE
};

enum fe_error_class { FE_ERROR, FE_TYPE_ERROR, FE_RANGE_ERROR, FE_ERROR_CLASSES };

/* How a string is stored: UTF-16 in the machine's byte order. */
enum fe_encoding { FE_UTF8, FE_LATIN1, FE_UTF16 };

/* Attributes of a property. */
enum { FE_WRITABLE = 1, FE_ENUMERABLE = 2, FE_CONFIGURABLE = 4, FE_OPEN = 7 };

/* A call, as native code sees it. */
typedef struct fe_call_info {
    fe_value *callee;
    fe_value *this_value; /* or new.target */
    int constructing;
    size_t count;
    fe_value *const *arguments;
} fe_call_info;

/* Native code behind a function. Returns an owned value, or NULL with an
 * exception pending. */
typedef fe_value *(*fe_native)(fe_engine *engine, const fe_call_info *call);

/* Frees the native part of a value, when the value dies. */
typedef void (*fe_destroy)(void *pointer);

/* Script code that runs when a value is about to die, once for each value. It may use the
 * value, and keep it alive. */
typedef void (*fe_finalizer)(fe_value *value, void *argument);

/* A value, or a getter and a setter, either of which may be NULL. */
typedef struct fe_property {
    char *name; /* of a well-known symbol "@@name" */
    unsigned attributes;
    fe_value *value;
    fe_value *getter, *setter;
    struct fe_property *next;
} fe_property;

struct fe_value {
    fe_engine *engine;
    enum fe_kind kind;
    size_t references;
    size_t roots;      /* for fe_collect() */
    const char *maker; /* for reports */
    fe_value *next, *previous;
    fe_value *prototype;
    fe_property *properties; /* in the order of their definition */
    fe_finalizer finalizer;
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
            enum fe_encoding encoding;
        } string;
        struct {
            unsigned char *data;
            size_t length;
            fe_destroy destroy; /* called with argument */
            void *argument;
        } bytes;
        struct {
            fe_value **items; /* NULL is undefined; a function is a getter */
            size_t length;
        } array;
        struct {
            fe_native native;
            void *owner;     /* the native code's own */
            uint32_t number; /* likewise */
        } function;
        struct {
            const void *type; /* distinguishes the instances of native modules */
            void *pointer;
            fe_destroy destroy; /* called with pointer */
            fe_value **slots;   /* references that only native code can see */
            size_t slot_count;   /* up to the last one that was ever filled or emptied */
            size_t slot_room;
        } instance;
    } as;
};

/* ---- the engine ---------------------------------------------------------------- */

struct fe_engine {
    fe_value *values;    /* all that live */
    fe_value *exception; /* pending, or NULL */
    fe_value *error_prototypes[FE_ERROR_CLASSES];
    fe_value *out_of_memory; /* the exception of an allocation that fails */

    int collecting;
    int depth;        /* calls of native code that are under way */
    pthread_t thread; /* theirs */

    /* Called before each allocation of a value in a call: it may collect, or run script
     * code. Values up to numbers are not allocated. NULL: nothing is done. */
    void (*before_allocation)(fe_engine *engine);

    /* The allocation that shall fail, counted in calls of native code: 1 is the next one, 0
     * none. */
    size_t fail_at;
    size_t failed; /* how many have failed */

    /* Called in waits: nonzero ends the wait. NULL: never. */
    int (*interrupt)(void *argument);
    void *interrupt_argument;

    void *host;    /* the embedder's own */
    void *checker; /* likewise */
};

fe_engine *fe_engine_new(void);

/* Ends an engine and every value in it. Returns how many values were still held
 * from outside; *maker is that of one of them. Garbage in cycles does not count. */
size_t fe_engine_free(fe_engine *engine, const char **maker);

/* Ends the values that only hold each other. Returns how many there were. */
size_t fe_collect(fe_engine *engine);

/* Ends the process with a message: someone broke the rules. */
void fe_fatal(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

/* ---- values: all makers return an owned one, or NULL with an exception pending ------ */

fe_value *fe_undefined(fe_engine *engine);
fe_value *fe_null(fe_engine *engine);
fe_value *fe_boolean(fe_engine *engine, int boolean);
fe_value *fe_number(fe_engine *engine, double number);
fe_value *fe_bigint(fe_engine *engine, int64_t bits, int is_unsigned);
fe_value *fe_string(fe_engine *engine, const char *data, size_t length); /* of UTF-8 */
fe_value *fe_string_of(fe_engine *engine, enum fe_encoding encoding, const void *data,
                         size_t length);
fe_value *fe_text(fe_engine *engine, const char *text); /* of UTF-8, with a NUL at its end */
fe_value *fe_bytes(fe_engine *engine, const void *data, size_t length);
/* Bytes in memory that destroy(argument) frees; where NULL is returned it does so too. */
fe_value *fe_bytes_adopt(fe_engine *engine, void *data, size_t length, fe_destroy destroy,
                           void *argument);
fe_value *fe_array(fe_engine *engine, size_t length); /* of undefined */
fe_value *fe_object(fe_engine *engine, fe_value *prototype);
fe_value *fe_function(fe_engine *engine, fe_native native, void *owner, uint32_t number);
fe_value *fe_instance(fe_engine *engine, fe_value *prototype, const void *type,
                        void *pointer, fe_destroy destroy);
fe_value *fe_error(fe_engine *engine, enum fe_error_class error_class, const char *message);

fe_value *fe_retain(fe_value *value); /* returns value, now owned once more */
void fe_release(fe_value *value);      /* NULL: nothing happens */
void fe_set_finalizer(fe_value *value, fe_finalizer finalizer, void *argument);

/* Takes the memory away from bytes, as ArrayBuffer.prototype.transfer does. */
void fe_detach(fe_value *bytes);

/* ---- parts of values -------------------------------------------------------------- */

void fe_define(fe_value *object, const char *name, fe_value *value, unsigned attributes);
void fe_define_accessor(fe_value *object, const char *name, fe_value *getter,
                         fe_value *setter, unsigned attributes);
/* Defines a property as an assignment would: with every attribute. */
void fe_set(fe_value *object, const char *name, fe_value *value);
/* A property, own or inherited: owned, undefined if there is none, NULL if its getter has
 * thrown. */
fe_value *fe_get(fe_value *object, const char *name);
/* Assigns, as a script does: through a setter where there is one. Returns 0, or -1
 * with an exception pending. */
int fe_assign(fe_value *object, const char *name, fe_value *value);
const fe_property *fe_own_property(fe_value *object, const char *name); /* or NULL */

void fe_item_set(fe_value *array, size_t index, fe_value *value);
fe_value *fe_item_get(fe_value *array, size_t index); /* as fe_get */

/* Makes room for count more slots than are in use. Returns 0, or -1 with an exception
 * pending. */
int fe_slot_reserve(fe_value *instance, size_t count);
/* Fills a slot that has room; value NULL empties it. Returns the previous value, owned, or NULL.
 * It runs no script code. */
fe_value *fe_slot_exchange(fe_value *instance, size_t index, fe_value *value);
fe_value *fe_slot_get(fe_value *instance, size_t index); /* borrowed, NULL if empty */

/* ---- calls and exceptions ----------------------------------------------------------- */

/* Calls a function; returns an owned value, or NULL with an exception pending. */
fe_value *fe_call(fe_value *function, fe_value *this_value, size_t count,
                    fe_value *const *arguments);
fe_value *fe_construct(fe_value *constructor, size_t count, fe_value *const *arguments);

void fe_throw(fe_value *exception);
/* Makes an error and throws it; or throws the exception of making it. Returns NULL. */
fe_value *fe_throw_text(fe_engine *engine, enum fe_error_class error_class,
                          const char *message);
fe_value *fe_catch(fe_engine *engine); /* the pending exception, owned, or NULL */

#endif
