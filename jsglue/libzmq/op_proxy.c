/* proxy(): passes messages on between two sockets until its control socket ends it. */
#include "message.h"
#include "operations.h"
#include "poller.h"
#include "proxy.h"
#include "runtime.h"
#include "socket.h"
#include "wait.h"

#include <string.h>

enum { FRONTEND, BACKEND, CAPTURE, CONTROL, SOCKETS };

typedef struct steered {
    core_proxy proxy;
    core_poller *poller; /* frontend, backend unless it is the same, and control if there is one */
    core_socket *control; /* or NULL */
    int paused, ended;
} steered;

/* Passes on waiting messages, unless the proxy is paused: 0, or an errno; and in *deadline the
 * end of the following wait. */
static int turn(steered *steered, int64_t *deadline)
{
    core_proxy *proxy = &steered->proxy;
    core_poller *poller = steered->poller;
    memset(proxy->events, 0, sizeof proxy->events);
    int error = steered->paused ? 0 : core_proxy_pass(proxy);
    if (error != 0)
        return error;
    if (proxy->sockets[0] == proxy->sockets[1]) {
        core_poller_modify(poller, 0, proxy->events[0] | proxy->events[1]);
    } else {
        core_poller_modify(poller, 0, proxy->events[0]);
        core_poller_modify(poller, 1, proxy->events[1]);
    }
    int found = core_poller_look(poller, poller->found, poller->used);
    if (found < 0)
        return errno;
    *deadline = found > 0 ? core_now() : -1; /* it only lets an interrupt in */
    return 0;
}

/* Sends a part of a reply, and waits until there is room for it: ZMQJS_OK, or the status of a failure. */
static int reply(const operation *op, const steered *steered, const void *data, size_t size, int flags)
{
    OP_WAITING(wait);
    for (;;) {
        int timed_out, error = core_send(steered->control, data, size, flags);
        if (error != EAGAIN)
            return error == 0 ? ZMQJS_OK : op_fail_errno(op, error);
        op_wait_begin(op, &wait, steered->control->descriptor, NULL, -1);
        int status = op_wait(op, &wait, &timed_out);
        if (status != ZMQJS_OK)
            return status;
        core_refresh(steered->control);
    }
}

/* Sends the statistics, as zmq_proxy_steerable does: eight parts of 64 bits. ZMQJS_OK, or the status of a
 * failure. */
static int tell_statistics(const operation *op, const steered *steered)
{
    const core_proxy *proxy = &steered->proxy;
    uint64_t numbers[8];
    for (size_t i = 0; i < 2; i++) {
        numbers[4 * i] = proxy->received[i].messages;
        numbers[4 * i + 1] = proxy->received[i].bytes;
        numbers[4 * i + 2] = proxy->sent[i].messages;
        numbers[4 * i + 3] = proxy->sent[i].bytes;
    }
    int status = ZMQJS_OK;
    for (int i = 0; i < 8 && status == ZMQJS_OK; i++)
        status = reply(op, steered, &numbers[i], sizeof numbers[i], i < 7 ? ZMQ_SNDMORE : 0);
    return status;
}

static int is(zmq_msg_t *message, const char *command)
{
    size_t length = strlen(command);
    return zmq_msg_size(message) == length && memcmp(zmq_msg_data(message), command, length) == 0;
}

/* Executes a command: ZMQJS_OK, or the status of a failure. */
static int obey(const operation *op, steered *steered, zmq_msg_t *command)
{
    if (is(command, "STATISTICS"))
        return tell_statistics(op, steered);
    if (is(command, "PAUSE"))
        steered->paused = 1;
    else if (is(command, "RESUME"))
        steered->paused = 0;
    else if (is(command, "TERMINATE"))
        steered->ended = 1;
    return steered->control->type == ZMQ_REP ? reply(op, steered, NULL, 0, 0) : ZMQJS_OK;
}

/* Executes the commands that have arrived: ZMQJS_OK, or the status of a failure. */
static int steer(const operation *op, steered *steered)
{
    int error = 0, status = ZMQJS_OK;
    while (steered->control != NULL && !steered->ended && error == 0 && status == ZMQJS_OK) {
        zmq_msg_t command;
        zmq_msg_init(&command);
        error = core_receive(steered->control, &command, 0);
        if (error == 0)
            status = obey(op, steered, &command);
        zmq_msg_close(&command);
    }
    return error == 0 || error == EAGAIN ? status : op_fail_errno(op, error);
}

