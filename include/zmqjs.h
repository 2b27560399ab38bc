/*
 * zmqjs.h - ZeroMQ for JavaScript hosts: the C ABI of libzmqjs.so
 *
 * libzmqjs gives a JavaScript engine the module "zmq" (Context, Socket, Poller,
 * constants). The library knows no engine: the host describes its engine once,
 * in a table of callbacks (zmqjs_engine), makes a runtime of it, and walks the
 * module's definition (zmqjs_module), which is plain data, to build the module
 * in the engine. A call of the script then goes
 *
 *     engine -> adapter -> zmqjs_function.call -> libzmq
 *
 * Adapters stand ready for the QuickJS family (zmqjs_quickjs.h), Node-API (zmqjs_napi.h),
 * JavaScriptCore (zmqjs_jsc.h) and Duktape (zmqjs_duktape.h). A host without any engine uses
 * the bundled one (zmqjs_vm, at the end of this file).
 *
 * THREADS, for the whole file. A runtime belongs to no thread, but only one
 * thread at a time may be inside it; a second one is refused, not queued. Any
 * number of runtimes may be used at once, each on its own thread. A function
 * whose comment says "any thread" may be called at any time from any thread; one
 * that says "signal handler" may be called from a signal handler too.
 * A child made by fork() without exec must not use the library: the module's
 * calls throw there, and the zmqjs_* functions that return a status return
 * ZMQJS_UNAVAILABLE.
 *
 * OWNERSHIP, for the whole file. Text and structures that go into a function are
 * borrowed for the call, unless its comment says longer. What a function hands
 * out belongs to the library and says for how long it may be read. zmqjs_engine and
 * zmqjs_vm_options begin with the ABI version and their size, so that they can grow at
 * their end; unknown trailing fields are zero.
 *
 * THE PROCESS stays the host's. Signals, their handlers and masks, limits, locale and
 * environment are as they were, but for two things. Handlers of SIGSEGV, SIGBUS and
 * SIGFPE are the library's from loading on, and call the host's for what is not its
 * own. A thread without an alternate signal stack has one of 256 KiB once it has called
 * the library. See docs/embedding.md.
 *
 * The library is loaded once and stays: dlclose() does not unload it.
 */
#ifndef ZMQJS_H
#define ZMQJS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__) || defined(__clang__)
#define ZMQJS_API __attribute__((visibility("default")))
#else
#define ZMQJS_API
#endif

/* ---- versions ---------------------------------------------------------------- */

/* The version of this header. The soname is libzmqjs.so.ZMQJS_VERSION_MAJOR. */
#define ZMQJS_VERSION_MAJOR 1
#define ZMQJS_VERSION_MINOR 0
#define ZMQJS_VERSION_PATCH 0

/* The version of the structures in this header: what a host writes into their
 * abi_version. It rises when a structure is appended to, never otherwise. */
#define ZMQJS_ABI_VERSION 1u

/*
 * Tells the version of the loaded library.
 * Ownership: the pointers are written to, not kept. NULL: that part is skipped.
 * Threads: any thread, signal handler. Errors: none.
 */
ZMQJS_API void zmqjs_version(int *major, int *minor, int *patch);

/*
 * Tells the newest ABI version that the loaded library reads. It reads every
 * older one too.
 * Threads: any thread, signal handler. Errors: none.
 */
ZMQJS_API uint32_t zmqjs_abi_version(void);

/*
 * Tells the version of the libzmq that the library runs with.
 * Ownership: the pointers are written to, not kept. NULL: that part is skipped.
 * Threads: any thread. Errors: none.
 */
ZMQJS_API void zmqjs_libzmq_version(int *major, int *minor, int *patch);

/*
 * Tells which file that libzmq is in: the library's own, or that of a host which has
 * one (the dynamic linker finds the host's first; all of it is used or nothing, and a
 * mixture is refused with ZMQJS_UNAVAILABLE).
 * Ownership: the text stays the library's, for ever. Never NULL.
 * Threads: any thread. Errors: none.
 */
ZMQJS_API const char *zmqjs_libzmq_path(void);

/* ---- results and errors -------------------------------------------------------- */

/* What zmqjs_* functions, the call of a zmqjs_function and the callbacks of an engine
 * return. Results below zero are failures; those of zmqjs_* functions leave a text for
 * zmqjs_last_error(), those of calls too, but for ZMQJS_EXCEPTION. */
