/*
 * Connections over inproc to endpoints that are not bound yet. libzmq keeps them, and when the
 * context ends it makes a socket for each to bind its endpoint; it aborts if MAX_SOCKETS or the
 * limit of descriptors leaves none. So a context has a spare socket from its first such connection
 * on, which binds the endpoints before libzmq has to.
 */
#include "inproc.h"
#include "socket.h"
#include "zmq_draft.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct core_inproc_entry {
    char *endpoint;
    const core_socket *socket; /* the socket that is bound or connected; NULL once it is closed */
    int type;                  /* of the socket */
    core_inproc_entry *next;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* acquired after that of lifetime.c */

/* Under the lock: 0, or an errno. */
static int add(core_inproc_entry **list, const char *endpoint, const core_socket *socket)
{
    core_inproc_entry *added = malloc(sizeof *added);
    char *copy = strdup(endpoint);
    if (added == NULL || copy == NULL) {
        free(added);
        free(copy);
        return ENOMEM;
    }
    *added = (core_inproc_entry){copy, socket, socket->type, *list};
    *list = added;
    return 0;
}

static void remove_at(core_inproc_entry **link)
{
    core_inproc_entry *removed = *link;
    *link = removed->next;
    free(removed->endpoint);
    free(removed);
}

/* Under the lock: where a list has an endpoint of a socket (NULL: of any socket); NULL if it is
 * not there. */
static core_inproc_entry **find(core_inproc_entry **list, const char *endpoint, const core_socket *socket)
{
    for (; *list != NULL; list = &(*list)->next)
        if ((socket == NULL || (*list)->socket == socket) && strcmp((*list)->endpoint, endpoint) == 0)
            return list;
    return NULL;
}

/* Under the lock: makes the spare socket if there is none, of a type that accepts any number of
 * peers. Returns 0, or an errno. */
static int make_spare(core_inproc *inproc, void *context)
{
    int linger = 0;
    if (inproc->spare != NULL)
        return 0;
    inproc->spare = zmq_socket(context, ZMQ_PULL);
    if (inproc->spare == NULL)
        return zmq_errno();
    zmq_setsockopt(inproc->spare, ZMQ_LINGER, &linger, sizeof linger);
    return 0;
}

static void close_spare(core_inproc *inproc)
{
    if (inproc->spare != NULL)
        zmq_close(inproc->spare);
    inproc->spare = NULL;
}

/* Under the lock: whether an endpoint is bound that is in no list, such as a monitor's.
 * Otherwise the spare socket can bind it, when nobody is connected to it. */
static int is_bound_elsewhere(core_inproc *inproc, const char *endpoint)
{
    if (zmq_bind(inproc->spare, endpoint) == 0) {
        zmq_unbind(inproc->spare, endpoint);
        return 0;
    }
    return zmq_errno() == EADDRINUSE;
}

/* Whether libzmq keeps only the last message of the socket's connections: other types ignore the
 * option. */
static int conflates(const core_socket *socket)
{
    int value = 0;
    size_t size = sizeof value;
    switch (socket->type) {
    case ZMQ_DEALER:
    case ZMQ_PULL:
    case ZMQ_PUSH:
    case ZMQ_PUB:
    case ZMQ_SUB:
        return zmq_getsockopt(socket->socket, ZMQ_CONFLATE, &value, &size) == 0 && value != 0;
    default:
        return 0;
    }
}

/* Under the lock: core_inproc_connecting for an endpoint that is not in the list of bound ones. */
static int wait_for(core_inproc *inproc, core_socket *socket, const char *endpoint)
{
    int error = make_spare(inproc, core_context_base(socket->context)->context);
    if (error != 0)
        return error;
    if (find(&inproc->waiting, endpoint, NULL) == NULL && is_bound_elsewhere(inproc, endpoint)) {
        if (inproc->waiting == NULL)
            close_spare(inproc);
        return socket->type == ZMQ_DISH ? CORE_INPROC_NOT_RADIO : 0;
    }
    return conflates(socket) ? CORE_INPROC_CONFLATES : add(&inproc->waiting, endpoint, socket);
}

/* Whether sockets of two types can be peers within the process, which libzmq does not check: a
 * DISH sends its groups to its peer as messages that only a RADIO can read, and libzmq ends the
 * process when another type reads their bytes. */
static int can_be_peers(int type, int other)
{
    return (type != ZMQ_DISH || other == ZMQ_RADIO) && (other != ZMQ_DISH || type == ZMQ_RADIO);
}

