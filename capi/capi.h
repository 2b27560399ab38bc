/*
 * Declarations for the C and the Go code of the shared library. The library exports none of them.
 */
#ifndef CAPI_H
#define CAPI_H

#include <pthread.h>
#include <stdatomic.h>

#include "core.h"
#include "frame.h"
#include "handle_table.h"
#include "instance.h"
#include "tracing.h"
#include "zmqjs.h"

/* ---- the signals of the host, kept from Go: host_signals_SYSTEM.c ---- */

/* Surround every entry into Go: no signal handler of the host may run while its
 * thread is on a goroutine's small stack, and nothing unwinds Go's stack: the thread is not
 * cancelled, in callbacks neither. */
typedef struct signal_mask {
    unsigned char signals[128];
    int cancel_state;
    const struct signal_mask *outer; /* of the entry that this one is inside */
} signal_mask;
void host_signals_block(signal_mask *before);
void host_signals_restore(const signal_mask *before);

/* Surround a callback of the host that Go calls: it runs on the thread's own stack, with the
 * thread's own signal mask. On a thread of Go every signal stays blocked. The end gets what
 * the beginning returned. */
const signal_mask *host_callback_begin(void);
void host_callback_end(const signal_mask *left);

/* ---- its descriptors: go_descriptors_linux.c, or host_signals_SYSTEM.c ---- */

/* Has Go open the descriptors that it waits with, if it has not yet: 0, or an errno, and the name of the system
 * call that fails so. It comes before everything else that enters Go, for Go ends the process if it cannot
 * open them. */
int go_descriptors_open(const char **call);
/* Whether they are gone, or have become other files. Nothing may enter Go any more then. */
int go_descriptors_lost(void);
#define GO_DESCRIPTORS_LOST "the host has closed descriptors of the library"

/* ---- status.c: zmqjs_last_error ---- */

/* Sets the text of zmqjs_last_error() and returns status. */
int status_fail(int status, const char *format, ...) __attribute__((format(CORE_PRINTF, 2, 3)));
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

/* The object of a VM's handle. */
typedef struct vm vm;

/* Carries out os.signal() of a script: 0, or an errno. */
int vm_signal_action(vm *vm, int signal_number, int action);

/* Reports that a goroutine has finished. */
void vm_finished(vm *vm);

/* ---- spawn_unix.c ---- */

/* Starts a program, with files as its standard descriptors (-1: closed), in a
 * directory or NULL. 0 and *pid, or an errno. */
int spawn(const char *path, char **arguments, char **environment, const char *directory, const int files[3], int *pid);

/* ---- policy.c ---- */

/* Asks the host's function. */
int policy_allows(int operation, const char *endpoint);

#endif