enum zmqjs_status {
    ZMQJS_OK = 0,
    ZMQJS_EXITED = 1,            /* the script called std.exit() */
    ZMQJS_REFUSED = 2,           /* a callback declines; its fallback is taken */
    ZMQJS_DATA = 3,              /* a call's result is in its result_data */
    ZMQJS_EXCEPTION = -1,        /* an exception is pending in the engine */
    ZMQJS_INVALID_ARGUMENT = -2, /* NULL, a foreign or freed pointer, a bad value */
    ZMQJS_VERSION_MISMATCH = -3, /* abi_version or size of a structure unusable */
    ZMQJS_MISSING_CALLBACK = -4, /* a required callback is NULL */
    ZMQJS_BUSY = -5,             /* another thread is inside, or a call is under way */
    ZMQJS_OUT_OF_MEMORY = -6,    /* or out of descriptors: the text says which */
    ZMQJS_UNAVAILABLE = -7,      /* not in this build, in a forked child, or with two
                                    libzmq at once: the text says which */
    ZMQJS_SCRIPT_ERROR = -8,     /* the script did not parse, or did not catch */
    ZMQJS_INTERRUPTED = -9       /* ended by zmqjs_vm_interrupt() */
};

/*
 * Gives the text of the last failure of a zmqjs_* function on this thread: a
 * sentence for people, in UTF-8, for a script error with its stack.
 * Ownership: the library's; valid until the next zmqjs_* call on this thread.
 * NULL: never returned; "" where nothing has failed yet.
 * Threads: any thread, each has its own text. Errors: none.
 */
ZMQJS_API const char *zmqjs_last_error(void);

/* Which of the engine's constructors makes an error. */
enum zmqjs_error_class {
    ZMQJS_ERROR = 0,       /* Error */
    ZMQJS_TYPE_ERROR = 1,  /* TypeError */
    ZMQJS_RANGE_ERROR = 2  /* RangeError */
};

/* An error for the script, as the callback throw_error gets it. */
typedef struct zmqjs_error {
    uint32_t error_class; /* enum zmqjs_error_class */
    int32_t error_number; /* property "errno"; 0: the error has no such property */
    const char *message;  /* property "message", UTF-8, never NULL */
    const char *code;     /* property "code" ("EADDRINUSE"), or NULL: none */
    const char *endpoint; /* property "endpoint", or NULL: none */
} zmqjs_error;

/* ---- values ---------------------------------------------------------------------- */

/*
 * A value of the engine: 16 bytes that only the adapter reads (a JSValue, a
 * napi_value, a stack index, ...).
 *
 * Lifetime: what an adapter passes into a call (this_value, arguments) is
 * borrowed until that call returns. What a callback hands out (value_new,
 * element_get, slot_get) is owned by the library, which gives it back by
 * value_free, or to the adapter as the result of a call. The library keeps no
 * value between two calls; what must live longer it puts into slots.
 */
typedef struct zmqjs_value {
    uint64_t bits[2];
} zmqjs_value;

/* What a zmqjs_data holds. */
enum zmqjs_type {
    ZMQJS_UNDEFINED = 0,
    ZMQJS_NULL = 1,
    ZMQJS_BOOLEAN = 2, /* as.boolean: 0 or 1 */
    ZMQJS_INT32 = 3,   /* as.int32. Reading: may be used for every number it fits;
                          -0 may be read as 0 */
    ZMQJS_DOUBLE = 4,  /* as.number */
    ZMQJS_BIGINT = 5,  /* as.bigint, see ZMQJS_BIGINT_*. Making, without such a type: a
                          number up to 2^53, beyond that a RangeError */
    ZMQJS_STRING = 6,  /* as.string: UTF-8 with length, NULs allowed */
    ZMQJS_BYTES = 7,   /* as.bytes: an ArrayBuffer, or what a view on one shows */
    ZMQJS_NATIVE = 8,  /* as.native: an instance of one of the module's classes */
    ZMQJS_ARRAY = 9,   /* as.elements */
    ZMQJS_OBJECT = 10  /* Reading: anything else (objects, functions, symbols).
                          Making: as.elements with names, a plain object */
};

/* Flags of a ZMQJS_BIGINT. */
#define ZMQJS_BIGINT_UNSIGNED 1u  /* as.bigint holds a uint64_t above INT64_MAX */
#define ZMQJS_BIGINT_TRUNCATED 2u /* reading: it did not fit 64 bits */

typedef struct zmqjs_class zmqjs_class;

/*
 * A value of the engine in a form that C can read. value_get fills one from a
 * value, value_new makes a value from one. An adapter gets it zeroed for reading.
 */
