/*
 * A poller for sockets and descriptors. Reading the events of a socket takes system calls, so only
 * those sockets are asked whose events may have changed: those that were used or had an event since
 * they were asked last, and those whose ZMQ_FD has become readable. ZMQ_FD is edge-triggered:
 * asking a socket, or using it, resets the descriptor for every other poller. So the socket counts
 * its uses, and an entry with another count is asked. An entry whose descriptor has become readable
 * stays marked until the socket is asked.
 */
#include "poller.h"
#include "guard.h"
#include "poller_entry.h"
#include "prefetched.h"
#include "socket.h"

#include <stdlib.h>
#include <string.h>

/* ---- entries ---- */

/* Makes room for one more entry and for the descriptors of a wait: at most one for each socket,
 * or one for all; each descriptor; and the event that wakes it. */
static int grow(core_poller *poller)
{
    int capacity = poller->capacity > 0 ? 2 * poller->capacity : 4;
    struct pollfd *polled = realloc(poller->polled, (size_t)(capacity + 2) * sizeof *polled);
    if (polled == NULL)
        return -1;
    poller->polled = polled;
    core_poller_event *found = realloc(poller->found, (size_t)capacity * sizeof *found);
    if (found == NULL)
        return -1;
    poller->found = found;
    int *order = realloc(poller->order, (size_t)capacity * sizeof *order);
    if (order == NULL)
        return -1;
    poller->order = order;
    core_poller_entry *entries = realloc(poller->entries, (size_t)capacity * sizeof *entries);
    if (entries == NULL)
        return -1;
    memset(entries + poller->capacity, 0, (size_t)(capacity - poller->capacity) * sizeof *entries);
    poller->entries = entries;
    poller->capacity = capacity;
    return 0;
}

core_poller *core_poller_new(void)
{
    core_poller *poller = calloc(1, sizeof *poller);
    if (poller != NULL)
        core_watch_init(poller);
    return poller;
}

void core_poller_free(core_poller *poller)
{
    core_guard guard;
    core_guard_begin(&guard);
    core_watch_close(poller);
    core_guard_end(&guard);
    for (int i = 0; i < poller->used; i++)
        if (poller->entries[poller->order[i]].socket != NULL)
            core_socket_release(poller->entries[poller->order[i]].socket);
    free(poller->entries);
    free(poller->polled);
    free(poller->found);
    free(poller->order);
    free(poller);
}

int core_poller_find(const core_poller *poller, const core_socket *socket, zmq_fd_t descriptor)
{
    for (int i = 0; i < poller->count; i++) {
        const core_poller_entry *entry = &poller->entries[i];
        if (entry->used && entry->socket == socket && (socket != NULL || entry->descriptor == descriptor))
            return i;
    }
    return -1;
}

int core_poller_find_free(const core_poller *poller)
{
    int i = 0;
    while (i < poller->count && (poller->entries[i].used || poller->entries[i].kept))
        i++;
    return i;
}

int core_poller_find_used(const core_poller *poller)
{
    for (int i = 0; i < poller->count; i++)
        if (poller->entries[i].used)
            return i;
    return -1;
}

int core_poller_add(core_poller *poller, int index, core_socket *socket, zmq_fd_t descriptor, int events)
{
    if (index >= poller->capacity && grow(poller) != 0)
        return -1;
    core_poller_entry *entry = &poller->entries[index];
    *entry = (core_poller_entry){
        .socket = socket,
        .used = 1,
        .descriptor = socket != NULL ? socket->descriptor : descriptor,
        .events = (short)events,
        .told = 1,
        .number = ++poller->last_number,
    };
    if (index == poller->count)
        poller->count++;
    int result = 0;
    if (socket != NULL)
        result = core_watch_add(poller, entry);
    if (result != 0) {
        entry->used = 0;
        return -1;
    }
    poller->order[poller->used++] = index;
    if (socket != NULL) {
        poller->sockets++;
        core_socket_retain(socket);
    }
    return 0;
}

void core_poller_modify(core_poller *poller, int index, int events)
{
    poller->entries[index].events = (short)events;
    poller->entries[index].told = 1;
}

/* Removes an entry from the order; the next look begins at the same place. */
static void unorder(core_poller *poller, int index)
{
    int place = 0;
    while (poller->order[place] != index)
        place++;
    poller->used--;
    memmove(&poller->order[place], &poller->order[place + 1], (size_t)(poller->used - place) * sizeof *poller->order);
    if (place < poller->first)
        poller->first--;
}

/* Stops watching a descriptor, unless another entry has it: that of a closed socket is closed
 * later, and its number may be reused by then. */
static void unwatch(const core_poller *poller, zmq_fd_t descriptor)
{
    for (int i = 0; i < poller->count; i++) {
        const core_poller_entry *other = &poller->entries[i];
        if (other->used && other->socket != NULL && other->descriptor == descriptor)
            return;
    }
    core_watch_remove(poller, descriptor);
}

void core_poller_remove(core_poller *poller, int index)
{
    core_poller_entry *entry = &poller->entries[index];
    entry->used = 0;
    unorder(poller, index);
    poller->dropped += entry->kept;
    if (entry->socket == NULL)
        return;
    poller->sockets--;
    unwatch(poller, entry->descriptor);
    core_socket_release(entry->socket);
    entry->socket = NULL;
}

void core_poller_keep(core_poller *poller, int index)
{
    poller->entries[index].kept = 1;
}

