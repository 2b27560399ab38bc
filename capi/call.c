/*
 * Calls that enter Go: of functions without an operation in C, and to explain the failures of
 * operations.
 */
#include "_cgo_export.h"
#include "capi.h"
#include "operation.h"
#include "runtime.h"

#include <errno.h>
#include <time.h>


static int run_in_go(const zmqjs_function *self, zmqjs_frame *frame, core_runtime *runtime)
{
    signal_mask mask;
    host_signals_block(&mask);
    int status = goCall(self->number, frame, runtime);
    host_signals_restore(&mask);
    return status;
}

static int refuse_without_descriptors(zmqjs_frame *frame)
{
    static const zmqjs_error lost = {.error_number = EBADF, .code = "EBADF", .message = GO_DESCRIPTORS_LOST};
    core_frame_of(frame)->held = CORE_HOLDS_NOTHING;
    frame->keep_count = 0;
    frame->error = lost;
    return ZMQJS_EXCEPTION;
}

/* How often a call is repeated after a collection, since libzmq closes sockets in the
 * background. */
enum { TRIES = 50, PAUSE_NANOSECONDS = 2000000 };

/* Whether the call failed because descriptors or sockets have run out. */
static int has_run_out(int status, const zmqjs_frame *frame)
{
    return status == ZMQJS_EXCEPTION && (frame->error.error_number == EMFILE || frame->error.error_number == ENFILE);
}

static void end_collecting(core_runtime **inside)
{
    atomic_store(&(*inside)->collecting, 0);
    core_runtime_exit(*inside);
}

/* Collects garbage and exits the runtime; the call counts as under way until then. The thread
 * may be cancelled in the callback. */
static COLD void collect_now(core_runtime *inside, void *context)
{
    __attribute__((cleanup(end_collecting))) core_runtime *collecting = inside;
    atomic_store(&collecting->collecting, 1);
    collecting->engine.collect(collecting->payload, context);
}

#define NOT_COLLECTED UINT64_MAX

/* Runs the function inside the runtime. If descriptors have run out, collects garbage and stores
 * in *before the number of instances finalized before that; otherwise *before is unchanged. If
 * before is NULL, it does not collect. */
static int run(const zmqjs_function *self, zmqjs_frame *frame, uint64_t *before)
{
    core_runtime *runtime = core_frame_enter(frame);
    if (runtime == NULL)
        return core_refuse(self, frame);
    int status = go_descriptors_lost() ? refuse_without_descriptors(frame) : run_in_go(self, frame, runtime);
    if (before != NULL && has_run_out(status, frame) && runtime->engine.collect != NULL &&
        !atomic_load(&runtime->collecting)) {
        *before = core_instances_finalized();
        collect_now(runtime, frame->context);
    } else {
        core_runtime_exit(runtime);
    }
    return status;
}

/* Repeats the call while the collection keeps freeing instances. */
static COLD int retry(const zmqjs_function *self, zmqjs_frame *frame, uint64_t before, int status)
{
    for (int i = 0; i < TRIES && has_run_out(status, frame) && core_instances_finalized() != before; i++) {
        const struct timespec pause = {0, i > 0 ? PAUSE_NANOSECONDS : 0};
        nanosleep(&pause, NULL);
        core_frame_release(frame);
        status = run(self, frame, NULL);
    }
    return status;
}

int call_go(const zmqjs_function *self, zmqjs_frame *frame)
{
    uint64_t before = NOT_COLLECTED;
    if (self == NULL || frame == NULL)
        return status_fail(ZMQJS_INVALID_ARGUMENT, "zmqjs_function.call: self or frame is NULL");
    int status = run(self, frame, &before);
    return before == NOT_COLLECTED ? status : retry(self, frame, before, status);
}

/* ---- failures ---- */

static void put_failure(const zmqjs_function *function, zmqjs_frame *frame)
{
    static const zmqjs_error child = {
        .error_number = ENOTSUP,
        .code = "ENOTSUP",
        .message = "a child made by fork() cannot use ZeroMQ: it must call exec() first",
    };
    signal_mask mask;
    frame->keep_count = 0;
    if (core_forked()) {
        frame->error = child;
        return;
    }
    if (go_descriptors_lost()) {
        refuse_without_descriptors(frame);
        return;
    }
    host_signals_block(&mask);
    goExplain(function->number, frame);
    host_signals_restore(&mask);
}

__attribute__((constructor)) static void set_put_failure(void)
{
    core_put_failure = put_failure;
}

/* ---- frames and instances ---- */

void zmqjs_frame_release(zmqjs_frame *frame)
{
    if (frame != NULL)
        core_frame_release(frame);
}

int zmqjs_frame_adopt(zmqjs_frame *frame, const zmqjs_data *bytes, zmqjs_release *release, void **argument)
{
    if (frame == NULL || bytes == NULL || release == NULL || argument == NULL)
        return status_fail(ZMQJS_INVALID_ARGUMENT, "zmqjs_frame_adopt: an argument is NULL");
    int status = core_frame_adopt(frame, bytes, release, argument);
    if (status == ZMQJS_INVALID_ARGUMENT)
        status_fail(status, "zmqjs_frame_adopt: bytes that are not the frame's, or not adoptable");
    return status == ZMQJS_OUT_OF_MEMORY ? status_fail(status, "zmqjs_frame_adopt: out of memory") : status;
}

void zmqjs_finalize(zmqjs_instance *instance)
{
    core_instance_finalize(instance);
}