typedef struct zmqjs_data {
    uint32_t type;  /* enum zmqjs_type */
    uint32_t flags; /* ZMQJS_BIGINT_*, else 0 */
    union {
        int boolean;
        int32_t int32;
        double number;
        int64_t bigint; /* two's complement; unspecified if it was truncated */
        /* Reading: borrowed until value_release. A lone surrogate comes as the
         * three bytes of its code point. Making: borrowed for the callback, always
         * well-formed UTF-8. data may be NULL if length is 0. */
        struct {
            const char *data;
            size_t length; /* bytes */
        } string;
        /* Reading: the engine's memory, writable, borrowed until value_release,
         * and only as long as no script runs. A detached buffer has length 0.
         * Making: copied by the callback. data may be NULL if length is 0. */
        struct {
            void *data;
            size_t length; /* bytes */
        } bytes;
        /* definition: the class, by its address in the module's definition.
         * pointer: the library's object, never NULL.
         * construct: NULL when the library makes an instance of its own accord; in
         * a constructor's call the call's this_value (see zmqjs_call), whose
         * property "prototype" may run script code, and throw. */
        struct {
            const zmqjs_class *definition;
            void *pointer;
            const zmqjs_value *construct;
        } native;
        /* Reading: only length is set, for ZMQJS_ARRAY; see element_get.
         * Making: values, and names for ZMQJS_OBJECT (NUL-terminated UTF-8), are
         * borrowed for the callback. */
        struct {
            const zmqjs_value *values;
            const char *const *names;
            size_t length;
        } elements;
    } as;
    /* The adapter's own: what value_release needs to release as.string or
     * as.bytes. The library never reads it. */
    void *held[2];
} zmqjs_data;

/* ---- the engine: what a host gives -------------------------------------------------- */

typedef struct zmqjs_runtime zmqjs_runtime;

/* Frees memory that an engine has adopted; see bytes_adopt. */
typedef void (*zmqjs_release)(void *argument);

/*
 * An engine, described by callbacks.
 *
 * The two first parameters of every callback: payload is what the host gave to
 * zmqjs_runtime_new(); context is what the adapter put into the zmqjs_call that is
 * under way (in QuickJS the JSContext).
 *
 * All callbacks but those that say otherwise are called inside a zmqjs_call, on
 * its thread under the signal mask that this had, and only there. A callback must not
 * jump out of itself (longjmp, C++ exceptions): it returns ZMQJS_EXCEPTION and leaves
 * the exception pending in the engine (where engines throw by jumping, the adapter
 * catches it and throws again after the call has returned); the library then ends the
 * call and hands ZMQJS_EXCEPTION back. What the call had begun is undone, but not a message that
 * was sent or received already. While an exception is pending the library calls only
 * value_free, value_release and scope_close. A callback must not call zmqjs_*
 * functions of the same runtime, except zmqjs_interrupt() and zmqjs_finalize(); but where
 * the engine runs script code of its own accord, a finalizer of the script's say, that may
 * call the module.
 */
