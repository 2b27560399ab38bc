/*
 * The host's side of the bundled engine. A script runs on a goroutine. The host's thread waits
 * here, under its own signal mask, for the end of the run, and for interrupts and signals that it
 * passes on.
 */
#include "_cgo_export.h"
#include "capi.h"
#include "guard.h"
#include "left.h"
#include "runtime.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>


struct vm {
    uintptr_t handle; /* of the Go object */
    zmqjs_vm_options options;
    atomic_int running;
    /* The thread of the call that is under way, and an address on its stack. They remain if the
     * thread jumps out of the call. */
    _Atomic uintptr_t used_in, used_at;
    int cancel_state;  /* of the thread before the call */
    atomic_int left;   /* the thread was cancelled: the run is to end */
    atomic_int works;  /* Go is busy; finished_event ends it */
    atomic_int closes; /* Go is closing the VM */
    zmq_fd_t wake_event;     /* an interrupt or signals have arrived */
    zmq_fd_t finished_event; /* the run has finished */
    atomic_int interrupt;
    _Atomic uint64_t signals; /* bit n - 1: signal n has arrived */
};

enum { SIGNAL_MAXIMUM = 64 };

static handle_table live = HANDLE_TABLE_INITIALIZER(2);

/* Returns 0 if VMs can be used, otherwise the status of the failure. */
static int unavailable(const char *function)
{
#ifdef ZMQJS_LEAN
    return status_fail(ZMQJS_UNAVAILABLE, "%s: this build of the library has no bundled engine", function);
#else
    (void)function;
    return status_unavailable();
#endif
}

/* The same for a signal handler: it sets no text. */
static int silently_unavailable(void)
{
#ifdef ZMQJS_LEAN
    return 1;
#else
    return core_forked(); /* the descriptors are the parent's too */
#endif
}

static void discard(vm *vm)
{
    if (vm->wake_event != CORE_NO_FD)
        core_event_close(vm->wake_event);
    if (vm->finished_event != CORE_NO_FD)
        core_event_close(vm->finished_event);
    free(vm);
}

/* Makes the Go part of the VM. The text of a failure is from malloc. */
static int start(vm *vm)
{
    signal_mask mask;
    char *text = NULL;
    host_signals_block(&mask);
    int status = goVMNew(vm, vm->options.memory_limit, &vm->handle, &text);
    host_signals_restore(&mask);
    if (status != ZMQJS_OK)
        status_fail_text(status, text != NULL ? text : "zmqjs_vm_new: out of memory");
    free(text);
    return status;
}

/* Go has finished. */
static void note_finished(vm *vm)
{
    core_guard guard;
    core_guard_begin(&guard);
    core_event_reset(vm->finished_event); /* the thread that set it no longer uses the VM */
    atomic_store(&vm->works, 0);
    core_guard_end(&guard);
}

/* Waits until Go has finished, if it is busy. A handler may jump out of it; it can be called
 * again. */
static void wait_finished(vm *vm)
{
    struct pollfd waited = {.fd = vm->finished_event, .events = POLLIN};
    if (!atomic_load(&vm->works))
        return;
    while (core_poll(&waited, 1, -1) != 1)
        continue;
    note_finished(vm);
}

/* Closes the Go part. It can be called again, too. */
static void stop(vm *vm)
{
    signal_mask mask;
    host_signals_block(&mask);
    if (!atomic_exchange(&vm->closes, 1)) {
        atomic_store(&vm->works, 1);
        goVMClose(vm, vm->handle);
    }
    host_signals_restore(&mask);
    wait_finished(vm);
}

/* The size of zmqjs_vm_options in the first version of the ABI. */
enum { OPTIONS_SIZE_1 = offsetof(zmqjs_vm_options, memory_limit) };

/* Makes the object of the handle. Sets *status on failure. */
static vm *make(const zmqjs_vm_options *options, int *status)
{
    vm *made = calloc(1, sizeof *made);
    if (made == NULL) {
        *status = status_fail(ZMQJS_OUT_OF_MEMORY, "zmqjs_vm_new: out of memory");
        return NULL;
    }
    if (options != NULL)
        memcpy(&made->options, options, sizeof *options);
    made->wake_event = core_event_new();
    made->finished_event = core_event_new();
    if (made->wake_event == CORE_NO_FD || made->finished_event == CORE_NO_FD)
        *status = status_fail(ZMQJS_OUT_OF_MEMORY, "zmqjs_vm_new: %s", core_error_text(errno));
    else
        *status = start(made);
    if (*status == ZMQJS_OK)
        return made;
    discard(made);
    return NULL;
}

