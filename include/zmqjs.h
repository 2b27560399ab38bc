/*
 * zmqjs.h - ZeroMQ for JavaScript hosts: the C ABI of libzmqjs.so
 *
 * libzmqjs gives a JavaScript engine the module "zmq" (Context, Socket, Poller,
 * constants). The library depends on no engine. An adapter connects the two: it
 * defines the module in the engine as the library lists its functions
 * (zmqjs_register), and it carries out calls. A call is data in, data out:
 *
 *     1. the adapter reads the arguments into zmqjs_data, in a zmqjs_frame;
 *     2. function->call() does the work, without a call into the engine;
 *     3. the adapter makes the engine's value from the frame's result, or throws
 *        the frame's error.
 *
 * Adapters are ready for the QuickJS family (zmqjs_quickjs.h), Node-API
 * (zmqjs_napi.h), JavaScriptCore (zmqjs_jsc.h), SpiderMonkey (zmqjs_spidermonkey.h)
 * and Duktape (zmqjs_duktape.h). A host without an engine uses the bundled one
 * (zmqjs_vm, at the end of this file), or calls the functions without any engine,
 * from any language that can call C.
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
 * OWNERSHIP, for the whole file. A function borrows the text and structures that it
 * is given until it returns, unless its comment says longer. Memory that a function
 * returns belongs to the library; its comment says how long it may be read.
 *
 * GROWTH. zmqjs_engine, zmqjs_registrar and zmqjs_vm_options begin with the ABI
 * version and their size. They only grow at their end. The library accepts every
 * size from the one that the comment of the structure names, reads min(size, its own
 * size) bytes, and takes the fields that are missing as zero. Structures that the
 * library fills (zmqjs_function, zmqjs_class, zmqjs_trace_event) only grow at their
 * end too; they are reached by pointers, never by arrays of structures. zmqjs_data
 * and zmqjs_frame keep their layout; zmqjs_frame has room reserved.
 *
 * THE PROCESS stays the host's. Signals, their handlers and masks, limits, locale and
 * environment stay as they were, with two exceptions. The library installs a handler for
 * SIGSEGV, SIGBUS and SIGFPE that carries out the host's action for every fault outside
 * Go. A thread without an alternate signal stack gets one of 256 KiB when it first calls
 * the library. 0, 1 and 2 never become descriptors of the library. See docs/embedding.md.
 *
 * WINDOWS has no signals, no cancelling and no fork(): what is said about them does not apply there, and
 * "signal handler" is to be read as "console control handler". Exceptions and the rest of what belongs to the
 * process are in docs/platforms.md.
 *
 * LEAVING. When main() returns or exit() is called, calls that are under way on other threads
 * go on until the process has ended; calls that begin later throw ETERM. A thread may be
 * cancelled: that takes effect where a call waits. See docs/embedding.md.
 *
 * LIMITS. Loading needs threads, 720 MiB of address space (not memory), 36 MiB of data and
 * the stacks of five threads (RLIMIT_DATA), 20 KiB of stack and some system calls. A
 * constructor cannot make dlopen() fail, so if one of these is missing, the library writes a
 * line that names it on standard error and aborts. After loading, functions return
 * ZMQJS_OUT_OF_MEMORY or calls throw if descriptors or memory run out, or if a system call
 * that they try is denied. Go and libzmq write a line and abort if they cannot start a thread
 * or get memory in the middle of a call, or if a system call that they had before is denied.
 * If exit is denied, loading does not return; if exit_group is, the process does not end with
 * the host's last thread; if brk is, malloc() may fail in any way.
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

/* Windows' linker is told what to export in another way, and code calls a DLL without being told. */
#if (defined(__GNUC__) || defined(__clang__)) && !defined(_WIN32)
#define ZMQJS_API __attribute__((visibility("default")))
#else
#define ZMQJS_API
#endif

/* ---- versions ---------------------------------------------------------------- */

/* The version of this header. The soname is libzmqjs.so.ZMQJS_VERSION_MAJOR. */
#define ZMQJS_VERSION_MAJOR 1
#define ZMQJS_VERSION_MINOR 0
#define ZMQJS_VERSION_PATCH 0

/* The version of the structures in this header, which a host writes into their
 * abi_version. It rises when fields are appended to a structure, never otherwise. */
#define ZMQJS_ABI_VERSION 2u

/*
 * Gets the version of the loaded library.
 * Ownership: the pointers are written to, not kept. NULL: that part is skipped.
 * Threads: any thread, signal handler. Errors: none.
 */
ZMQJS_API void zmqjs_version(int *major, int *minor, int *patch);

/*
 * Returns the newest ABI version that the loaded library reads. It reads every
 * older one too.
 * Threads: any thread, signal handler. Errors: none.
 */
ZMQJS_API uint32_t zmqjs_abi_version(void);

/*
 * Gets the version of the libzmq that the library uses.
 * Ownership: the pointers are written to, not kept. NULL: that part is skipped.
 * Threads: any thread. Errors: none.
 */
ZMQJS_API void zmqjs_libzmq_version(int *major, int *minor, int *patch);

/*
 * Returns the path of the file that contains that libzmq: the library's own, or the
 * host's if it has one (the dynamic linker finds the host's first; either all of it is
 * used or none, and a mixture is refused with ZMQJS_UNAVAILABLE).
 * Ownership: the library's, valid until the process ends. Never NULL.
 * Threads: any thread. Errors: none.
 */
ZMQJS_API const char *zmqjs_libzmq_path(void);

/* ---- statuses and errors ------------------------------------------------------- */