typedef struct zmqjs_engine {
    uint32_t abi_version; /* ZMQJS_ABI_VERSION of the header that was compiled with */
    uint32_t size;        /* sizeof(zmqjs_engine) */
    const char *name;     /* for error texts: "quickjs"; NULL: "engine" */

    /*
     * Required. Reads value into *data, which comes zeroed. It must not run script
     * code: no valueOf, no getters, no proxies' traps. Afterwards the library calls
     * value_release, if data is a string or bytes. Returns ZMQJS_OK or
     * ZMQJS_EXCEPTION (out of memory; data is then not released).
     */
    int (*value_get)(void *payload, void *context, zmqjs_value value, zmqjs_data *data);

    /*
     * Required. Makes a value from *data; the library owns *value. For a
     * ZMQJS_NATIVE it makes the instance and takes over as.native.pointer: from
     * then on the adapter must call zmqjs_finalize() when the instance is
     * collected. For ZMQJS_BYTES it makes the array type that the host's scripts
     * expect: Uint8FFArray if the engine has that global, else Uint8Array.
     * Returns ZMQJS_OK or ZMQJS_EXCEPTION (nothing is taken over then).
     */
    int (*value_new)(void *payload, void *context, const zmqjs_data *data, zmqjs_value *value);

    /*
     * Required. Reads element index of an array into *element, which the library
     * owns. It may run script code (a getter). Returns ZMQJS_OK or ZMQJS_EXCEPTION.
     */
    int (*element_get)(void *payload, void *context, zmqjs_value array, uint32_t index,
                       zmqjs_value *element);

    /*
     * Required. Keeps a value for as long as object lives, in its slot number
     * index, where the engine's garbage collector sees it (so that cycles are
     * collected), and releases what the slot held. object is an instance of one of
     * the module's classes. Slots are numbered from 0; any number may be used, and
     * they stay dense. value is borrowed; undefined empties the slot. Returns
     * ZMQJS_OK or ZMQJS_EXCEPTION (the slot is then as it was).
     */
    int (*slot_set)(void *payload, void *context, zmqjs_value object, uint32_t index,
                    zmqjs_value value);

    /*
     * Required. Reads a slot: *value, owned by the library, is the very value that
     * slot_set was given, or undefined. Returns ZMQJS_OK or ZMQJS_EXCEPTION.
     */
    int (*slot_get)(void *payload, void *context, zmqjs_value object, uint32_t index,
                    zmqjs_value *value);

    /*
     * Required. Makes an error with the given message and properties (code, errno,
     * endpoint: writable, enumerable, configurable) and makes it the pending
     * exception. error is borrowed. It cannot fail: if memory runs out, the
     * engine's own out-of-memory exception is pending.
     */
    void (*throw_error)(void *payload, void *context, const zmqjs_error *error);

    /* Optional. Ends the borrowing of a string or bytes that value_get gave.
     * NULL: nothing needs to be released; what was lent stays until the call ends. */
    void (*value_release)(void *payload, void *context, zmqjs_data *data);

    /* Optional. Gives back a value that the library owns. NULL: the engine needs
     * no such thing. */
    void (*value_free)(void *payload, void *context, zmqjs_value value);

    /*
     * Optional, both or none. Surround work that makes many values: scope_open
     * writes whatever the adapter needs into *scope; scope_close ends what was
     * made since, except *keep, which it may rewrite to stay valid outside, and which
     * stays the library's (NULL after a failure: nothing is kept). What else was made
     * inside has been given back by value_free before. Scopes nest. NULL: the work is
     * done without them.
     * scope_open returns ZMQJS_OK or ZMQJS_EXCEPTION (then it is not closed).
     */
    int (*scope_open)(void *payload, void *context, zmqjs_value *scope);
    void (*scope_close)(void *payload, void *context, zmqjs_value scope, zmqjs_value *keep);

    /*
     * Optional. Like value_new for ZMQJS_BYTES, but without copying (asked only for
     * messages of many KiB; their least size may change): the value shows the memory
     * itself, and release(argument) is called once when the engine is done with it, on
     * any thread, at any time from then on, also after zmqjs_runtime_free(). Returns
     * ZMQJS_OK; ZMQJS_REFUSED (the library copies through value_new); or
     * ZMQJS_EXCEPTION. release is not called in the last two cases. NULL: always
     * copied.
     */
    int (*bytes_adopt)(void *payload, void *context, void *data, size_t length,
                       zmqjs_release release, void *argument, zmqjs_value *value);

    /*
     * Optional. Asked while a call waits, at least every 50 ms and after every
     * signal: nonzero ends the call with the error EINTR, zero goes on waiting.
     * context is that of the waiting call. It must not run script code. A signal
     * ends no wait then, zmqjs_interrupt() still does. NULL: a signal whose handler
     * has run ends a wait (EINTR), and so does zmqjs_interrupt().
     */
    int (*interrupted)(void *payload, void *context);
} zmqjs_engine;

/* ---- the module: what the library gives ---------------------------------------------- */

/* What no function of the module has more of. */
#define ZMQJS_PARAMETER_MAXIMUM 8

/*
 * One call of a script: the adapter fills it (on its stack), calls the function,
 * and reads result.
 */
typedef struct zmqjs_call {
    zmqjs_runtime *runtime; /* never NULL */
    void *context;          /* handed through to the callbacks */
    /* this; not read for the module's own functions. In a constructor's call: what
     * value_new needs to make the instance (new.target, or the instance that the
     * engine has made already). That a class is called without `new` is for the
     * adapter to refuse, by a TypeError. */
    zmqjs_value this_value;
    /* Where the adapter knows that this is an instance: its class and pointer, as
     * value_get gives them, which is then not called for this. Else NULL. */
    const zmqjs_class *this_definition;
    void *this_pointer;
    /* May be NULL if argument_count is 0. No function reads more of them than its
     * signature has parameters, which are at most ZMQJS_PARAMETER_MAXIMUM. */
    const zmqjs_value *arguments;
    size_t argument_count;
    zmqjs_value result; /* out: owned by the adapter after ZMQJS_OK */
    /* The rest saves callbacks, for speed; an adapter that does without it zeroes data
     * and wants_data. */
    /* The arguments that the function reads (see zmqjs_function), as value_get would read
     * them, at their places; others are undefined. The adapter releases them after the
     * call. NULL: the library calls value_get and value_release. */
    const zmqjs_data *data;
    /* Nonzero: a result that is undefined, null, a boolean, an int32 or a double may come as
     * data, for the adapter to make the value: the call then returns ZMQJS_DATA. */
    int wants_data;
    zmqjs_data result_data; /* out: after ZMQJS_DATA; only type and as are set */
} zmqjs_call;

