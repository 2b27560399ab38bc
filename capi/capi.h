/*
 * What the C and the Go code of the shared library share. Nothing here leaves it.
 */
#ifndef CAPI_H
#define CAPI_H

#include <stdatomic.h>

#include "glue.h"
#include "live.h"
#include "zmqjs.h"

/* ---- guest.c: being a good guest in the host's process ---- */

/* Surround every entry into Go: no signal handler of the host may run while its
 * thread is on a goroutine's small stack. */
typedef struct guest_mask {
    unsigned char signals[128];
    const struct guest_mask *outer; /* of the entry that this one is inside */
} guest_mask;
void guest_block_signals(guest_mask *before);
void guest_restore_signals(const guest_mask *before);

/* Surround what Go calls of the host: it runs on the thread's own stack, and under the
 * thread's own mask. On a thread of Go's they do nothing. leave returns what return_to_go
 * gets. */
const guest_mask *guest_leave_go(void);
void guest_return_to_go(const guest_mask *left);

/* ---- guest_thread.c: the threads on which Go runs ---- */

/* Surround an entry into Go, with all signals blocked: what the first one of a thread needs,
 * and a wait for threads that Go has begun to start. */
void guest_thread_prepare(void);
void guest_thread_settle(void);

/* Gives a disposition back to the host, now or when a thread needs it no more. */
void guest_thread_give_back(int signal, const void *action);

/* ---- status.c: zmqjs_last_error ---- */