/* The results of zmqjs_* functions, of a zmqjs_function's call and of callbacks. Negative
 * values are failures. A failed zmqjs_* function leaves a text for zmqjs_last_error(); a
 * failed call leaves its error in the frame. */
enum zmqjs_status {
    ZMQJS_OK = 0,
    ZMQJS_EXITED = 1,            /* the script called std.exit() */
    ZMQJS_HELD = 2,              /* of a call: a result, and zmqjs_frame_release() is due */
    ZMQJS_EXCEPTION = -1,        /* of a call: an error in the frame; of a callback of the
                                    adapter: an exception is pending in the engine */
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
 * Returns the text of the last failure of a zmqjs_* function on this thread: a
 * sentence in UTF-8; for a script error, the error and its stack.
 * Ownership: the library's; valid until the next zmqjs_* call on this thread.
 * NULL: never returned; "" if nothing has failed yet.
 * Threads: any thread, each has its own text. Errors: none.
 */
ZMQJS_API const char *zmqjs_last_error(void);

/* Which of the engine's constructors makes an error. */
enum zmqjs_error_class {
    ZMQJS_ERROR = 0,      /* Error */
    ZMQJS_TYPE_ERROR = 1, /* TypeError */
    ZMQJS_RANGE_ERROR = 2 /* RangeError */
};

/* An error for the script. Its properties are writable, enumerable and configurable, like
 * those of Node's system errors; the engine's constructor defines "message". */
typedef struct zmqjs_error {
    uint32_t error_class; /* enum zmqjs_error_class */
    int32_t error_number; /* property "errno"; 0: the error has no such property */
    const char *message;  /* well-formed UTF-8, never NULL */
    const char *code;     /* property "code" ("EADDRINUSE"), or NULL: none */
    const char *endpoint; /* property "endpoint", or NULL: none */
} zmqjs_error;

/* ---- data ------------------------------------------------------------------------ */

/* The type of a zmqjs_data. An adapter reads an argument from a value of the engine, and
 * makes a value from a result. */
enum zmqjs_type {
    ZMQJS_UNDEFINED = 0,
    ZMQJS_NULL = 1,
    ZMQJS_BOOLEAN = 2,  /* as.boolean: 0 or 1 */
    ZMQJS_INT32 = 3,    /* as.int32. An argument may have this type for every number that
                           an int32 can hold, -0 included */
    ZMQJS_DOUBLE = 4,   /* as.number */
    ZMQJS_BIGINT = 5,   /* as.bigint, in two's complement, with ZMQJS_UNSIGNED or
                           ZMQJS_TRUNCATED. A result, in an engine without BigInt: a
                           number up to 2^53, beyond that the adapter throws a RangeError */
    ZMQJS_STRING = 6,   /* as.data and length; see the flags for the encoding. NULs are
                           characters like others */
    ZMQJS_BYTES = 7,    /* as.data and length in bytes. Argument: the memory that an
                           ArrayBuffer or a view shows, writable; of a detached buffer
                           length 0. Result: copied by the adapter into the array type that
                           the host's scripts expect (Uint8FFArray where the engine has
                           that global, else Uint8Array), or taken over by
                           zmqjs_frame_adopt() */
    ZMQJS_INSTANCE = 8, /* as.instance: an instance of one of the module's classes. Result: a
                           new one, never inside an array or object; length is the number of
                           its class, see zmqjs_class */
    ZMQJS_ARRAY = 9,    /* as.elements and their number in length */
    ZMQJS_OBJECT = 10,  /* Argument: any other value (objects, functions, symbols). Result:
                           a plain object of length properties: as.elements has a string and
                           a value in turn for each; writable, enumerable, configurable */
    ZMQJS_KEPT = 11,    /* Result: the value that this keeps under index as.int32; undefined
                           if there is none */
    ZMQJS_THIS = 12,    /* Result: this */
    ZMQJS_LENT = 13     /* Argument, of a parameter that lends names: bytes as of ZMQJS_BYTES, at
                           as.lent->data, and length. The library may use them after the call.
                           Of less than 64 KiB, over inproc, or in a shared context unless
                           they are ZMQJS_LASTING, it makes a copy instead */
};

/* Flags of a zmqjs_data. */
enum zmqjs_data_flags {
    ZMQJS_UNSIGNED = 1,  /* BIGINT: as.bigint holds a uint64_t above INT64_MAX */
    ZMQJS_TRUNCATED = 2, /* BIGINT argument: it does not fit 64 bits; as.bigint is unspecified */
    ZMQJS_LATIN1 = 4,    /* STRING argument: length bytes, each one a character up to U+00FF */
    ZMQJS_UTF16 = 8,     /* STRING argument: length units of 2 bytes, in the machine's order */
    ZMQJS_ADOPTABLE = 16, /* BYTES result: zmqjs_frame_adopt() may take it over */
    ZMQJS_LASTING = 32    /* LENT argument: it may be released at any time after
                             zmqjs_runtime_free() */
};
/* A string without ZMQJS_LATIN1 and ZMQJS_UTF16 is length bytes of UTF-8. An argument may contain
 * surrogates, of three bytes each; a result is well-formed. The library sends a pair of surrogates
 * as one character, and a lone surrogate as U+FFFD. */

/* The library's part of an instance of one of the module's classes. */
typedef struct zmqjs_instance zmqjs_instance;

/*
 * Bytes with a reference count, which the library may send without a copy. It may read them
 * after the call has returned, until libzmq has sent them. The adapter holds one reference
 * during the call.
 * Ownership: the structure and the memory belong to the adapter, and stay where they are until
 * the last reference is released. Bytes that are changed before that may be sent changed.
 * The library calls retain during the call, on its thread, and release exactly as often: on any
 * thread, at the latest when the context of the socket has ended, which may be after
 * zmqjs_runtime_free(). Neither may call the library or the engine, wait, or fail.
 * NULL: data may be NULL if there are no bytes; nothing else may.
 */
typedef struct zmqjs_lent {
    void *data;
    void (*retain)(struct zmqjs_lent *lent);
    void (*release)(struct zmqjs_lent *lent);
} zmqjs_lent;

/*
 * A value as data. The library borrows arguments: their bytes and texts stay where they are
 * until the call returns. Results belong to the frame: they are valid until
 * zmqjs_frame_release(), or after ZMQJS_OK as long as the frame exists. An adapter writes
 * type, the members that the type names, and flags if the type has any (BIGINT, STRING, LENT). It
 * need not write others.
 */
typedef struct zmqjs_data {
    uint32_t type;  /* enum zmqjs_type */
    uint32_t flags; /* enum zmqjs_data_flags, combined */
    union {
        int32_t boolean;
        int32_t int32;
        double number;
        int64_t bigint;
        void *data;                         /* may be NULL if length is 0 */
        zmqjs_instance *instance;           /* never NULL */
        zmqjs_lent *lent;                   /* never NULL */
        const struct zmqjs_data *elements;  /* see ZMQJS_ARRAY, ZMQJS_OBJECT */
    } as;
    size_t length;
} zmqjs_data;

/* ---- calls ------------------------------------------------------------------------- */

typedef struct zmqjs_runtime zmqjs_runtime;

/* The most parameters that a function has. */
#define ZMQJS_PARAMETER_MAXIMUM 8

/* The most elements of an array argument that an adapter reads; see zmqjs_function. */
#define ZMQJS_ELEMENT_MAXIMUM 1048576

/* One change to the values that this keeps; see zmqjs_frame. */
typedef struct zmqjs_keep {
    uint32_t index;   /* under which index */
    int32_t argument; /* the argument to be kept, by its number; -1: drop the kept value, if
                         there is one */
} zmqjs_keep;

/*
 * One call of a script. The adapter has it on its stack, writes the first part, calls
 * function->call(), and reads the second part. It need not be zeroed. It must not be moved before
 * its release, since it may point into itself.
 *
 * KEPT VALUES. An instance keeps values of the engine by index, in one array that the engine's
 * collector sees; so cycles are collected, and event.socket is the very socket that was added. The
 * frame lists what changes (keep, in order). Indexes are dense: every index is lower than the length
 * of the array (1 + the highest index that keep has had so far) plus the function's keeps. Before
 * the call of a function whose keeps is above 0 the adapter makes room for that many more, and throws
 * if it cannot; so nothing can fail after the call. (Constructors keep nothing.) No script code, not
 * even a finalizer's, may run between making room and the end of keep: the adapter releases dropped
 * values after that, and takes the value that the result names (ZMQJS_KEPT) before it makes anything
 * that may collect garbage.
 */
typedef struct zmqjs_frame {
    /* Written by the adapter: */
    zmqjs_runtime *runtime;
    void *context; /* handed to the callbacks of zmqjs_engine (in QuickJS the JSContext) */
    zmqjs_instance *self; /* this, if it is an instance of one of the classes; else NULL. Of a
                             function of the module or of a constructor, or a constructor: not
                             read */
    const zmqjs_data *arguments; /* argument_count of them; may be NULL if that is 0 */
    size_t argument_count; /* more than the function has parameters need not be passed */
    /* Written by the call: */
    zmqjs_data result; /* after ZMQJS_OK and ZMQJS_HELD */
    const zmqjs_keep *keep; /* after ZMQJS_HELD: what this keeps or drops, keep_count of them */
    size_t keep_count;
    zmqjs_error error; /* after ZMQJS_EXCEPTION; its texts are valid until the release */
    /* The library's own. */
    uint64_t reserved[32];
} zmqjs_frame;

/*
 * A function, method, getter, setter or constructor. In this and the structures below text is
 * UTF-8, and everything is constant: valid and unchanged until the process ends.
 */
typedef struct zmqjs_function {
    /* The property "name", ready-made: "send", "get closed", "[Symbol.dispose]". */
    const char *name;
    /* For people: "send(data, flags?): number | undefined"; of a getter or setter
     * "closed: boolean". */
    const char *signature;
    uint32_t length; /* the property "length" */
    uint32_t number; /* its index in zmqjs_functions() */
    uint32_t parameter_count; /* at most ZMQJS_PARAMETER_MAXIMUM */
    uint32_t reads;  /* bit i: it reads parameter i. The adapter need not read others, and
                        passes ZMQJS_UNDEFINED for them */
    uint32_t arrays; /* bit i: if parameter i is an array, the adapter reads its elements: it
                        gets all of them first (getting one may run a getter of the script), and
                        then reads each. Of more than ZMQJS_ELEMENT_MAXIMUM only length
                        is set, and elements is NULL. In other places an array is passed with
                        elements NULL and length 0 */
    uint32_t keeps;  /* how many values it may make this keep */
    /*
     * Carries out the function. self: this structure. Returns
     *   ZMQJS_OK         frame->result is there; there is nothing to release;
     *   ZMQJS_HELD       the same, and perhaps frame->keep; the adapter carries out keep,
     *                    makes the value, and calls zmqjs_frame_release();
     *   ZMQJS_EXCEPTION  the adapter throws frame->error, and calls zmqjs_frame_release().
     * A new instance in a result belongs to the adapter from then on: it calls zmqjs_finalize() when
     * the instance is collected, or at once if it cannot make the object. A constructor's
     * result is the instance.
     * These throw like other errors: a foreign or freed runtime, or a process that is ending (ETERM);
     * a forked child (ENOTSUP); another thread inside (EBUSY); a runtime in which a thread was
     * cancelled in the middle of a call (ECANCELED).
     * NULL: neither may be NULL; frame NULL returns ZMQJS_INVALID_ARGUMENT.
     * Of the engine it calls only interrupted and collect of zmqjs_engine. It may block, with the
     * thread's own signal mask; see zmqjs_interrupt(). Where it waits the thread may be cancelled, and a
     * signal handler may jump out of it: the frame is then released, or must not be used any more.
     * Threads: see the top of this file. It may be called from collect, finalizers and getters, but
     * not from interrupted.
     */
    int (*call)(const struct zmqjs_function *self, zmqjs_frame *frame);
    /* From ABI version 2 on: */
    /*
     * The same in fewer steps, for calls with the arguments that are usual; NULL where there is no
     * such form. An adapter need not use it. A function that has it takes one value of any kind, or
     * none (parameter_count is 2, or 1), and then an integer.
     * Of the frame only runtime, context and self are read; arguments and argument_count may have
     * changed afterwards. data is the value, and not read if the function takes none. integer is the last argument, which is an int32; where it is absent and
     * optional (length is below parameter_count) it is 0. For all other arguments call() is called.
     * Returns what call() returns, with the same result or error. keep is not written: it keeps nothing.
     * Ownership, NULL, threads, errors: as call(). data may be NULL if it is not read.
     */
    int (*fast_call)(const struct zmqjs_function *self, zmqjs_frame *frame, const zmqjs_data *data,
                     int32_t integer);
    uint32_t lends; /* bit i: bytes of parameter i, or of elements of an array that it is, may be passed
                       as ZMQJS_LENT */
} zmqjs_function;

/*
 * Frees the memory that a call has left in its frame. Afterwards the frame may be used for another call.
 * Ownership: result, keep and error of the frame are gone; new instances are not.
 * NULL: nothing happens. After ZMQJS_OK it need not be called, and does nothing. A frame that was
 * not used in a call must not be released.
 * Threads: any, after the call; also after zmqjs_runtime_free(). Errors: none.
 */
ZMQJS_API void zmqjs_frame_release(zmqjs_frame *frame);

/* Frees memory that an adapter has taken over. Called once, on any thread, at any time. */
typedef void (*zmqjs_release)(void *argument);

/*
 * Takes over the memory of bytes that have the flag ZMQJS_ADOPTABLE, so that the engine can show
 * it without a copy: bytes->as.data, bytes->length bytes, writable.
 * Ownership: the memory is the caller's until it calls (*release)(*argument), exactly once, on any
 * thread, at any time, also after zmqjs_runtime_free(). The frame still has to be released.
 * NULL: no argument may be NULL.
 * Threads: that of the call. Errors: ZMQJS_INVALID_ARGUMENT (bytes is not such a part of the
 * frame's result, or was taken over before); ZMQJS_OUT_OF_MEMORY: the adapter then copies.
 */
ZMQJS_API int zmqjs_frame_adopt(zmqjs_frame *frame, const zmqjs_data *bytes,
                                zmqjs_release *release, void **argument);

/* ---- registration -------------------------------------------------------------------- */

/*
 * Returns all functions of the module. The index of each is its number, so a function of the engine
 * needs to carry only that number. The library may have more functions than the version that the
 * adapter was compiled for.
 * Ownership: the library's, valid until the process ends.
 * NULL: count may be NULL. Returns NULL in a forked child, and if memory runs out; see
 * zmqjs_last_error().
 * Threads: any thread.
 */
ZMQJS_API const zmqjs_function *const *zmqjs_functions(size_t *count);

/* A class. Its instances carry a zmqjs_instance, and keep values. */
typedef struct zmqjs_class {
    const char *name; /* "Socket" */
    uint32_t number;  /* counted from 0 in the order of registration */
    uint32_t size;    /* about how many bytes an instance holds outside the engine's heap, for
                         engines whose collector can be told */
    /* `new` calls it. If scripts cannot construct the class, it throws a TypeError that says
     * how instances are made. The adapter throws a TypeError for a call without `new`. */
    const zmqjs_function *constructor;
} zmqjs_class;

/* Where a property is defined. */
enum zmqjs_target {
    ZMQJS_ON_MODULE = 0,     /* an export */
    ZMQJS_ON_PROTOTYPE = 1,  /* of the class begun last */
    ZMQJS_ON_CONSTRUCTOR = 2 /* of the class begun last */
};

/* Attributes of a property. */
enum zmqjs_attributes {
    ZMQJS_WRITABLE = 1,
    ZMQJS_ENUMERABLE = 2,
    ZMQJS_CONFIGURABLE = 4
};

/* A property to be defined. */
typedef struct zmqjs_property {
    uint32_t target;     /* enum zmqjs_target */
    uint32_t attributes; /* enum zmqjs_attributes, combined; of an export the engine decides */
    const char *name;    /* "send"; or NULL: */
    const char *symbol;  /* "dispose" for Symbol.dispose; or NULL. An adapter whose engine lacks the
                            symbol leaves the property out */
} zmqjs_property;

/*
 * The adapter's side of the registration: callbacks that define the module in the engine. All are
 * required. payload is the argument of zmqjs_register(). Properties, values, functions, classes and
 * their texts stay valid until the process ends. Each callback returns ZMQJS_OK, or
 * ZMQJS_EXCEPTION, which ends the registration; no callback is called after that. Callbacks
 * may run script code and call zmqjs_* functions.
 * Size: the whole of it, in ABI version 1.
 */
typedef struct zmqjs_registrar {
    uint32_t abi_version; /* ZMQJS_ABI_VERSION of the header that was compiled with */
    uint32_t size;        /* sizeof(zmqjs_registrar) */
    /* Makes a class: a constructor with a prototype. property says where the constructor goes. Later
     * properties for ZMQJS_ON_PROTOTYPE and ZMQJS_ON_CONSTRUCTOR belong to it, until the next class. */
    int (*begin_class)(void *payload, const zmqjs_property *property, const zmqjs_class *definition);
    /* Defines a function. */
    int (*define_function)(void *payload, const zmqjs_property *property,
                           const zmqjs_function *function);
    /* Defines an accessor. setter is NULL if it is read-only. */
    int (*define_accessor)(void *payload, const zmqjs_property *property,
                           const zmqjs_function *getter, const zmqjs_function *setter);
    /* Defines a constant: an int32, a double or a string. */
    int (*define_value)(void *payload, const zmqjs_property *property, const zmqjs_data *value);
} zmqjs_registrar;

/*
 * Walks the module's definition once, always in the same order, and calls the callbacks. It may
 * be called any number of times; the library keeps nothing of it.
 * Ownership: registrar is borrowed; payload is passed to every callback.
 * NULL: payload may be NULL; registrar: ZMQJS_INVALID_ARGUMENT.
 * Threads: any thread. Errors: ZMQJS_EXCEPTION as soon as a callback returns anything but
 * ZMQJS_OK; ZMQJS_VERSION_MISMATCH, ZMQJS_MISSING_CALLBACK (the text names it),
 * ZMQJS_INVALID_ARGUMENT, ZMQJS_OUT_OF_MEMORY, ZMQJS_UNAVAILABLE.
 */
ZMQJS_API int zmqjs_register(const zmqjs_registrar *registrar, void *payload);

/* ---- runtimes --------------------------------------------------------------------------- */

/*
 * Callbacks of the engine. All are optional. payload is the argument of zmqjs_runtime_new(),
 * context that of the frame. The library calls them on the thread of the call, with the thread's
 * own signal mask. They must return: no longjmp, no C++ exception.
 * Size: at least offsetof(zmqjs_engine, interrupted).
 */
typedef struct zmqjs_engine {
    uint32_t abi_version; /* ZMQJS_ABI_VERSION of the header that was compiled with */
    uint32_t size;        /* sizeof(zmqjs_engine) */
    const char *name;     /* for error texts: "quickjs"; NULL: "engine" */
    /*
     * Called while a call waits, at least every 50 ms and after every signal: nonzero ends the call
     * with the error EINTR, zero continues the wait. It must not run script code; of the zmqjs_*
     * functions of the same runtime it may call only zmqjs_interrupt() and zmqjs_finalize(). With
     * this callback zmqjs_interrupt() ends a wait, and a signal does not. NULL: both a signal whose
     * handler has run and zmqjs_interrupt() end a wait (EINTR).
     */
    int (*interrupted)(void *payload, void *context);
    /*
     * Collects garbage. The library calls it when descriptors or sockets have run out (EMFILE), and
     * then tries the call once more before it throws. It may run script code, which may call the
     * module. The arguments of the interrupted call are still borrowed: their texts and bytes must
     * stay. It is not called for a function with keeps, nor inside itself. NULL: the error is thrown
     * at once.
     */
    void (*collect)(void *payload, void *context);
} zmqjs_engine;

/*
 * Makes a runtime: the common state of all calls from one JavaScript runtime (or from
 * one of its contexts). It starts no thread and opens one descriptor.
 * Ownership: engine is copied; payload is kept and passed to every callback,
 * until zmqjs_runtime_free() returns. The caller frees *runtime by zmqjs_runtime_free().
 * NULL: engine may be NULL (no callbacks), payload too; runtime: ZMQJS_INVALID_ARGUMENT.
 * Threads: any thread.
 * Errors: ZMQJS_VERSION_MISMATCH, ZMQJS_INVALID_ARGUMENT, ZMQJS_OUT_OF_MEMORY,
 * ZMQJS_UNAVAILABLE; *runtime is NULL then.
 */
ZMQJS_API int zmqjs_runtime_new(const zmqjs_engine *engine, void *payload,
                                zmqjs_runtime **runtime);

/*
 * Ends a runtime: closes the sockets and contexts that its script left open, and waits
 * for unsent messages, at most zmqjs_leave_timeout() milliseconds in all (less if the
 * script has set a shorter LINGER). It calls no callback. Instances that the engine
 * still holds may be finalized afterwards (zmqjs_finalize), but their calls throw.
 * Ownership: runtime is freed, even if the wait timed out.
 * NULL, a foreign pointer or one freed before: ZMQJS_INVALID_ARGUMENT.
 * Threads: any thread. ZMQJS_BUSY if a call is under way; the runtime is then unchanged. A call
 * is no longer under way if its thread has ended, or if a signal handler of this thread has jumped
 * out of its wait.
 */
ZMQJS_API int zmqjs_runtime_free(zmqjs_runtime *runtime);

/*
 * Ends the wait that is under way in the runtime, or else the next one: that call
 * throws an Error with code "EINTR". Several interrupts before a wait count as one.
 * Calls that do not wait are not affected.
 * NULL, a foreign or a freed pointer: ZMQJS_INVALID_ARGUMENT.
 * Threads: any thread, signal handler. It sets no text for zmqjs_last_error().
 */
ZMQJS_API int zmqjs_interrupt(zmqjs_runtime *runtime);

/*
 * Reports that the engine has collected an instance. The library closes a socket in the
 * background, with the socket's LINGER.
 * Ownership: instance is freed. An adapter calls this exactly once for each instance, even after
 * its runtime was freed.
 * NULL: nothing happens.
 * Threads: any thread, also inside the engine's collector: it never calls the
 * engine, blocks or fails.
 */
ZMQJS_API void zmqjs_finalize(zmqjs_instance *instance);

/*
 * Sets the longest time that zmqjs_runtime_free(), zmqjs_vm_free() and the exit of the
 * process wait for unsent messages, in milliseconds, for the whole process. The default
 * is 1000, or the environment variable ZMQJS_LEAVE_TIMEOUT. A negative value changes
 * nothing. Returns the previous value. libzmq itself may need 100 ms more to end.
 * Threads: any thread, signal handler. Errors: none.
 */
ZMQJS_API int zmqjs_leave_timeout(int milliseconds);

/*
 * Sets how many bytes of memory the process keeps at most for the next large messages to
 * send (64 KiB and more each). Memory of messages that are being sent does not count.
 * Buffers idle for 0.5 to 1 s are unmapped. The default is 64 MiB, or the environment
 * variable ZMQJS_POOL_LIMIT, in bytes; with 0 the library keeps nothing and uses the
 * host's malloc. A negative value changes nothing. Returns the previous value.
 * Threads: any thread. Errors: none.
 */
ZMQJS_API int64_t zmqjs_pool_limit(int64_t bytes);

/*
 * Returns how many bytes are kept now.
 * Threads: any thread. Errors: none.
 */
ZMQJS_API int64_t zmqjs_pool_size(void);

/* ---- shared contexts ------------------------------------------------------------------------ */

/*
 * A context that the whole process shares: Context.shared(name) returns it in the scripts of every runtime and VM, in
 * any engine and thread. inproc:// connects them with each other and with the host's own sockets. The context is
 * created by the first who takes it, and ends when the last has left: a host leaves by zmqjs_context_release(), a
 * script by term() once the sockets that it has made in it are closed, or when its runtime ends.
 */
typedef struct zmqjs_context zmqjs_context;

/*
 * Takes the shared context of a name.
 * Ownership: name (UTF-8) is copied. The caller releases *context by zmqjs_context_release(), once for each time that
 * it took it.
 * NULL: name NULL is "", the name of Context.shared() without an argument; context: ZMQJS_INVALID_ARGUMENT.
 * Threads: any thread.
 * Errors: ZMQJS_INVALID_ARGUMENT, ZMQJS_OUT_OF_MEMORY, ZMQJS_UNAVAILABLE; *context is NULL then.
 */
ZMQJS_API int zmqjs_context_shared(const char *name, zmqjs_context **context);

/*
 * Sets an option of the context (zmq_ctx_set). Each option is set once, by the first caller, before the context has a
 * socket. Setting an option to its present value succeeds.
 * NULL, a foreign pointer or one released before: ZMQJS_INVALID_ARGUMENT.
 * Threads: any thread. Errors: ZMQJS_INVALID_ARGUMENT: no such option or value, or the option has another value;
 * ZMQJS_UNAVAILABLE: also if a host has terminated the context; ZMQJS_OUT_OF_MEMORY.
 */
ZMQJS_API int zmqjs_context_set(zmqjs_context *context, int option, int value);

/*
 * Gets libzmq's context, for the host's own sockets (zmq_socket). This uses one of the context's MAX_SOCKETS and one
 * thread, which waits. Only functions of the libzmq that zmqjs_libzmq_path() names may use it: no host can where that is
 * inside the library.
 * The host must not terminate the context or shut it down. If it does (zmq_ctx_term, zmq_ctx_shutdown), every call on
 * the sockets of scripts throws ETERM, zmq_ctx_term returns when these sockets are closed, and the name is free for
 * another context. The context still has to be released.
 * Ownership: *zmq is the library's, and may be used until zmqjs_context_release(); the host closes its sockets
 * before that.
 * NULL: neither may be NULL. A foreign pointer or one released before: ZMQJS_INVALID_ARGUMENT. *zmq is NULL then.
 * Threads: any thread. Errors: ZMQJS_INVALID_ARGUMENT: also if the system does not let threads run as the options say;
 * ZMQJS_OUT_OF_MEMORY; ZMQJS_UNAVAILABLE: also if a host has terminated the context.
 */
ZMQJS_API int zmqjs_context_zmq(zmqjs_context *context, void **zmq);

/*
 * Releases a shared context. If nobody else has it, it ends in the background once libzmq has sent the messages that
 * are left; exit of the process waits for that at most zmqjs_leave_timeout() milliseconds. While a host has the
 * context, exit does not wait for messages in it.
 * Ownership: context must not be used any more.
 * NULL, a foreign pointer or one released before: ZMQJS_INVALID_ARGUMENT.
 * Threads: any thread; it does not block. Errors: ZMQJS_INVALID_ARGUMENT, ZMQJS_UNAVAILABLE.
 */
ZMQJS_API int zmqjs_context_release(zmqjs_context *context);

/* ---- tracing ------------------------------------------------------------------------------ */

/* The kinds of trace events. */
enum zmqjs_trace_kind {
    ZMQJS_TRACE_SOCKET = 0, /* a socket was made */
    ZMQJS_TRACE_BIND = 1,
    ZMQJS_TRACE_UNBIND = 2,
    ZMQJS_TRACE_CONNECT = 3,
    ZMQJS_TRACE_DISCONNECT = 4,
    ZMQJS_TRACE_SEND = 5,
    ZMQJS_TRACE_RECEIVE = 6,
    ZMQJS_TRACE_CLOSE = 7, /* by the script; not when a dropped socket is collected */
    ZMQJS_TRACE_PEERS = 8, /* the number of connected peers has changed */
    ZMQJS_TRACE_FULL = 9,  /* there is no room for a message: its send waits, or fails */
    ZMQJS_TRACE_SUBSCRIBE = 10,   /* by the option SUBSCRIBE, or by join() */
    ZMQJS_TRACE_UNSUBSCRIBE = 11, /* by the option UNSUBSCRIBE, or by leave() */
    ZMQJS_TRACE_FAILED = 12       /* a bind, a connect, or a handshake with a peer has failed */
};

/* A successful operation of a script on a socket, or a change that the kind names. Peers and
 * failed handshakes are noticed for sockets that are made while there is a trace function, until
 * the script monitors the socket itself, and not over inproc; each such socket uses two more of
 * the context's MAX_SOCKETS. Later versions of the library may have further kinds. */
typedef struct zmqjs_trace_event {
    uint32_t kind;        /* enum zmqjs_trace_kind */
    int32_t socket_type;  /* ZMQ_PAIR and so on */
    uint64_t socket;      /* a number that no other socket of the process ever has */
    const char *endpoint; /* that of bind, unbind, connect or disconnect, also of one that has
                             failed, as the script gave it; of a failed handshake libzmq's;
                             else the last one bound or connected; "" if there is none */
    const void *data;     /* the first bytes of the message; SUBSCRIBE, UNSUBSCRIBE: of the topic or
                             group; FAILED: of the reason, a text; NULL for other kinds */
    size_t data_length;   /* at most 64 */
    size_t size;          /* of the message part, topic, group or reason, in bytes; or the number
                             of peers */
    int32_t flags;        /* SEND: ZMQ_SNDMORE; RECEIVE: ZMQ_MORE; FULL: those of the call */
} zmqjs_trace_event;

/* Receives trace events. event and its data are valid until it returns. It runs on the
 * thread of the script's call, with that thread's signal mask; for the bundled VM it runs on
 * the VM's thread, and for peers and handshakes on a thread of the library, both with every
 * signal blocked. So it may run on several threads at once. It must be quick and must not
 * call the library. */
typedef void (*zmqjs_trace_function)(void *payload, const zmqjs_trace_event *event);

/*
 * Sets the function that receives the trace events of every runtime and VM of the
 * process. There is one at a time.
 * Ownership: payload is kept and passed to the function. The previous function may still
 * receive events that began before the call.
 * NULL: function NULL ends tracing; payload may be NULL.
 * Threads: any thread. Errors: ZMQJS_UNAVAILABLE in a forked child, ZMQJS_OUT_OF_MEMORY.
 */
ZMQJS_API int zmqjs_trace(zmqjs_trace_function function, void *payload);

/* ---- policy ------------------------------------------------------------------------------- */

/* The operations that a policy decides on. */
enum zmqjs_operation {
    ZMQJS_OPERATION_BIND = 0,
    ZMQJS_OPERATION_CONNECT = 1
};

/* Decides whether a script may bind or connect: nonzero allows it, zero makes the call throw
 * EPERM. operation is an enum zmqjs_operation; endpoint is the script's argument (UTF-8),
 * valid until the function returns. It runs on the thread of the script's call, with that
 * thread's signal mask; for the bundled VM on the VM's thread, with every signal blocked. So
 * it may run on several threads at once. It must not call the library. */
typedef int (*zmqjs_policy_function)(void *payload, int operation, const char *endpoint);

/*
 * Sets the function that is called before a script, in any runtime or VM of the process,
 * binds or connects a socket. There is one at a time. Existing connections stay.
 * Ownership: payload is kept and passed to the function. The previous function may still be
 * called for operations that began before the call.
 * NULL: function NULL allows everything, which is the default; payload may be NULL.
 * Threads: any thread. Errors: ZMQJS_UNAVAILABLE in a forked child, ZMQJS_OUT_OF_MEMORY.
 */
ZMQJS_API int zmqjs_policy(zmqjs_policy_function function, void *payload);

/* ---- the bundled engine ---------------------------------------------------------------------- */

/*
 * A JavaScript engine (ECMAScript modules, TypeScript; modules zmq, std, os) for
 * hosts that have none. A script runs on a thread of the library, while the host's
 * thread waits inside the call with its own signal mask: the host's signal handlers
 * run as in any other wait. The VM installs no signal handler.
 * In a lean build of the library every function here returns ZMQJS_UNAVAILABLE.
 */
typedef struct zmqjs_vm zmqjs_vm;

/* What os.signal(signal, ...) asks for. */
enum zmqjs_signal_action {
    ZMQJS_SIGNAL_DEFAULT = 0, /* os.signal(s, null): the system's default */
    ZMQJS_SIGNAL_IGNORE = 1,  /* os.signal(s, undefined): ignore it */
    ZMQJS_SIGNAL_HANDLE = 2   /* os.signal(s, f): call zmqjs_vm_signal() for it */
};

/* Size: at least offsetof(zmqjs_vm_options, memory_limit). */
typedef struct zmqjs_vm_options {
    uint32_t abi_version; /* ZMQJS_ABI_VERSION */
    uint32_t size;        /* sizeof(zmqjs_vm_options) */
    void *payload;        /* passed to the callbacks */
    /*
     * Optional. Carries out os.signal() for the script, on the VM's thread. Returns
     * 0, or an errno, which os.signal() throws. NULL: os.signal() throws ENOTSUP.
     */
    int (*signal_action)(void *payload, int signal_number, int action);
    /*
     * The most memory that a script may have, in bytes; 0: no limit. Above it, the call that
     * runs the script returns ZMQJS_SCRIPT_ERROR; a single allocation above it throws a
     * RangeError in the script. The limit applies to the growth of the heap of all VMs of the
     * process since the VM was made; messages that wait in sockets do not count.
     */
    uint64_t memory_limit;
} zmqjs_vm_options;

/*
 * Makes a VM.
 * Ownership: options is copied; its payload is kept until zmqjs_vm_free() returns.
 * The caller frees *vm by zmqjs_vm_free().
 * NULL: options may be NULL (no callbacks); vm: ZMQJS_INVALID_ARGUMENT.
 * Threads: any thread.
 * Errors: ZMQJS_INVALID_ARGUMENT, ZMQJS_VERSION_MISMATCH, ZMQJS_OUT_OF_MEMORY,
 * ZMQJS_UNAVAILABLE; *vm is NULL then.
 */
ZMQJS_API int zmqjs_vm_new(const zmqjs_vm_options *options, zmqjs_vm **vm);

/*
 * Sets the script's scriptArgs; by convention the first is the script's name.
 * Ownership: the texts (UTF-8) are copied.
 * NULL: vm, or arguments with count > 0, or one of them: ZMQJS_INVALID_ARGUMENT.
 * Threads: one at a time for each VM; ZMQJS_BUSY while it runs.
 */
ZMQJS_API int zmqjs_vm_set_arguments(zmqjs_vm *vm, size_t count, const char *const *arguments);

/*
 * Runs a source text, then its event loop (timers, promises, signal handlers) until
 * nothing is pending. A text with import or export is a module, any other a classic
 * script. Relative imports are resolved from the working directory.
 * Ownership: all texts are copied. *exit_status is written on ZMQJS_EXITED.
 * NULL: name NULL is "<evaluate>"; exit_status may be NULL; others:
 * ZMQJS_INVALID_ARGUMENT.
 * Threads: any, one at a time for each VM; ZMQJS_BUSY while it runs.
 * Errors: ZMQJS_SCRIPT_ERROR (zmqjs_last_error() has the error and its stack; an
 * error in a timer or a handler does not end the script: the VM writes it to standard
 * error at once, and the text is then ""), ZMQJS_INTERRUPTED, ZMQJS_INVALID_ARGUMENT,
 * ZMQJS_BUSY. After ZMQJS_EXITED the VM runs no more scripts: every further run
 * returns ZMQJS_EXITED.
 */
ZMQJS_API int zmqjs_vm_evaluate(zmqjs_vm *vm, const char *name, const char *source, size_t length,
                                int *exit_status);

/*
 * Runs a file: JavaScript (.js, .mjs) or TypeScript (.ts), as zmqjs_vm_evaluate
 * does. The path "-" is standard input. Relative imports are resolved from the file's
 * directory. Ownership, NULL, threads, errors: as there; a file that cannot be read:
 * ZMQJS_SCRIPT_ERROR.
 */
ZMQJS_API int zmqjs_vm_run_file(zmqjs_vm *vm, const char *path, int *exit_status);

/*
 * Ends the script that runs in the VM, or else the next one. It runs no more code and
 * waits no more, and the call that runs it returns ZMQJS_INTERRUPTED within 100 ms. A
 * built-in function that cannot be interrupted, such as the sort of a large array,
 * finishes on a thread of the library; the next run waits for it.
 * NULL, a foreign or a freed pointer: ZMQJS_INVALID_ARGUMENT.
 * Threads: any thread, signal handler. It sets no text for zmqjs_last_error().
 */
ZMQJS_API int zmqjs_vm_interrupt(zmqjs_vm *vm);

/*
 * Reports a signal to the VM for which the script has a handler (ZMQJS_SIGNAL_HANDLE).
 * A call that waits throws an Error with code "EINTR"; the script's handler runs when
 * the script returns to its event loop.
 * Errors: ZMQJS_INVALID_ARGUMENT for NULL, a foreign or freed pointer, or a
 * signal_number outside 1 to 64.
 * Threads: any thread, signal handler. It sets no text for zmqjs_last_error().
 */
ZMQJS_API int zmqjs_vm_signal(zmqjs_vm *vm, int signal_number);

/*
 * Ends a VM. Sockets and contexts that its script left open end as by zmqjs_runtime_free().
 * Ownership: vm is freed.
 * NULL, a foreign pointer or one freed before: ZMQJS_INVALID_ARGUMENT.
 * Threads: any thread. ZMQJS_BUSY while it runs; the VM is then unchanged. A run that its thread
 * has left (see zmqjs_runtime_free()) is interrupted.
 */
ZMQJS_API int zmqjs_vm_free(zmqjs_vm *vm);

#ifdef __cplusplus
}
#endif

#endif /* ZMQJS_H */
