/*
 * The bundled engine's host side. A script runs on a goroutine; the host's thread
 * waits here, under its own signal mask, for the end of the run or for something to
 * pass on to it.
 */
#include "capi.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "_cgo_export.h"

struct vm {
    uintptr_t handle; /* of the Go object */
    zmqjs_vm_options options;
    atomic_int running;
    zmq_fd_t wake_event;     /* interrupt or signals have something */
    zmq_fd_t finished_event; /* the run is over */
    atomic_int interrupt;
    _Atomic uint64_t signals; /* bit n - 1: signal n has come */
};

enum { SIGNAL_MAXIMUM = 64 };

static handle_table live = HANDLE_TABLE_INITIALIZER(2);

/* Whether VMs can be used at all: 0, or the status that tells why not. */
static int unavailable(const char *function)
{
#ifdef ZMQJS_LEAN
    return status_fail(ZMQJS_UNAVAILABLE, "%s: this build of the library has no bundled engine", function);
#else
    (void)function;
    return status_unavailable();
#endif
}

/* The same for a signal handler, without a text. */
static int silently_unavailable(void)
{
#ifdef ZMQJS_LEAN
    return 1;
#else
    return glue_forked(); /* the descriptors are the parent's too */
#endif
}

static void discard(vm *vm)
{
    if (vm->wake_event != GLUE_NO_FD)
        glue_event_close(vm->wake_event);
    if (vm->finished_event != GLUE_NO_FD)
        glue_event_close(vm->finished_event);
    free(vm);
}

/* Makes Go's part. The text of a failure is from malloc. */
static int start(vm *vm)
{
    guest_mask mask;
    char *text = NULL;
    guest_block_signals(&mask);
    int status = goVMNew(vm, vm->options.memory_limit, &vm->handle, &text);
    guest_restore_signals(&mask);
    if (status != ZMQJS_OK)
        status_fail_text(status, text != NULL ? text : "zmqjs_vm_new: out of memory");
    free(text);
    return status;
}

static void wait_readable(zmq_fd_t descriptor)
{
    struct pollfd waited = {.fd = descriptor, .events = POLLIN};
    while (glue_poll(&waited, 1, -1) != 1)
        continue;
}

/* Ends Go's part, and frees the rest. */
static void stop(vm *vm)
{
    guest_mask mask;
    guest_block_signals(&mask);
    goVMClose(vm, vm->handle);
    guest_restore_signals(&mask);
    wait_readable(vm->finished_event);
    glue_event_reset(vm->finished_event); /* who has set it has let go of the VM */
    discard(vm);
}

/* The size of zmqjs_vm_options in the first version of the ABI. */
enum { OPTIONS_SIZE_1 = offsetof(zmqjs_vm_options, memory_limit) };

/* Makes what the handle stands for; *status tells why it cannot. */
static vm *make(const zmqjs_vm_options *options, int *status)
{
    vm *made = calloc(1, sizeof *made);
    if (made == NULL) {
        *status = status_fail(ZMQJS_OUT_OF_MEMORY, "zmqjs_vm_new: out of memory");
        return NULL;
    }
    if (options != NULL)
        memcpy(&made->options, options, sizeof *options);
    made->wake_event = glue_event_new();
    made->finished_event = glue_event_new();
    if (made->wake_event == GLUE_NO_FD || made->finished_event == GLUE_NO_FD)
        *status = status_fail(ZMQJS_OUT_OF_MEMORY, "zmqjs_vm_new: %s", strerror(errno));
    else
        *status = start(made);
    if (*status == ZMQJS_OK)
        return made;
    discard(made);
    return NULL;
}

int zmqjs_vm_new(const zmqjs_vm_options *options, zmqjs_vm **vm)
{
    if (vm == NULL)
        return status_fail(ZMQJS_INVALID_ARGUMENT, "zmqjs_vm_new: vm is NULL");
    *vm = NULL;
    zmqjs_vm_options read = {0};
    int status = unavailable("zmqjs_vm_new");
    if (status == 0 && options != NULL)
        status = status_read_structure("zmqjs_vm_new", "zmqjs_vm_options", options, OPTIONS_SIZE_1, &read, sizeof read);
    struct vm *made = status == 0 ? make(&read, &status) : NULL;
    if (made == NULL)
        return status;
    *vm = handle_add(&live, made);
    if (*vm != NULL)
        return ZMQJS_OK;
    stop(made);
    return status_fail(ZMQJS_OUT_OF_MEMORY, "zmqjs_vm_new: out of memory");
}

/* Begins something that only one thread at a time may do with a VM, where VMs are
 * available: acquires it, or tells by *status why not. */
static vm *begin(zmqjs_vm *handle, const char *function, int *status)
{
    int idle = 0;
    vm *vm = handle_acquire(&live, handle);
    if (vm == NULL) {
        *status = status_fail(ZMQJS_INVALID_ARGUMENT, "%s: not a VM, or freed before", function);
        return NULL;
    }
    if (!atomic_compare_exchange_strong(&vm->running, &idle, 1)) {
        handle_release(&live, handle);
        *status = status_fail(ZMQJS_BUSY, "%s: the VM is running", function);
        return NULL;
    }
    return vm;
}

static void end(zmqjs_vm *handle, vm *vm)
{
    atomic_store(&vm->running, 0);
    handle_release(&live, handle);
}