/*
 * A function, method, getter, setter or constructor. In all definitions below text
 * is UTF-8 and everything is constant: valid and unchanged until the process ends.
 */
typedef struct zmqjs_function {
    /* "send"; a method that begins with "@@" is named by the well-known symbol of
     * that name ("@@dispose": Symbol.dispose), and is left out by an adapter whose
     * engine lacks the symbol. */
    const char *name;
    /* For people: "send(data, flags?): number | undefined"; of a getter or setter
     * "closed: boolean". */
    const char *signature;
    int length;            /* the property "length": required parameters */
    int parameter_count;   /* at most ZMQJS_PARAMETER_MAXIMUM */
    uint32_t reads;        /* bit i: it reads parameter i, if there is such an argument */
    /*
     * Runs it. self: this definition. Returns ZMQJS_OK and call->result; or ZMQJS_DATA
     * and call->result_data, if the call wants it; or
     * ZMQJS_EXCEPTION with the exception pending in the engine; or, if the engine
     * could not be asked (foreign or freed runtime: ZMQJS_INVALID_ARGUMENT, another
     * thread inside: ZMQJS_BUSY, forked child: ZMQJS_UNAVAILABLE), another failure,
     * for which the adapter throws zmqjs_last_error(). It may block, under the
     * signal mask that the thread had; see zmqjs_interrupt().
     * Threads: see the top of this file. It may be called inside a callback that
     * runs script code (element_get, value_new with a construct), on the same thread.
     */
    int (*call)(const struct zmqjs_function *self, zmqjs_call *call);
} zmqjs_function;

/* A property of instances with a getter, and a setter or NULL (read-only). */
typedef struct zmqjs_accessor {
    const char *name;
    const zmqjs_function *getter;
    const zmqjs_function *setter;
} zmqjs_accessor;

/*
 * A class: a constructor with a prototype that carries methods (writable,
 * configurable, not enumerable), accessors (configurable, not enumerable), and
 * Symbol.toStringTag = name (configurable) where the engine has that symbol. As in
 * the language, the names of the functions are "send", "get closed", "set closed" and
 * "[Symbol.dispose]". Instances carry the library's pointer and slots.
 */
struct zmqjs_class {
    const char *name; /* "Socket" */
    /* Runs `new`; its result is the instance. NULL: scripts cannot construct it,
     * and the adapter's constructor throws a TypeError that says so. */
    const zmqjs_function *constructor;
    const zmqjs_function *const *methods;
    size_t method_count;
    const zmqjs_accessor *const *accessors;
    size_t accessor_count;
    const char *construct_error; /* the text of that TypeError, or NULL */
};

/* A constant: an integer property of the module. */
typedef struct zmqjs_constant {
    const char *name;
    int64_t value;
} zmqjs_constant;

/* The module. Every function, class and constant is an export of that name. */
typedef struct zmqjs_module {
    const char *name; /* "zmq" */
    const zmqjs_function *const *functions;
    size_t function_count;
    const zmqjs_class *const *classes;
    size_t class_count;
    const zmqjs_constant *const *constants;
    size_t constant_count;
} zmqjs_module;

/*
 * Gives the module's definition. It is the same for every engine and runtime, so
 * an adapter may compare classes by address.
 * Ownership: the library's, until the process ends.
 * NULL: returned in a forked child whose parent had not asked for it before; see
 * zmqjs_last_error().
 * Threads: any thread.
 */
ZMQJS_API const zmqjs_module *zmqjs_module_definition(void);

/* ---- runtimes --------------------------------------------------------------------------- */