static zmqjs_vm *make_handle(const zmqjs_vm_options *options, int *status)
{
    vm *made = make(options, status);
    if (made == NULL)
        return NULL;
    zmqjs_vm *handle = handle_add(&live, made);
    if (handle != NULL)
        return handle;
    stop(made);
    discard(made);
    *status = status_fail(ZMQJS_OUT_OF_MEMORY, "zmqjs_vm_new: out of memory");
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
    if (status != 0)
        return status;
    core_guard guard;
    core_guard_begin(&guard);
    *vm = make_handle(&read, &status);
    core_guard_end(&guard);
    return status;
}

/* ---- one call at a time ---- */

#define HERE ((uintptr_t)__builtin_frame_address(0))

static void interrupt_now(vm *vm)
{
    signal_mask mask;
    host_signals_block(&mask);
    goVMInterrupt(vm->handle);
    host_signals_restore(&mask);
}

/* Whether the thread has left the call that is under way: it was cancelled, or it has jumped out
 * and now calls from an address outside of the call. */
static int was_left(vm *vm, uintptr_t here)
{
    int left = 1;
    return atomic_compare_exchange_strong(&vm->left, &left, 0) ||
           core_is_left(atomic_load(&vm->used_in), atomic_load(&vm->used_at), here);
}

/* Ends a run whose thread has left it. */
static void end_left(vm *vm)
{
    signal_mask mask;
    if (atomic_load(&vm->closes) || !atomic_load(&vm->works))
        return;
    interrupt_now(vm);
    wait_finished(vm);
    host_signals_block(&mask);
    goVMForget(vm->handle);
    host_signals_restore(&mask);
}

/* Set on threads with a call under way: a thread that ends leaves it. */
static pthread_key_t used_key;
static int have_used_key;

static void leave_used(void *used)
{
    vm *vm = used;
    if (atomic_load(&vm->used_at) != 0 && atomic_load(&vm->used_in) == core_thread())
        atomic_store(&vm->left, 1);
}

__attribute__((constructor)) static void make_used_key(void)
{
    have_used_key = pthread_key_create(&used_key, leave_used) == 0;
}

static void note_used(const vm *vm)
{
    if (have_used_key)
        pthread_setspecific(used_key, vm);
}

static __attribute__((noinline)) void note_use(vm *vm)
{
    note_used(vm);
    atomic_store(&vm->used_in, core_thread());
    atomic_store(&vm->used_at, (uintptr_t)__builtin_frame_address(0));
}

/* Returns 0 if the VM was idle, 1 if the thread of its call had left it, -1 if it is in use. */
static int take(vm *vm, uintptr_t here)
{
    int idle = 0;
    if (atomic_compare_exchange_strong(&vm->running, &idle, 1)) {
        note_use(vm);
        return 0;
    }
    if (!was_left(vm, here))
        return -1;
    note_use(vm);
    return 1;
}

/* Begins an operation that one thread at a time may do with a VM: acquires the VM, or stores the
 * reason for the refusal in *status. The thread cannot be cancelled until the end. here is an
 * address on the caller's stack. */
static vm *begin(zmqjs_vm *handle, const char *function, uintptr_t here, int *status)
{
    core_guard guard;
    core_guard_begin(&guard);
    int taken = 0;
    vm *vm = handle_acquire(&live, handle);
    if (vm != NULL) {
        taken = take(vm, here);
        if (taken != 0) /* refused; or the call that was left has acquired it too */
            handle_release(&live, handle);
        if (taken >= 0)
            vm->cancel_state = guard.cancel_state;
    }
    core_guard_end(&guard);
    if (vm == NULL) {
        *status = status_fail(ZMQJS_INVALID_ARGUMENT, "%s: not a VM, or freed before", function);
        return NULL;
    }
    if (taken < 0) {
        *status = status_fail(ZMQJS_BUSY, "%s: the VM is running, or a handler has jumped out of a call", function);
        return NULL;
    }
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
    if (taken > 0)
        end_left(vm);
    return vm;
}

static void end(zmqjs_vm *handle, vm *vm)
{
    int cancel_state = vm->cancel_state;
    core_guard guard;
    core_guard_begin(&guard);
    note_used(NULL);
    atomic_store(&vm->used_at, 0);
    atomic_store(&vm->running, 0);
    handle_release(&live, handle);
    core_guard_end(&guard);
    pthread_setcancelstate(cancel_state, NULL);
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
    struct vm *machine = begin(vm, "zmqjs_vm_set_arguments", HERE, &status);
    if (machine == NULL)
        return status;
    signal_mask mask;
    host_signals_block(&mask);
    goVMSetArguments(machine->handle, count, (char **)arguments);
    host_signals_restore(&mask);
    end(vm, machine);
    return ZMQJS_OK;
}

