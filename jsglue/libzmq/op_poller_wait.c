/* Waiting for events of a poller. */
#include "operations.h"
#include "poller.h"
#include "poller_operation.h"
#include "wait.h"

/* The number of zmqjs_data in a PollerEvent: names and values in turn. */
enum { EVENT_DATA = 8 };

#define TEXT(text) ((zmqjs_data){.type = ZMQJS_STRING, .as.data = (void *)(text), .length = sizeof(text) - 1})

static zmqjs_data kept(int index)
{
    return (zmqjs_data){.type = ZMQJS_KEPT, .as.int32 = index};
}

/* Describes a PollerEvent; data has room for EVENT_DATA. */
static void describe(const core_poller_event *event, zmqjs_data *data, zmqjs_data *object)
{
    size_t count = 0;
    data[count++] = TEXT("socket");
    data[count++] = event->is_socket ? kept(2 * event->index) : (zmqjs_data){.type = ZMQJS_NULL};
    if (!event->is_socket) {
        data[count++] = TEXT("fd");
        data[count++] = core_integer(event->descriptor);
    }
    data[count++] = TEXT("user_data");
    data[count++] = kept(2 * event->index + 1);
    data[count++] = TEXT("events");
    data[count++] = core_integer(event->events);
    object->type = ZMQJS_OBJECT;
    object->as.elements = data;
    object->length = count / 2;
}

static int look(const operation *op, int limit, int *found)
{
    core_poller *poller = op->object;
    *found = limit > 0 ? core_poller_look(poller, poller->found, limit) : 0;
    return *found < 0 ? op_fail_errno(op, errno) : ZMQJS_OK;
}

/* Continues when no event was found at once. */
static COLD int wait_until_found(const operation *op, int limit, int timeout, int *found)
{
    OP_WAITING(wait);
    int timed_out = 0, status = ZMQJS_OK;
    op_wait_begin(op, &wait, CORE_NO_FD, op->object, core_deadline(timeout));
    while (status == ZMQJS_OK && *found == 0 && !timed_out) {
        status = op_wait(op, &wait, &timed_out);
        if (status == ZMQJS_OK)
            status = look(op, limit, found);
    }
    return status;
}

/* Waits for at most limit events: ZMQJS_OK and their number in *found, 0 after the timeout; or
 * the status of a failure. */
static inline int wait_for_events(const operation *op, int limit, int timeout, int *found)
{
    core_poller *poller = op->object;
    core_poller_leave_closed(poller);
    *found = 0;
    if (poller->used == 0 && timeout < 0)
        return op_fail_errno(op, EFAULT);
    if (limit > poller->used)
        limit = poller->used;
    int status = look(op, limit, found);
    if (status != ZMQJS_OK || *found > 0 || timeout == 0)
        return status;
    const operation copy = *op;
    return wait_until_found(&copy, limit, timeout, found);
}

static inline int wait_one(const operation *op, int timeout)
{
    core_poller *poller = op->object;
    int found;
    int status = wait_for_events(op, 1, timeout, &found);
    if (status != ZMQJS_OK)
        return status;
    if (found == 0)
        return op_poller_finish(op, op_return(op, ZMQJS_NULL));
    describe(&poller->found[0], core_frame_of(op->frame)->as.event, &op->frame->result);
    return op_poller_finish(op, ZMQJS_OK);
}

static int wait(const operation *op)
{
    int timeout;
    if (core_read_integer(op_argument(op, 0), &timeout) != 0)
        return op_fail(op, CORE_FAILED_ARGUMENTS, 0);
    return wait_one(op, timeout);
}

int op_poller_wait(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_POLLER, wait);
}

static int poll_one(const operation *op)
{
    return wait_one(op, 0);
}

int op_poller_poll(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_POLLER, poll_one);
}

static int wait_all(const operation *op, int timeout)
{
    core_poller *poller = op->object;
    int limit, found;
    if (core_read_integer(op_argument(op, 0), &limit) != 0 || limit <= 0)
        return op_fail(op, CORE_FAILED_ARGUMENTS, 0);
    int status = wait_for_events(op, limit, timeout, &found);
    if (status != ZMQJS_OK)
        return status;
    if (found == 0)
        return op_poller_finish(op, op_return(op, ZMQJS_NULL));
    zmqjs_data *events = core_frame_allocate(op->frame, (size_t)found * (1 + EVENT_DATA) * sizeof *events);
    if (events == NULL)
        return op_fail_errno(op, ENOMEM);
    for (int i = 0; i < found; i++)
        describe(&poller->found[i], events + found + (size_t)EVENT_DATA * (size_t)i, &events[i]);
    op->frame->result = (zmqjs_data){.type = ZMQJS_ARRAY, .as.elements = events, .length = (size_t)found};
    return op_poller_finish(op, op_return_held(op));
}

static int wait_for_all(const operation *op)
{
    int timeout;
    if (core_read_integer(op_argument(op, 1), &timeout) != 0)
        return op_fail(op, CORE_FAILED_ARGUMENTS, 0);
    return wait_all(op, timeout);
}

int op_poller_wait_all(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_POLLER, wait_for_all);
}

static int poll_all(const operation *op)
{
    return wait_all(op, 0);
}

int op_poller_poll_all(const zmqjs_function *function, zmqjs_frame *frame)
{
    return core_run(function, frame, CORE_POLLER, poll_all);
}