/*
 * Makes a runtime: what the calls of one JavaScript runtime (or of one of its
 * contexts) have in common. It starts no thread and opens one descriptor.
 * Ownership: engine is copied; payload is kept and handed to every callback,
 * until zmqjs_runtime_free() returns (an adapter's own functions may need it for
 * longer). *runtime is to be freed by zmqjs_runtime_free().
 * NULL: payload may be NULL; anything else: ZMQJS_INVALID_ARGUMENT.
 * Threads: any thread.
 * Errors: ZMQJS_VERSION_MISMATCH, ZMQJS_MISSING_CALLBACK (the text names it),
 * ZMQJS_INVALID_ARGUMENT, ZMQJS_OUT_OF_MEMORY, ZMQJS_UNAVAILABLE; *runtime is NULL
 * then.
 */
ZMQJS_API int zmqjs_runtime_new(const zmqjs_engine *engine, void *payload,
                                zmqjs_runtime **runtime);

/*
 * Ends a runtime: closes what its script left open, and waits for messages not
 * yet sent, at most zmqjs_leave_timeout() milliseconds in all (a LINGER that the
 * script has set is respected below that). No callback is called. Instances
 * that the engine still holds may be finalized afterwards (zmqjs_finalize) but
 * not used: their calls fail with ZMQJS_INVALID_ARGUMENT.
 * Ownership: runtime is gone, also if the wait timed out.
 * NULL: ZMQJS_INVALID_ARGUMENT. A foreign pointer or one freed before likewise.
 * Threads: any thread; ZMQJS_BUSY while a call is under way, nothing is done then.
 */
ZMQJS_API int zmqjs_runtime_free(zmqjs_runtime *runtime);

/*
 * Ends the wait that is under way in the runtime, or else the next one: that call
 * throws an Error with code "EINTR". Several before a wait are one. Calls that do
 * not wait are not disturbed.
 * NULL, a foreign or a freed pointer: ZMQJS_INVALID_ARGUMENT.
 * Threads: any thread, signal handler. It sets no text for zmqjs_last_error().
 */
ZMQJS_API int zmqjs_interrupt(zmqjs_runtime *runtime);

/*
 * Tells the library that the engine has collected an instance that value_new made.
 * A socket is then closed in the background with its own LINGER.
 * Ownership: native (as.native.pointer) is gone; an adapter calls this exactly
 * once for each instance, also after its runtime was freed.
 * NULL: nothing happens.
 * Threads: any thread; inside the engine's collector too: it never enters the
 * engine, never blocks, never fails.
 */
ZMQJS_API void zmqjs_finalize(void *native);

/*
 * Sets how long leaving (zmqjs_runtime_free, zmqjs_vm_free, exit of the process)
 * waits at most for messages not yet sent, in milliseconds, for the whole
 * process. The default is 1000, or the environment variable ZMQJS_LEAVE_TIMEOUT. It is
 * one time for all: runtimes that are freed one after the other without being used in
 * between share it, and the exit of the process does not wait for them again.
 * A negative value sets nothing. Returns the value in force before the call. libzmq
 * itself may need some 100 ms more to end.
 * Threads: any thread, signal handler. Errors: none.
 */
ZMQJS_API int zmqjs_leave_timeout(int milliseconds);

/*
 * Sets how many bytes of memory the library keeps at most for the next large messages to
 * be sent (64 KiB and more each), for the whole process; memory of messages under way is
 * not counted. What nobody has needed for half a second to a second is given back. The
 * default is 64 MiB, or the environment variable ZMQJS_POOL_LIMIT, in bytes; with 0
 * nothing is kept and the host's malloc serves. A negative value sets nothing. Returns
 * the value in force before the call.
 * Threads: any thread. Errors: none.
 */
ZMQJS_API int64_t zmqjs_pool_limit(int64_t bytes);

/*
 * Gives how many bytes are kept now.
 * Threads: any thread. Errors: none.
 */
ZMQJS_API int64_t zmqjs_pool_size(void);

/* ---- tracing ------------------------------------------------------------------------------ */

/* What a trace event tells of. */
enum zmqjs_trace_kind {
    ZMQJS_TRACE_SOCKET = 0, /* a socket was made */
    ZMQJS_TRACE_BIND = 1,
    ZMQJS_TRACE_UNBIND = 2,
    ZMQJS_TRACE_CONNECT = 3,
    ZMQJS_TRACE_DISCONNECT = 4,
    ZMQJS_TRACE_SEND = 5,
    ZMQJS_TRACE_RECEIVE = 6,
    ZMQJS_TRACE_CLOSE = 7, /* by the script; not of a socket that it only drops */
    ZMQJS_TRACE_PEERS = 8, /* the number of peers that it is connected with has changed */
    ZMQJS_TRACE_FULL = 9   /* a message finds no room: its send waits, or gives up */
};