int zmqjs_vm_set_arguments(zmqjs_vm *vm, size_t count, const char *const *arguments)
{
    int status = unavailable("zmqjs_vm_set_arguments");
    if (status != 0)
        return status;
    if (arguments == NULL && count > 0)
        return status_fail(ZMQJS_INVALID_ARGUMENT, "zmqjs_vm_set_arguments: arguments is NULL");
    for (size_t i = 0; i < count; i++)
        if (arguments[i] == NULL)
            return status_fail(ZMQJS_INVALID_ARGUMENT, "zmqjs_vm_set_arguments: arguments[%zu] is NULL", i);
    struct vm *machine = begin(vm, "zmqjs_vm_set_arguments", &status);
    if (machine == NULL)
        return status;
    guest_mask mask;
    guest_block_signals(&mask);
    goVMSetArguments(machine->handle, count, (char **)arguments);
    guest_restore_signals(&mask);
    end(vm, machine);
    return ZMQJS_OK;
}

/* Passes on what zmqjs_vm_interrupt and zmqjs_vm_signal have left. */
static void pass_on(vm *vm)
{
    guest_mask mask;
    glue_event_reset(vm->wake_event);
    int interrupt = atomic_exchange(&vm->interrupt, 0);
    uint64_t signals = atomic_exchange(&vm->signals, 0);
    guest_block_signals(&mask);
    if (interrupt)
        goVMInterrupt(vm->handle);
    for (int i = 0; i < SIGNAL_MAXIMUM; i++)
        if (signals & (uint64_t)1 << i)
            goVMSignal(vm->handle, i + 1);
    guest_restore_signals(&mask);
}

static void wait_for_end(vm *vm)
{
    struct pollfd descriptors[2] = {
        {.fd = vm->finished_event, .events = POLLIN},
        {.fd = vm->wake_event, .events = POLLIN},
    };
    do {
        if (glue_poll(descriptors, 2, -1) < 0)
            descriptors[0].revents = descriptors[1].revents = 0; /* EINTR */
        if (descriptors[1].revents != 0)
            pass_on(vm);
    } while (descriptors[0].revents == 0);
    glue_event_reset(vm->finished_event);
}

void vm_finished(vm *vm)
{
    glue_event_set(vm->finished_event);
}

/* Runs a file, or a source text if source is not NULL. */
static int run(vm *vm, const char *name, const char *source, size_t length, int *exit_status)
{
    guest_mask mask;
    char *text = NULL;
    int script_status = 0;
    glue_streams_hold(); /* before the script opens files */
    pass_on(vm); /* what came before the run is for it */
    guest_block_signals(&mask);
    goVMRun(vm, vm->handle, (char *)name, (char *)source, length);
    guest_restore_signals(&mask);
    wait_for_end(vm);
    guest_block_signals(&mask);
    int status = goVMResult(vm->handle, &script_status, &text);
    guest_restore_signals(&mask);
    if (status < 0)
        status_fail_text(status, text != NULL ? text : "out of memory");
    free(text);
    if (status == ZMQJS_EXITED && exit_status != NULL)
        *exit_status = script_status;
    return status;
}

int zmqjs_vm_evaluate(zmqjs_vm *vm, const char *name, const char *source, size_t length, int *exit_status)
{
    int status = unavailable("zmqjs_vm_evaluate");
    if (status != 0)
        return status;
    if (source == NULL)
        return status_fail(ZMQJS_INVALID_ARGUMENT, "zmqjs_vm_evaluate: source is NULL");
    struct vm *machine = begin(vm, "zmqjs_vm_evaluate", &status);
    if (machine == NULL)
        return status;
    status = run(machine, name != NULL ? name : "<evaluate>", source, length, exit_status);
    end(vm, machine);
    return status;
}

int zmqjs_vm_run_file(zmqjs_vm *vm, const char *path, int *exit_status)
{
    int status = unavailable("zmqjs_vm_run_file");
    if (status != 0)
        return status;
    if (path == NULL)
        return status_fail(ZMQJS_INVALID_ARGUMENT, "zmqjs_vm_run_file: path is NULL");
    struct vm *machine = begin(vm, "zmqjs_vm_run_file", &status);
    if (machine == NULL)
        return status;
    status = run(machine, path, NULL, 0, exit_status);
    end(vm, machine);
    return status;
}

int zmqjs_vm_interrupt(zmqjs_vm *vm)
{
    if (silently_unavailable())
        return ZMQJS_UNAVAILABLE;
    struct vm *machine = handle_acquire(&live, vm);
    if (machine == NULL)
        return ZMQJS_INVALID_ARGUMENT;
    int error = errno;
    atomic_store(&machine->interrupt, 1);
    glue_event_set(machine->wake_event);
    errno = error;
    handle_release(&live, vm);
    return ZMQJS_OK;
}

int zmqjs_vm_signal(zmqjs_vm *vm, int signal_number)
{
    if (silently_unavailable())
        return ZMQJS_UNAVAILABLE;
    if (signal_number < 1 || signal_number > SIGNAL_MAXIMUM)
        return ZMQJS_INVALID_ARGUMENT;
    struct vm *machine = handle_acquire(&live, vm);
    if (machine == NULL)
        return ZMQJS_INVALID_ARGUMENT;
    int error = errno;
    atomic_fetch_or(&machine->signals, (uint64_t)1 << (signal_number - 1));
    glue_event_set(machine->wake_event);
    errno = error;
    handle_release(&live, vm);
    return ZMQJS_OK;
}

int zmqjs_vm_free(zmqjs_vm *vm)
{
    int status = unavailable("zmqjs_vm_free");
    if (status != 0)
        return status;
    struct vm *machine = begin(vm, "zmqjs_vm_free", &status);
    if (machine == NULL)
        return status;
    handle_remove(&live, vm);
    stop(machine);
    return ZMQJS_OK;
}

int vm_signal_action(vm *vm, int signal_number, int action)
{
    if (vm->options.signal_action == NULL)
        return ENOTSUP;
    const guest_mask *left = guest_leave_go();
    int error = vm->options.signal_action(vm->options.payload, signal_number, action);
    guest_return_to_go(left);
    return error;
}