/* Runs until it is ended: ZMQJS_OK, or the status of a failure. */
static int run_proxy(const operation *op, steered *steered)
{
    OP_WAITING(wait);
    op_wait_begin(op, &wait, -1, steered->poller, -1); /* the thread can be cancelled only there */
    for (;;) {
        int64_t deadline = -1;
        int paused = steered->paused, timed_out;
        int error = turn(steered, &deadline);
        if (error != 0)
            return op_fail_errno(op, error);
        int status = steer(op, steered);
        if (status != ZMQJS_OK)
            return status;
        if (steered->ended)
            return op_return_integer(op, 0);
        op_wait_begin(op, &wait, -1, steered->poller, steered->paused != paused ? core_now() : deadline);
        status = op_wait(op, &wait, &timed_out);
        if (status != ZMQJS_OK)
            return status;
    }
}

/* Makes the poller: 0, or an errno. */
static int make_poller(steered *steered)
{
    core_socket *sockets[] = {steered->proxy.sockets[0], steered->proxy.sockets[1], steered->control};
    steered->poller = core_poller_new();
    if (steered->poller == NULL)
        return ENOMEM;
    for (int i = 0; i < 3; i++) {
        if (sockets[i] == NULL || core_poller_find(steered->poller, sockets[i], -1) >= 0)
            continue;
        if (core_poller_add(steered->poller, core_poller_find_free(steered->poller), sockets[i], -1, ZMQ_POLLIN) != 0)
            return errno;
    }
    return 0;
}

/* Reads the arguments: ZMQJS_OK, or the status of a failure. */
static int read_sockets(const operation *op, core_socket **sockets)
{
    for (size_t i = 0; i < SOCKETS; i++) {
        const zmqjs_data *data = op_argument(op, i);
        sockets[i] = NULL;
        if (i >= CAPTURE && data->type <= ZMQJS_NULL)
            continue;
        if (data->type != ZMQJS_INSTANCE || data->as.instance == NULL ||
            data->as.instance->class_number != CORE_SOCKET || data->as.instance->home != op->frame->runtime)
            return op_fail(op, CORE_FAILED_ARGUMENTS, 0);
        sockets[i] = data->as.instance->object;
    }
    for (size_t i = 0; i < SOCKETS; i++)
        if (sockets[i] != NULL && sockets[i]->socket == NULL)
            return op_fail_errno(op, ENOTSOCK);
    return ZMQJS_OK;
}

static void free_poller(const steered *steered)
{
    if (steered->poller != NULL)
        core_poller_free(steered->poller);
}

static int proxy(const operation *op)
{
    core_socket *sockets[SOCKETS] = {NULL};
    __attribute__((cleanup(free_poller))) steered steered = {0};
    int flags;
    int status = read_sockets(op, sockets);
    if (status != ZMQJS_OK)
        return status;
    if (op_read_flags(op, SOCKETS, &flags) != 0 || (flags & ZMQ_DONTWAIT && sockets[CONTROL] != NULL))
        return op_fail(op, CORE_FAILED_ARGUMENTS, 0);
    steered.proxy.sockets[0] = sockets[FRONTEND];
    steered.proxy.sockets[1] = sockets[BACKEND];
    steered.proxy.capture = sockets[CAPTURE];
    steered.control = sockets[CONTROL];
    if (flags & ZMQ_DONTWAIT) {
        int failed = core_proxy_pass(&steered.proxy);
        return failed == 0 ? op_return(op, ZMQJS_UNDEFINED) : op_fail_errno(op, failed);
    }
    int error = make_poller(&steered);
    return error == 0 ? run_proxy(op, &steered) : op_fail_errno(op, error);
}

int op_proxy(const zmqjs_function *function, zmqjs_frame *frame)
{
    if (frame == NULL)
        return ZMQJS_INVALID_ARGUMENT;
    const operation op = {.function = function, .frame = frame, .runtime = core_frame_enter(frame)};
    if (op.runtime == NULL)
        return core_refuse(function, frame);
    core_frame_of(frame)->held = CORE_HOLDS_NOTHING;
    if (frame->arguments == NULL)
        frame->argument_count = 0;
    int status = proxy(&op);
    core_runtime_exit(op.runtime);
    return status;
}
