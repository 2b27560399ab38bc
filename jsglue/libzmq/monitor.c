/*
 * Monitors of sockets (zmq_socket_monitor). libzmq blocks indefinitely and uninterruptibly
 * when a monitor event has no receiver, or one whose queue is full. So libzmq's events go to
 * a PAIR of the library, which has no limit, and from there without waiting to the endpoint
 * that the script's PAIR connects to.
 *
 * A call on a monitored socket passes its events on before it returns, so that they are there
 * then, as with libzmq alone. One thread passes on those that come in the background, as long
 * as there are monitors. One mutex guards all monitors, and nothing that blocks runs under it.
 */
#include "monitor.h"
#include "socket.h"
#include "thread.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The maximum of events that wait for a receiver; beyond it the oldest are dropped. */
enum { KEPT = 1000 };

/* libzmq sends an event as two parts: its number in 16 bits and its value, and the endpoint. */
typedef struct event {
    zmq_msg_t parts[2];
} event;

struct core_monitor {
    void *source; /* PAIR that receives libzmq's events; NULL after the last one */
    void *front;  /* PAIR that is bound to the script's endpoint */
    zmq_fd_t descriptors[2]; /* ZMQ_FD of both */
    int place;          /* the index among the thread's polled descriptors; -1: not polled yet */
    int events;         /* those that the script wants */
    /* The monitor has a reference to both. */
    core_socket *monitored; /* NULL once it is closed or has another monitor */
    core_socket *receiver;  /* the library's socket that is connected to front; NULL if it is another one, or closed */
    event *kept;            /* a ring of KEPT events, allocated for the first one */
    int first, count;
    _Atomic uint64_t dropped;
    int references; /* of the list below, and of the receiver */
    core_monitor *next;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static core_monitor *monitors; /* those with a front */
static zmq_fd_t wake = CORE_NO_FD; /* event: the list has changed. It belongs to the thread while that runs */

static void release(core_monitor *monitor)
{
    if (--monitor->references > 0)
        return;
    for (; monitor->count > 0; monitor->count--, monitor->first = (monitor->first + 1) % KEPT)
        for (int i = 0; i < 2; i++)
            zmq_msg_close(&monitor->kept[monitor->first].parts[i]);
    free(monitor->kept);
    free(monitor);
}

static void wake_thread(void)
{
    core_event_set(wake);
}

/* Ends the links between a monitor and its socket, which may have another monitor. */
static void forget_monitored(core_monitor *monitor)
{
    core_socket *socket = monitor->monitored;
    if (socket == NULL)
        return;
    monitor->monitored = NULL;
    if (atomic_load(&socket->monitor) == monitor)
        atomic_store(&socket->monitor, NULL);
    core_socket_release(socket);
}

/* The receiver still refers to the monitor, for core_monitor_dropped. */
static void forget_receiver(core_monitor *monitor)
{
    core_socket *socket = monitor->receiver;
    monitor->receiver = NULL;
    if (socket != NULL)
        core_socket_release(socket);
}

/* ---- passing on ---- */

static void close_pair(void **pair)
{
    if (*pair != NULL)
        zmq_close(*pair);
    *pair = NULL;
}

/* Ends a monitor, so that another one can have the endpoint at once. */
static void end(core_monitor *monitor)
{
    char endpoint[1024];
    size_t size = sizeof endpoint;
    if (monitor->front != NULL && zmq_getsockopt(monitor->front, ZMQ_LAST_ENDPOINT, endpoint, &size) == 0)
        zmq_unbind(monitor->front, endpoint);
    close_pair(&monitor->source);
    close_pair(&monitor->front);
    forget_monitored(monitor);
    forget_receiver(monitor);
    core_monitor **link = &monitors;
    while (*link != monitor)
        link = &(*link)->next;
    *link = monitor->next;
    wake_thread();
    release(monitor);
}

/* Appends an event to the ring. */
static void keep(core_monitor *monitor, event *taken)
{
    if (monitor->kept == NULL)
        monitor->kept = malloc(KEPT * sizeof *monitor->kept);
    if (monitor->kept == NULL || monitor->count == KEPT) {
        event *lost = monitor->kept == NULL ? taken : &monitor->kept[monitor->first];
        zmq_msg_close(&lost->parts[0]);
        zmq_msg_close(&lost->parts[1]);
        monitor->dropped++;
        if (lost == taken)
            return;
        monitor->first = (monitor->first + 1) % KEPT;
        monitor->count--;
    }
    event *place = &monitor->kept[(monitor->first + monitor->count++) % KEPT];
    for (int i = 0; i < 2; i++) {
        zmq_msg_init(&place->parts[i]);
        zmq_msg_move(&place->parts[i], &taken->parts[i]);
        zmq_msg_close(&taken->parts[i]);
    }
}

static int event_number(event *event)
{
    uint16_t number = 0;
    if (zmq_msg_size(&event->parts[0]) >= sizeof number)
        memcpy(&number, zmq_msg_data(&event->parts[0]), sizeof number);
    return number;
}

static int event_value(event *event)
{
    int32_t value = 0;
    const char *data = zmq_msg_data(&event->parts[0]);
    if (zmq_msg_size(&event->parts[0]) >= sizeof(uint16_t) + sizeof value)
        memcpy(&value, data + sizeof(uint16_t), sizeof value);
    return value;
}

/* Receives an event that has arrived: 0, or an errno. */
static int take_in(core_monitor *monitor)
{
    event event;
    int error = 0;
    zmq_msg_init(&event.parts[0]);
    zmq_msg_init(&event.parts[1]);
    for (int i = 0; i < 2 && error == 0; i++)
        if (CORE_RETRY(zmq_msg_recv(&event.parts[i], monitor->source, ZMQ_DONTWAIT)) < 0)
            error = zmq_errno();
    int number = error == 0 ? event_number(&event) : 0;
    if (number == ZMQ_EVENT_BIND_FAILED && monitor->monitored != NULL)
        monitor->monitored->bind_error = event_value(&event);
    if ((number & monitor->events) != 0) {
        keep(monitor, &event);
    } else {
        zmq_msg_close(&event.parts[0]);
        zmq_msg_close(&event.parts[1]);
    }
    if (number == ZMQ_EVENT_MONITOR_STOPPED)
        close_pair(&monitor->source);
    return error;
}

/* Sends the oldest event: 0, or an errno. If the receiver is gone after the first part, the
 * second one would become the next event's first; so the whole event stays. */
static int hand_on(core_monitor *monitor)
{
    event *oldest = &monitor->kept[monitor->first];
    for (int i = 0; i < 2; i++) {
        zmq_msg_t copy;
        zmq_msg_init(&copy);
        zmq_msg_copy(&copy, &oldest->parts[i]);
        int flags = ZMQ_DONTWAIT | (i == 0 ? ZMQ_SNDMORE : 0);
        if (CORE_RETRY(zmq_msg_send(&copy, monitor->front, flags)) < 0) {
            int error = zmq_errno();
            zmq_msg_close(&copy);
            return error;
        }
    }
    zmq_msg_close(&oldest->parts[0]);
    zmq_msg_close(&oldest->parts[1]);
    monitor->first = --monitor->count > 0 ? (monitor->first + 1) % KEPT : 0;
    return 0;
}

/* Sends waiting events. It ends the monitor after its last event, and with its context. */
static void pass_on(core_monitor *monitor)
{
    int error = 0, ready;
    size_t size = sizeof ready;
    while (error == 0 && monitor->source != NULL)
        error = take_in(monitor);
    if (error == 0 || error == EAGAIN) /* libzmq processes the commands that have arrived on ZMQ_FD */
        error = CORE_RETRY(zmq_getsockopt(monitor->front, ZMQ_EVENTS, &ready, &size)) < 0 ? zmq_errno() : 0;
    while (error == 0 && monitor->count > 0)
        error = hand_on(monitor);
    bool is_waited_for = monitor->count > 0 && monitor->receiver != NULL;
    if ((error != 0 && error != EAGAIN) || (monitor->source == NULL && !is_waited_for))
        end(monitor);
}

/* ---- the thread ---- */

/* The descriptors that the thread polls: its event, and two of each monitor. NULL if memory runs
 * out. */
static struct pollfd *list_polled(size_t *count)
{
    *count = 1;
    for (core_monitor *monitor = monitors; monitor != NULL; monitor = monitor->next)
        *count += 2;
    struct pollfd *polled = malloc(*count * sizeof *polled);
    if (polled == NULL)
        return NULL;
    polled[0] = (struct pollfd){.fd = wake, .events = POLLIN};
    int place = 1;
    for (core_monitor *monitor = monitors; monitor != NULL; monitor = monitor->next) {
        monitor->place = place;
        for (int i = 0; i < 2; i++)
            polled[place++] = (struct pollfd){.fd = monitor->descriptors[i], .events = POLLIN};
        if (monitor->source == NULL) /* closed: the number may belong to another file */
            polled[monitor->place].fd = CORE_NO_FD;
    }
    return polled;
}

static bool is_due(const core_monitor *monitor, const struct pollfd *polled)
{
    return polled == NULL || (monitor->place > 0 && (polled[monitor->place].revents | polled[monitor->place + 1].revents));
}

/* The time between two looks if there is no memory for the descriptors. */
enum { BLIND_MILLISECONDS = 50 };

static void serve(void *unused)
{
    (void)unused;
    pthread_mutex_lock(&lock);
    while (monitors != NULL) {
        size_t count;
        struct pollfd *polled = list_polled(&count);
        pthread_mutex_unlock(&lock);
        core_poll(polled, polled != NULL ? count : 0, polled != NULL ? -1 : BLIND_MILLISECONDS);
        pthread_mutex_lock(&lock);
        core_event_reset(wake);
        for (core_monitor *monitor = monitors, *next; monitor != NULL; monitor = next) {
            next = monitor->next;
            if (is_due(monitor, polled))
                pass_on(monitor);
        }
        free(polled);
    }
    core_event_close(wake);
    wake = CORE_NO_FD;
    pthread_mutex_unlock(&lock);
}

/* Returns 0, or an errno. */
static int start_thread(void)
{
    if (wake != CORE_NO_FD)
        return 0;
    wake = core_event_new();
    if (wake == CORE_NO_FD)
        return errno;
    int error = core_thread_start(serve, NULL);
    if (error != 0) {
        core_event_close(wake);
        wake = CORE_NO_FD;
    }
    return error;
}

/* ---- beginning and ending ---- */

/* A PAIR with a high-water mark: 0, or an errno. */
static int make_pair(const core_socket *socket, int mark, int limit, void **pair, zmq_fd_t *descriptor)
{
    int linger = 0;
    size_t size = sizeof *descriptor;
    *pair = zmq_socket(core_context_base(socket->context)->context, ZMQ_PAIR);
    if (*pair == NULL || zmq_setsockopt(*pair, ZMQ_LINGER, &linger, sizeof linger) != 0 ||
        zmq_setsockopt(*pair, mark, &limit, sizeof limit) != 0 ||
        zmq_getsockopt(*pair, ZMQ_FD, descriptor, &size) != 0)
        return zmq_errno();
    return 0;
}

/* Whether libzmq accepts the endpoint for a monitor; it reports errors itself. */
static bool is_monitorable(const char *endpoint)
{
    static const char scheme[] = "inproc://";
    return strncmp(endpoint, scheme, sizeof scheme - 1) == 0 && endpoint[sizeof scheme - 1] != '\0';
}

/* Makes libzmq's own monitor of the socket end, with its last event: 0, or an errno. Events that
 * have not been received still wait for their receiver. */
static int stop(core_socket *socket)
{
    core_monitor *monitor = atomic_load(&socket->monitor);
    int error = zmq_socket_monitor(socket->socket, NULL, 0) != 0 ? zmq_errno() : 0;
    if (monitor != NULL) {
        forget_monitored(monitor);
        pass_on(monitor);
    }
    return error;
}

/* A receiver's queue has the usual size of a socket's. An unknown receiver may read late, and
 * its end would not be noticed: it gets all events at once. */
static const int usual_mark = 1000;

static int connect_pairs(core_monitor *monitor, const char *endpoint)
{
    static uint64_t number;
    char inner[64];
    snprintf(inner, sizeof inner, "inproc://zmqjs-events-%llu", (unsigned long long)++number);
    core_socket *monitored = monitor->monitored;
    int error = make_pair(monitored, ZMQ_SNDHWM, monitor->receiver != NULL ? usual_mark : 0, &monitor->front,
                          &monitor->descriptors[1]);
    if (error == 0)
        error = make_pair(monitored, ZMQ_RCVHWM, 0, &monitor->source, &monitor->descriptors[0]);
    if (error == 0 && zmq_bind(monitor->front, endpoint) != 0)
        error = zmq_errno();
    /* In this order: a socket that is connected to an unbound endpoint stays until its context
     * ends, which aborts if there is no room for another socket. */
    if (error == 0 && (zmq_socket_monitor(monitored->socket, inner, monitor->events | ZMQ_EVENT_MONITOR_STOPPED) != 0 ||
                       zmq_connect(monitor->source, inner) != 0))
        error = zmq_errno();
    return error;
}

/* Under the lock. */
static int begin(core_socket *socket, const char *endpoint, int events, core_socket *receiver)
{
    if (!is_monitorable(endpoint) || events < 0 || events > UINT16_MAX)
        return zmq_socket_monitor(socket->socket, endpoint, events) != 0 ? zmq_errno() : EINVAL;
    int error = stop(socket);
    if (error == 0)
        error = start_thread();
    if (error != 0)
        return error;
    core_monitor *monitor = calloc(1, sizeof *monitor);
    if (monitor == NULL)
        return ENOMEM;
    *monitor = (core_monitor){
        .place = -1,
        .events = events,
        .monitored = socket,
        .receiver = receiver,
        .references = 1,
        .next = monitors,
    };
    monitors = monitor;
    core_socket_retain(socket);
    if (receiver != NULL)
        core_socket_retain(receiver);
    error = connect_pairs(monitor, endpoint);
    if (error != 0) {
        end(monitor);
        return error;
    }
    atomic_store(&socket->monitor, monitor);
    if (receiver != NULL) {
        atomic_store(&receiver->receives, monitor);
        monitor->references++;
    }
    wake_thread();
    return 0;
}

int core_monitor_begin(core_socket *socket, const char *endpoint, int events, core_socket *receiver)
{
    pthread_mutex_lock(&lock);
    int error = begin(socket, endpoint, events, receiver);
    pthread_mutex_unlock(&lock);
    return error;
}

int core_monitor_end(core_socket *socket)
{
    pthread_mutex_lock(&lock);
    int error = stop(socket);
    pthread_mutex_unlock(&lock);
    return error;
}

void core_monitor_pass_on(core_socket *socket)
{
    pthread_mutex_lock(&lock);
    core_monitor *monitor = atomic_load(&socket->monitor);
    if (monitor != NULL)
        pass_on(monitor);
    pthread_mutex_unlock(&lock);
}

int core_monitor_take_bind_error(core_socket *socket)
{
    pthread_mutex_lock(&lock);
    int error = socket->bind_error;
    socket->bind_error = 0;
    pthread_mutex_unlock(&lock);
    return error;
}

void core_monitor_detach(core_socket *socket)
{
    pthread_mutex_lock(&lock);
    core_monitor *monitor = atomic_load(&socket->monitor);
    if (monitor != NULL)
        forget_monitored(monitor);
    monitor = atomic_load(&socket->receives);
    if (monitor != NULL) {
        forget_receiver(monitor);
        if (monitor->monitored != NULL)
            stop(monitor->monitored);
        else if (monitor->front != NULL)
            pass_on(monitor);
    }
    pthread_mutex_unlock(&lock);
}

void core_monitor_release(core_socket *receiver)
{
    pthread_mutex_lock(&lock);
    core_monitor *monitor = atomic_exchange(&receiver->receives, NULL);
    if (monitor != NULL)
        release(monitor);
    pthread_mutex_unlock(&lock);
}

uint64_t core_monitor_dropped(const core_socket *receiver)
{
    core_monitor *monitor = atomic_load(&receiver->receives); /* it stays as long as the receiver */
    return monitor != NULL ? atomic_load(&monitor->dropped) : 0;
}