int core_inproc_connecting(core_socket *socket, const char *endpoint)
{
    core_inproc *inproc = &core_context_base(socket->context)->inproc;
    int error = 0;
    pthread_mutex_lock(&lock);
    core_inproc_entry **bound = find(&inproc->bound, endpoint, NULL);
    if (inproc->ended)
        error = ETERM;
    else if (bound == NULL)
        error = wait_for(inproc, socket, endpoint);
    else if (!can_be_peers(socket->type, (*bound)->type))
        error = CORE_INPROC_NOT_RADIO;
    pthread_mutex_unlock(&lock);
    return error;
}

/* libzmq sends the routing id of the socket that binds to these, and aborts if it cannot. */
static int takes_routing_id(const core_socket *socket)
{
    return socket->type == ZMQ_ROUTER || socket->type == ZMQ_REP;
}

int core_inproc_can_bind(core_context *context, int type, const char *endpoint)
{
    int can = 1;
    if (type != ZMQ_PAIR && type != ZMQ_CHANNEL) /* those refuse all peers but one */
        return can;
    pthread_mutex_lock(&lock);
    for (const core_inproc_entry *entry = core_context_base(context)->inproc.waiting; entry != NULL; entry = entry->next)
        if (entry->socket != NULL && takes_routing_id(entry->socket) && strcmp(entry->endpoint, endpoint) == 0)
            can = 0;
    pthread_mutex_unlock(&lock);
    return can;
}

int core_inproc_suits(core_context *context, int type, const char *endpoint)
{
    int suits = 1;
    pthread_mutex_lock(&lock);
    for (const core_inproc_entry *entry = core_context_base(context)->inproc.waiting; entry != NULL; entry = entry->next)
        if (!can_be_peers(type, entry->type) && strcmp(entry->endpoint, endpoint) == 0)
            suits = 0;
    pthread_mutex_unlock(&lock);
    return suits;
}

int core_inproc_can_end(const core_socket *socket, const char *endpoint)
{
    pthread_mutex_lock(&lock);
    int waits = find(&core_context_base(socket->context)->inproc.waiting, endpoint, socket) != NULL;
    pthread_mutex_unlock(&lock);
    return !waits || !takes_routing_id(socket);
}

void core_inproc_not_connected(const core_socket *socket, const char *endpoint)
{
    pthread_mutex_lock(&lock);
    core_inproc_entry **link = find(&core_context_base(socket->context)->inproc.waiting, endpoint, socket);
    if (link != NULL)
        remove_at(link);
    pthread_mutex_unlock(&lock);
}

void core_inproc_bound(core_context *context, const core_socket *socket, const char *endpoint)
{
    core_inproc *inproc = &core_context_base(context)->inproc;
    pthread_mutex_lock(&lock);
    for (core_inproc_entry **link; (link = find(&inproc->waiting, endpoint, NULL)) != NULL;)
        remove_at(link);
    if (socket != NULL)
        add(&inproc->bound, endpoint, socket); /* if it fails, is_bound_elsewhere finds the endpoint */
    pthread_mutex_unlock(&lock);
}

void core_inproc_unbound(const core_socket *socket, const char *endpoint)
{
    pthread_mutex_lock(&lock);
    core_inproc_entry **link = find(&core_context_base(socket->context)->inproc.bound, endpoint, socket);
    if (link != NULL)
        remove_at(link);
    pthread_mutex_unlock(&lock);
}

void core_inproc_closed(const core_socket *socket)
{
    core_inproc *inproc = &core_context_base(socket->context)->inproc;
    pthread_mutex_lock(&lock);
    for (core_inproc_entry **link = &inproc->bound; *link != NULL;)
        if ((*link)->socket == socket)
            remove_at(link);
        else
            link = &(*link)->next;
    for (core_inproc_entry *entry = inproc->waiting; entry != NULL; entry = entry->next)
        if (entry->socket == socket)
            entry->socket = NULL;
    pthread_mutex_unlock(&lock);
}

void core_inproc_end(core_context *context)
{
    core_inproc *inproc = &context->inproc;
    pthread_mutex_lock(&lock);
    inproc->ended = 1;
    for (; inproc->waiting != NULL; remove_at(&inproc->waiting))
        zmq_bind(inproc->spare, inproc->waiting->endpoint); /* EADDRINUSE: it no longer waits */
    while (inproc->bound != NULL)
        remove_at(&inproc->bound);
    close_spare(inproc);
    pthread_mutex_unlock(&lock);
}