/* Passes on interrupts and signals from zmqjs_vm_interrupt and zmqjs_vm_signal. */
static void pass_on(vm *vm)
{
    signal_mask mask;
    core_event_reset(vm->wake_event);
    int interrupt = atomic_exchange(&vm->interrupt, 0);
    uint64_t signals = atomic_exchange(&vm->signals, 0);
    host_signals_block(&mask);
    if (interrupt)
        goVMInterrupt(vm->handle);
    for (int i = 0; i < SIGNAL_MAXIMUM; i++)
        if (signals & (uint64_t)1 << i)
            goVMSignal(vm->handle, i + 1);
    host_signals_restore(&mask);
}

static void wait_for_end(vm *vm)
{
    struct pollfd descriptors[2] = {
        {.fd = vm->finished_event, .events = POLLIN},
        {.fd = vm->wake_event, .events = POLLIN},
    };
    do {
        pthread_setcancelstate(vm->cancel_state, NULL);
        int ready = core_poll(descriptors, 2, -1);
        pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
        if (ready < 0)
            descriptors[0].revents = descriptors[1].revents = 0; /* EINTR */
        if (descriptors[1].revents != 0)
            pass_on(vm);
    } while (descriptors[0].revents == 0);
    note_finished(vm);
}

/* Called when the thread is cancelled. */
static void leave_run(vm **vm)
{
    if (*vm == NULL)
        return;
    interrupt_now(*vm);
    note_used(NULL); /* from now on another thread may free it */
    atomic_store(&(*vm)->left, 1);
}

static void wait_for_run(vm *waited)
{
    __attribute__((cleanup(leave_run))) vm *left = waited;
    wait_for_end(left);
    left = NULL;
}

void vm_finished(vm *vm)
{
    core_event_set(vm->finished_event);
}

/* Runs a file, or source if that is not NULL. */
static int run(vm *vm, const char *name, const char *source, size_t length, int *exit_status)
{
    signal_mask mask;
    char *text = NULL;
    int script_status = 0;
    core_streams_hold(); /* before the script opens files */
    pass_on(vm); /* interrupts and signals that arrived before the run apply to it */
    host_signals_block(&mask);
    atomic_store(&vm->works, 1);
    goVMRun(vm, vm->handle, (char *)name, (char *)source, length);
    host_signals_restore(&mask);
    wait_for_run(vm);
    host_signals_block(&mask);
    int status = goVMResult(vm->handle, &script_status, &text);
    host_signals_restore(&mask);
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
    struct vm *machine = begin(vm, "zmqjs_vm_evaluate", HERE, &status);
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
    struct vm *machine = begin(vm, "zmqjs_vm_run_file", HERE, &status);
    if (machine == NULL)
        return status;
    status = run(machine, path, NULL, 0, exit_status);
    end(vm, machine);
    return status;
}

/* Notes signals for the call that is under way, or an interrupt if signals is 0. Any thread, any
 * handler. */
static int post(zmqjs_vm *handle, uint64_t signals)
{
    int error = errno;
    core_guard guard;
    core_guard_begin(&guard);
    vm *vm = handle_acquire(&live, handle);
    if (vm != NULL) {
        if (signals == 0)
            atomic_store(&vm->interrupt, 1);
        atomic_fetch_or(&vm->signals, signals);
        core_event_set(vm->wake_event);
        handle_release(&live, handle);
    }
    core_guard_end(&guard);
    errno = error;
    return vm != NULL ? ZMQJS_OK : ZMQJS_INVALID_ARGUMENT;
}

int zmqjs_vm_interrupt(zmqjs_vm *vm)
{
    return silently_unavailable() ? ZMQJS_UNAVAILABLE : post(vm, 0);
}

int zmqjs_vm_signal(zmqjs_vm *vm, int signal_number)
{
    if (silently_unavailable())
        return ZMQJS_UNAVAILABLE;
    if (signal_number < 1 || signal_number > SIGNAL_MAXIMUM)
        return ZMQJS_INVALID_ARGUMENT;
    return post(vm, (uint64_t)1 << (signal_number - 1));
}

/* Frees the rest of a VM that has stopped. */
static void finish(zmqjs_vm *handle, vm *vm)
{
    int cancel_state = vm->cancel_state;
    core_guard guard;
    core_guard_begin(&guard);
    note_used(NULL);
    handle_remove(&live, handle);
    discard(vm);
    core_guard_end(&guard);
    pthread_setcancelstate(cancel_state, NULL);
}

int zmqjs_vm_free(zmqjs_vm *vm)
{
    int status = unavailable("zmqjs_vm_free");
    if (status != 0)
        return status;
    struct vm *machine = begin(vm, "zmqjs_vm_free", HERE, &status);
    if (machine == NULL)
        return status;
    stop(machine);
    finish(vm, machine);
    return ZMQJS_OK;
}

int vm_signal_action(vm *vm, int signal_number, int action)
{
    if (vm->options.signal_action == NULL)
        return ENOTSUP;
    const signal_mask *left = host_callback_begin();
    int error = vm->options.signal_action(vm->options.payload, signal_number, action);
    host_callback_end(left);
    return error;
}