/* Something that a script did with a socket, and that succeeded, or what its kind says.
 * Peers are counted of sockets that are made while there is a trace function, not over
 * inproc, and until the script monitors the socket itself; that takes two more sockets of
 * the context's MAX_SOCKETS for each. */
typedef struct zmqjs_trace_event {
    uint32_t kind;        /* enum zmqjs_trace_kind */
    int32_t socket_type;  /* ZMQ_PAIR and so on */
    uint64_t socket;      /* a number that no other socket of the process ever has */
    const char *endpoint; /* of bind and the like as the script gave it; else the one
                             that was last bound or connected; "" where it has none */
    const void *data;     /* the message's first bytes; NULL for other kinds */
    size_t data_length;   /* at most 64 */
    size_t size;          /* of the whole message; or the number of peers */
    int32_t flags;        /* of a send: ZMQ_SNDMORE; of a receive: ZMQ_MORE; when there is
                             no room, those of the call */
} zmqjs_trace_event;

/* Receives trace events. event and what it points to are borrowed for the call. It
 * runs on the thread of the script's call under the signal mask that this had; or for
 * the bundled VM on the VM's, and for ZMQJS_TRACE_PEERS on one of the library's own, with
 * every signal blocked. So it may run on several threads at once; it must be quick and
 * must not call the library. */
typedef void (*zmqjs_trace_function)(void *payload, const zmqjs_trace_event *event);

/*
 * Sets the function that sees what every runtime and VM of the process sends and
 * receives. There is one at a time.
 * Ownership: payload is kept and handed through; events that began before the
 * call may still reach the former function for a moment after it.
 * NULL: function NULL ends tracing; payload may be NULL.
 * Threads: any thread. Errors: ZMQJS_UNAVAILABLE in a forked child, ZMQJS_OUT_OF_MEMORY.
 */
ZMQJS_API int zmqjs_trace(zmqjs_trace_function function, void *payload);

/* ---- policy ------------------------------------------------------------------------------- */

/* What a script wants to do with an endpoint. */
enum zmqjs_operation {
    ZMQJS_OPERATION_BIND = 0,
    ZMQJS_OPERATION_CONNECT = 1
};

/* Tells whether a script may: nonzero allows it, zero makes the call throw EPERM.
 * operation is an enum zmqjs_operation; endpoint is what the script gave (UTF-8), borrowed
 * for the call. It runs on the thread of the script's call under the signal mask that this
 * had, or for the bundled VM on the VM's with every signal blocked, so perhaps on several
 * at once; it must not call the library. */
typedef int (*zmqjs_policy_function)(void *payload, int operation, const char *endpoint);

/*
 * Sets the function that is asked before a socket of a script, in any runtime or VM of the
 * process, is bound or connected. There is one at a time. What is open stays open.
 * Ownership: payload is kept and handed through; calls that began before may still ask the
 * former function for a moment after it.
 * NULL: function NULL allows everything, as in the beginning; payload may be NULL.
 * Threads: any thread. Errors: ZMQJS_UNAVAILABLE in a forked child, ZMQJS_OUT_OF_MEMORY.
 */
ZMQJS_API int zmqjs_policy(zmqjs_policy_function function, void *payload);

/* ---- the bundled engine ---------------------------------------------------------------------- */

/*
 * A JavaScript engine (ECMAScript modules, TypeScript; modules zmq, std, os) for
 * hosts that have none. A script runs on a thread of the library's own, while the
 * host's thread waits inside the call, under its own signal mask: the host's
 * signal handlers run as in any other wait. The VM installs no signal handler.
 * In a lean build of the library every function here returns ZMQJS_UNAVAILABLE.
 */
typedef struct zmqjs_vm zmqjs_vm;

/* What a script wants to happen on a signal: os.signal(signal, ...). */
enum zmqjs_signal_action {
    ZMQJS_SIGNAL_DEFAULT = 0, /* os.signal(s, null): the system's default */
    ZMQJS_SIGNAL_IGNORE = 1,  /* os.signal(s, undefined): ignore it */
    ZMQJS_SIGNAL_HANDLE = 2   /* os.signal(s, f): call zmqjs_vm_signal() for it */
};

