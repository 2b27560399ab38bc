/*
 * What the C and the Go code of the shared library share. Nothing here leaves it.
 */
#ifndef CAPI_H
#define CAPI_H

#include <pthread.h>
#include <stdatomic.h>

#include "glue.h"
#include "frame.h"
#include "handle_table.h"
#include "instance.h"
#include "tracing.h"
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
 * thread's own mask. On a thread of Go's every signal stays blocked. leave returns what
 * return_to_go gets. */
const guest_mask *guest_leave_go(void);
void guest_return_to_go(const guest_mask *left);

/* Where the calling thread is: inside an entry into Go, or on a thread of Go's, and not in a
 * callback of the host's. For any signal handler. */
enum guest_place { GUEST_OUTSIDE, GUEST_IN_CALL, GUEST_THREAD_OF_GO };
enum guest_place guest_place(void);
/* The mask under which Go runs (a sigset_t): every signal but those that instructions raise. */
void guest_fill_mask(void *mask);
/* How much of a sigset_t the kernel knows: what it saves for a handler has no more. */
enum { GUEST_MASK_BYTES = 8 };
/* Begins a thread of Go's. */
void guest_begin_in_go(void);

/* ---- guest_fault.c: signals that instructions raise ---- */

int guest_is_fault(int signal);
/* Takes these signals out of a mask (a sigset_t): blocked, they end the process at once. */
void guest_leave_faults(void *mask);
/* Once Go has its handler for the signal: from now on it gets those of its own code, and the
 * action that the host had before (a struct sigaction) all others. */
void guest_take_fault(int signal, const void *host);

/* ---- guest_limits.c ---- */

/* Tries what Go needs to start, with all signals blocked. If it is not there, writes a line that
 * says what, and ends the process. */
void guest_try_limits(void);
/* The same for something that is not there. */
void guest_give_up(const char *what, int error) __attribute__((noreturn));

/* ---- guest_environment.c ---- */

/* Surround the start of Go, which must not find its settings in the environment. The arguments
 * are those of main(). */
void guest_hide_settings(int argument_count, char **arguments);
void guest_show_settings(void);

/* ---- guest_descriptors.c ---- */

/* Has Go open the descriptors that it waits with, if it has not yet: 0, or an errno. It comes
 * before everything else that enters Go, for Go ends the process if it cannot open them. */
int guest_open_descriptors(void);
/* Whether they are gone, or have become other files. Nothing may enter Go any more then. */
int guest_lost_descriptors(void);
#define GUEST_LOST_DESCRIPTORS "the host has closed descriptors of the library"

/* ---- guest_thread.c: the threads on which Go runs ---- */

/* Surround an entry into Go, with all signals blocked: what the first one of a thread needs,
 * and a wait for threads that Go has begun to start. */
void guest_thread_prepare(void);
void guest_thread_settle(void);

/* pthread_create() for a thread that never enters Go. */
int guest_thread_plain(pthread_t *thread, const pthread_attr_t *attributes, void *(*routine)(void *), void *argument);

/* Gives a disposition back to the host, now or when a thread needs it no more. */
void guest_thread_give_back(int signal, const void *action);

/* ---- status.c: zmqjs_last_error ---- */

/* Sets the text of zmqjs_last_error() and returns status. */
int status_fail(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same with a text of any length. */
int status_fail_text(int status, const char *text);
/* Reads a structure of the host's that begins with its ABI version and its size into one of the library's, of
 * size bytes: fields that the host does not have are zero, those that the library does not know are not
 * read. least: the size in ABI version 1. 0, or ZMQJS_VERSION_MISMATCH. */
int status_read_structure(const char *function, const char *name, const void *structure, size_t least, void *into,
                          size_t size);
/* Fails with the reason that holds for every function, if there is one: 0 if not. */
int status_unavailable(void);

/* ---- libzmq.c: whose libzmq is used ---- */

/* Whether its functions come from more than one, and the status that says so. */
int libzmq_is_mixed(void);
int libzmq_fail_mixed(void);

/* ---- the definition: definition.c ---- */

/* The definition of the module, made by Go on first use; NULL if it cannot be had, with the reason in
 * zmqjs_last_error(). */
typedef struct definition definition;
const definition *definition_get(void);

/* One callback of a registration. */
enum step_kind { STEP_CLASS, STEP_FUNCTION, STEP_ACCESSOR, STEP_VALUE };
typedef struct step {
    uint32_t kind; /* enum step_kind */
    zmqjs_property property;
    zmqjs_class definition;         /* of a class */
    const zmqjs_function *function; /* or the getter */
    const zmqjs_function *setter;
    zmqjs_data value;
} step;

struct definition {
    const zmqjs_function *const *functions;
    size_t function_count;
    const step *steps;
    size_t step_count;
};

/* ---- calls: call.c ---- */

/* The call of functions that Go does. */
int call_go(const zmqjs_function *self, zmqjs_frame *frame);

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

#endif
