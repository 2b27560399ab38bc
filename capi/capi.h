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

/* ---- host_signals_SYSTEM.c: keeping Go and the host's signals apart ---- */

/* Surround every entry into Go. The host's signal handlers must not run on a goroutine's small
 * stack, and nothing may unwind Go's stack; so signals are blocked and the thread cannot be
 * cancelled, not even in callbacks. */
typedef struct signal_mask {
    unsigned char signals[128];
    int cancel_state;
    const struct signal_mask *outer; /* of the entry that encloses this one */
} signal_mask;
void host_signals_block(signal_mask *before);
void host_signals_restore(const signal_mask *before);

/* Surround a callback of the host that is called from Go: it runs on the thread's own stack,
 * with the thread's own signal mask. On a thread created by Go every signal stays blocked.
 * host_callback_end takes the result of host_callback_begin. */
const signal_mask *host_callback_begin(void);
void host_callback_end(const signal_mask *left);

/* ---- descriptors of Go: go_descriptors_linux.c, or host_signals_SYSTEM.c ---- */

/* Makes Go open the descriptors that it waits with, once. Returns 0, or an errno and the name of
 * the system call that fails. Call it before any other entry into Go, since Go ends the process
 * if it cannot open them. */
int go_descriptors_open(const char **call);
/* Whether the descriptors were closed or now refer to other files. Go must not be entered after
 * that. */
int go_descriptors_lost(void);
#define GO_DESCRIPTORS_LOST "the host has closed descriptors of the library"

/* ---- status.c: zmqjs_last_error ---- */

/* Sets the text of zmqjs_last_error() and returns status. */
int status_fail(int status, const char *format, ...) __attribute__((format(CORE_PRINTF, 2, 3)));
/* As status_fail, for a text of any length. */
int status_fail_text(int status, const char *text);
/* Copies a host's structure that begins with its ABI version and its size into the library's
 * structure of size bytes. Fields that the host lacks are set to zero; fields that the library
 * does not know are ignored. least is the size in ABI version 1. Returns 0 or
 * ZMQJS_VERSION_MISMATCH. */
int status_read_structure(const char *function, const char *name, const void *structure, size_t least, void *into,
                          size_t size);
/* Fails with the reason why no function can be used, if there is one; otherwise returns 0. */
int status_unavailable(void);

/* ---- libzmq.c: which libzmq the process has ---- */

/* Whether its functions come from more than one libzmq, and the status for that. */
int libzmq_is_mixed(void);
int libzmq_fail_mixed(void);

/* ---- definition.c: the definition of the module ---- */

/* The definition of the module, made by Go on first use; NULL on failure, with the reason in
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

/* The call of the functions that are implemented in Go. */
int call_go(const zmqjs_function *self, zmqjs_frame *frame);

/* ---- virtual machines: vm.c ---- */

/* The object behind a VM's handle. */
typedef struct vm vm;

/* Carries out os.signal() of a script. Returns 0 or an errno. */
int vm_signal_action(vm *vm, int signal_number, int action);

/* Reports that a goroutine has finished. */
void vm_finished(vm *vm);

/* ---- policy.c ---- */

/* Calls the host's policy function. */
int policy_allows(int operation, const char *endpoint);

#endif