void core_poller_leave_closed(core_poller *poller)
{
    uint64_t closed = core_closed_sockets();
    if (poller->closed == closed) /* otherwise a look at each of thousands of sockets would cost as much as a wait */
        return;
    poller->closed = closed;
    for (int i = 0; i < poller->count; i++) {
        const core_poller_entry *entry = &poller->entries[i];
        if (entry->used && entry->socket != NULL && entry->socket->socket == NULL)
            core_poller_remove(poller, i);
    }
}

size_t core_poller_take_dropped(core_poller *poller, zmqjs_keep *keep)
{
    size_t count = 0;
    for (int i = 0; i < poller->count && poller->dropped > 0; i++) {
        core_poller_entry *entry = &poller->entries[i];
        if (entry->used || !entry->kept)
            continue;
        keep[count++] = (zmqjs_keep){2 * (uint32_t)i + 1, -1};
        keep[count++] = (zmqjs_keep){2 * (uint32_t)i, -1};
        entry->kept = 0;
        poller->dropped--;
    }
    return count;
}

/* ---- looking ---- */

/* Whether a socket's events may differ from those found last, or are due. */
static int is_due(const core_poller_entry *entry)
{
    return entry->told || entry->found != 0 || entry->uses != entry->socket->uses;
}

static int count_due(const core_poller *poller)
{
    int due = 0;
    for (int i = 0; i < poller->count; i++) {
        const core_poller_entry *entry = &poller->entries[i];
        due += entry->used && entry->socket != NULL && is_due(entry);
    }
    return due;
}

int core_poller_fill(core_poller *poller)
{
    int count = 0;
    if (poller->polled == NULL)
        return 0;
    if (poller->sockets > 0)
        count = core_watch_fill(poller, poller->polled);
    for (int i = 0; poller->sockets < poller->used && i < poller->count; i++) {
        core_poller_entry *entry = &poller->entries[i];
        if (!entry->used || entry->socket != NULL)
            continue;
        entry->polled = &poller->polled[count++];
        *entry->polled = (struct pollfd){.fd = entry->descriptor};
        if (entry->events & ZMQ_POLLIN)
            entry->polled->events |= POLLIN;
        if (entry->events & ZMQ_POLLOUT)
            entry->polled->events |= POLLOUT;
        if (entry->events & ZMQ_POLLPRI)
            entry->polled->events |= POLLPRI;
    }
    return count;
}

/* The result of poll() for a descriptor, as zmq_poll() reports it. */
static short descriptor_events(const core_poller_entry *entry)
{
    short found = 0, polled = entry->polled->revents;
    if (polled & POLLIN)
        found |= ZMQ_POLLIN;
    if (polled & POLLOUT)
        found |= ZMQ_POLLOUT;
    if (polled & POLLPRI)
        found |= ZMQ_POLLPRI;
    if (polled & ~(POLLIN | POLLOUT | POLLPRI))
        found |= ZMQ_POLLERR;
    return found;
}

/* Reads the events of a socket. Returns 0, or -1 with errno. */
static int look_at_socket(core_poller_entry *entry)
{
    int events = 0;
    entry->socket->uses++;
    int error = core_read_events(entry->socket, &events);
    if (error != 0) {
        errno = error;
        return -1;
    }
    entry->told = 0;
    entry->uses = entry->socket->uses;
    entry->found = (short)(events & entry->events);
    return 0;
}

static int look_at(core_poller_entry *entry)
{
    if (entry->socket == NULL) {
        entry->found = descriptor_events(entry);
        return 0;
    }
    return is_due(entry) ? look_at_socket(entry) : 0;
}

/* Finds the entries whose events may have changed: 0 if no entry has an event, 1 if some may have one, or -1 with errno. */
static int ask(core_poller *poller)
{
    int due, told;
    if (poller->sockets < poller->used) {
        int count = core_poller_fill(poller);
        if (CORE_RETRY(core_poll_now(poller->polled, (size_t)count)) < 0)
            return -1;
        return poller->sockets > 0 && core_watch_found(poller) && core_watch_ask(poller) < 0 ? -1 : 1;
    }
    due = count_due(poller);
    if (due == poller->sockets)
        return due > 0;
    told = core_watch_ask(poller);
    return told < 0 ? -1 : due + told > 0;
}

static void reverse(core_poller_event *events, int count)
{
    for (int i = 0, j = count - 1; i < j; i++, j--) {
        core_poller_event swapped = events[i];
        events[i] = events[j];
        events[j] = swapped;
    }
}

/* Swaps the events found from the start of the look and those found from the first entry on. */
static void put_in_order(core_poller_event *events, int later, int count)
{
    if (later == 0 || later == count)
        return;
    reverse(events, later);
    reverse(events + later, count - later);
    reverse(events, count);
}

int core_poller_look(core_poller *poller, core_poller_event *events, int limit)
{
    int found = 0, later = 0, first = poller->first < poller->used ? poller->first : 0, place = first;
    int asked = ask(poller);
    if (asked <= 0)
        return asked;
    for (int n = 0; n < poller->used && found < limit; n++, place = place + 1 < poller->used ? place + 1 : 0) {
        int i = poller->order[place];
        core_poller_entry *entry = &poller->entries[i];
        if (look_at(entry) != 0)
            return -1;
        if (entry->found == 0)
            continue;
        events[found++] = (core_poller_event){
            .index = i,
            .is_socket = entry->socket != NULL,
            .descriptor = entry->descriptor,
            .events = entry->found,
        };
        later += place >= first;
        poller->first = place + 1;
    }
    put_in_order(events, later, found);
    return found;
}