/* Sets the text of zmqjs_last_error() and returns status. */
int status_fail(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same with a text of any length. */
int status_fail_text(int status, const char *text);
/* Checks a structure of the host's that begins with its ABI version and its size; size
 * is what the library knows of it. 0, or ZMQJS_VERSION_MISMATCH. */
int status_check_structure(const char *function, const char *name, const void *structure, size_t size);
/* Fails with the reason that holds for every function, if there is one: 0 if not. */
int status_unavailable(void);

/* ---- libzmq.c: whose libzmq is used ---- */

/* Whether its functions come from more than one, and the status that says so. */
int libzmq_is_mixed(void);
int libzmq_fail_mixed(void);

/* ---- natives: native.c ---- */

enum native_kind { NATIVE_CONTEXT, NATIVE_SOCKET, NATIVE_POLLER, NATIVE_AUTHENTICATOR, NATIVE_MONITOR, NATIVE_KINDS };

/* What as.native.pointer points to. */
typedef struct native {
    enum native_kind kind;
    uintptr_t handle; /* of the Go object */
    void *glue;       /* glue_context, glue_socket, also of a monitor, glue_poller; NULL of others */
    struct runtime *runtime; /* where it was made, for ever, though that may be freed */
    struct native *next;
} native;

/* The natives whose instances were collected since the last call, for Go to forget;
 * linked by next, to be freed. */
native *native_take_dead(void);

/* ---- calls: call.c ---- */

typedef struct call call;
typedef int twin_function(call *call);

/* A function of the definition, with what its call needs to know. */
typedef struct function {
    zmqjs_function public; /* first: the adapters' pointer is ours */
    uint32_t number;       /* in jsglue's table */
    int is_method;
    int returns_zero; /* whenever it succeeds */
    uint32_t arrays; /* bit i: the elements of parameter i are read, if it is an array ... */
    size_t longest_array; /* ... of at most so many */
    twin_function *twin; /* see twin.h; or NULL */
} function;

/* A result on its way from Go to the engine. */
typedef struct result {
    uint32_t kind; /* enum zmqjs_type, or RESULT_* */
    uint32_t flags;
    int64_t integer;
    double number;
    const void *data; /* of a string or bytes; in owned or in message */
    size_t length;
    void *owned; /* from malloc, or NULL */
    zmq_msg_t *message; /* from malloc, or NULL */
    int adoptable; /* the engine may be offered the message as it is */
    const zmqjs_class *definition;
    native *native;
    struct result *elements; /* count of them, from calloc */
    const char *const *names;
    size_t count;
} result;

enum { RESULT_SLOT = 11, RESULT_THIS = 12 };

/* A call while it runs. */
struct call {
    const function *function;
    zmqjs_call *outer;
    struct runtime *runtime;
    const native *this_native; /* NULL if this is none */
    size_t argument_count;
    zmqjs_data *elements; /* of the argument that is an array, element_count of them */
    zmqjs_value *element_values;
    size_t element_count;
    int64_t deadline;
    zmq_msg_t *received; /* by a twin, for Go; from malloc, or NULL */
    int wait_result;     /* enum glue_wait_result of the last wait; 0: none yet */
    int borrowed;        /* some argument is to be released */
    const zmqjs_data *arguments; /* the adapter's or these: */
    zmqjs_data read[ZMQJS_PARAMETER_MAXIMUM];
    /* Set before they are used. */
    zmqjs_data this_data; /* for Go */
    glue_wait wait;
    result result;
    zmqjs_error error; /* its texts are from malloc */
};

/* Sets what every wait of the call has. */
void call_prepare_wait(call *call);

/* What Go's part of a call returns. */
enum call_state { CALL_DONE, CALL_WAIT, CALL_ERROR, CALL_PENDING };

/* The function pointer of every zmqjs_function. */
int call_function(const zmqjs_function *self, zmqjs_call *outer);

/* What Go asks of the engine in the middle of a call: ZMQJS_OK or
 * ZMQJS_EXCEPTION. */
int call_set_slot(call *call, uint32_t slot, int argument);

void result_free(result *result);

/* From how many bytes on a message may be handed to an engine as it is. */
enum { RESULT_ADOPT_MINIMUM = 64 * 1024 };

/* Whether an engine may be offered a received message as it is: a large one, whose
 * memory is nobody else's. */
int result_is_adoptable(zmq_msg_t *message);

/* ---- what Go tells twins with the definition ---- */

/* Which options of sockets are read as 32-bit integers. */
enum { INT_OPTIONS = 256 };
extern unsigned char int_options[INT_OPTIONS];

/* The names of a PollerEvent's properties. */
enum { POLLER_SOCKET_EVENT, POLLER_DESCRIPTOR_EVENT };
extern const char *const *poller_event_names[2];

/* ---- runtimes: runtime.c ---- */

/* What the handle of a runtime stands for. */
struct runtime {
    glue_runtime *glue;
    zmqjs_runtime *_Atomic handle; /* NULL while it has none */
    zmqjs_engine engine;
    void *payload;
    struct runtime *next; /* of those that are free */
};

extern live_set runtime_live;

/* Enters a call of a function, which glue_runtime_exit leaves: NULL if that cannot be. What
 * is entered cannot be freed; what was freed before it was entered is noticed after that.
 * native: what the call is for, which is nearly always one of the same runtime; or NULL. */
static inline struct runtime *runtime_enter(zmqjs_runtime *handle, const native *native)
{
    struct runtime *runtime = native != NULL ? native->runtime : live_peek(&runtime_live, handle);
    if (runtime == NULL || atomic_load_explicit(&runtime->handle, memory_order_relaxed) != handle ||
        glue_runtime_enter(runtime->glue) != 0)
        return NULL;
    if (atomic_load_explicit(&runtime->handle, memory_order_relaxed) == handle)
        return runtime;
    glue_runtime_exit(runtime->glue);
    return NULL;
}

/* The status that says why a function could not enter. */
int runtime_refuse(zmqjs_runtime *handle, const char *function);

/* ---- virtual machines: vm.c ---- */

/* What the handle of a VM stands for. */
typedef struct vm vm;

/* Carries out os.signal() of a script: 0, or an errno. */
int vm_signal_action(vm *vm, int signal_number, int action);

/* Tells that what Go has begun on a goroutine is over. */
void vm_finished(vm *vm);

/* ---- spawn.c ---- */

/* Starts a program, with files as its standard descriptors (-1: closed), in a
 * directory or NULL. 0 and *pid, or an errno. */
int spawn(const char *path, char **arguments, char **environment, const char *directory, const int files[3], int *pid);

/* ---- policy.c ---- */

/* Asks the host's function. */
int policy_allows(int operation, const char *endpoint);

/* ---- trace.c ---- */

/* Calls the host's function. */
void trace_emit(const zmqjs_trace_event *event);

#endif