typedef struct zmqjs_vm_options {
    uint32_t abi_version; /* ZMQJS_ABI_VERSION */
    uint32_t size;        /* sizeof(zmqjs_vm_options) */
    void *payload;        /* handed to the callbacks */
    /*
     * Optional. Carries out os.signal() for the script, on the VM's thread. Returns
     * 0, or an errno that the script gets as an error. NULL: os.signal() throws
     * ENOTSUP.
     */
    int (*signal_action)(void *payload, int signal_number, int action);
} zmqjs_vm_options;

/*
 * Makes a VM.
 * Ownership: options is copied, its payload kept until zmqjs_vm_free() returns.
 * *vm is to be freed by zmqjs_vm_free().
 * NULL: options may be NULL (no callbacks); vm: ZMQJS_INVALID_ARGUMENT.
 * Threads: any thread.
 * Errors: ZMQJS_INVALID_ARGUMENT, ZMQJS_VERSION_MISMATCH, ZMQJS_OUT_OF_MEMORY,
 * ZMQJS_UNAVAILABLE; *vm is NULL then.
 */
ZMQJS_API int zmqjs_vm_new(const zmqjs_vm_options *options, zmqjs_vm **vm);

/*
 * Sets the script's scriptArgs; the first is by custom the script's name.
 * Ownership: the texts (UTF-8) are copied.
 * NULL: vm, or arguments with count > 0, or one of them: ZMQJS_INVALID_ARGUMENT.
 * Threads: one at a time for each VM; ZMQJS_BUSY while it runs.
 */
ZMQJS_API int zmqjs_vm_set_arguments(zmqjs_vm *vm, size_t count, const char *const *arguments);

/*
 * Runs a source text, and then what it left to do (timers, promises, signal
 * handlers), until nothing is left. A text with import or export is a module, any
 * other a classic script. Relative imports start from the working directory.
 * Ownership: all texts are copied. *exit_status is written on ZMQJS_EXITED.
 * NULL: name NULL is "<evaluate>"; exit_status may be NULL; others:
 * ZMQJS_INVALID_ARGUMENT.
 * Threads: any, one at a time for each VM; ZMQJS_BUSY while it runs.
 * Errors: ZMQJS_SCRIPT_ERROR (text and stack by zmqjs_last_error(); an error in a
 * timer or a handler does not end the script, it is written to standard error at
 * once, and the text is then ""), ZMQJS_INTERRUPTED, ZMQJS_INVALID_ARGUMENT,
 * ZMQJS_BUSY. After ZMQJS_EXITED the VM runs no more script: every further run
 * returns the same.
 */
ZMQJS_API int zmqjs_vm_evaluate(zmqjs_vm *vm, const char *name, const char *source, size_t length,
                                int *exit_status);

/*
 * Runs a file: JavaScript (.js, .mjs) or TypeScript (.ts), as zmqjs_vm_evaluate
 * does. The path "-" is standard input. Relative imports start from the file's
 * directory. Ownership, NULL, threads, errors: as there; a file that cannot be
 * read is a ZMQJS_SCRIPT_ERROR.
 */
ZMQJS_API int zmqjs_vm_run_file(zmqjs_vm *vm, const char *path, int *exit_status);

/*
 * Ends the script that runs in the VM, or else the next one: it runs no more code,
 * waits included, and the call that runs it returns ZMQJS_INTERRUPTED.
 * NULL, a foreign or a freed pointer: ZMQJS_INVALID_ARGUMENT.
 * Threads: any thread, signal handler. It sets no text for zmqjs_last_error().
 */
ZMQJS_API int zmqjs_vm_interrupt(zmqjs_vm *vm);

/*
 * Tells the VM that a signal has come for which the script asked to be told
 * (ZMQJS_SIGNAL_HANDLE). A call that waits throws an Error with code "EINTR"; the
 * script's function runs when the script returns to its event loop.
 * Errors: ZMQJS_INVALID_ARGUMENT for NULL, a foreign or freed pointer, or a
 * signal_number outside 1 to 64.
 * Threads: any thread, signal handler. It sets no text for zmqjs_last_error().
 */
ZMQJS_API int zmqjs_vm_signal(zmqjs_vm *vm, int signal_number);

/*
 * Ends a VM: as zmqjs_runtime_free() for what its script left open.
 * Ownership: vm is gone.
 * NULL, a foreign pointer or one freed before: ZMQJS_INVALID_ARGUMENT.
 * Threads: any thread; ZMQJS_BUSY while it runs, nothing is done then.
 */
ZMQJS_API int zmqjs_vm_free(zmqjs_vm *vm);

#ifdef __cplusplus
}
#endif

#endif /* ZMQJS_H */
