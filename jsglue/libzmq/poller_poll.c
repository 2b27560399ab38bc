//go:build !linux

/* Each socket's descriptor is polled, before the poller's own descriptors. */
#include "message.h"
#include "poller.h"
#include "poller_entry.h"
#include "socket.h"

void core_watch_init(core_poller *poller)
{
    (void)poller;
}

void core_watch_close(const core_poller *poller)
{
    (void)poller;
}

int core_watch_add(core_poller *poller, const core_poller_entry *entry)
{
    (void)poller;
    (void)entry;
    return 0;
}

void core_watch_remove(const core_poller *poller, zmq_fd_t descriptor)
{
    (void)poller;
    (void)descriptor;
}

int core_watch_fill(const core_poller *poller, struct pollfd *polled)
{
    int count = 0;
    for (int i = 0; i < poller->count; i++) {
        core_poller_entry *entry = &poller->entries[i];
        if (!entry->used || entry->socket == NULL)
            continue;
        entry->polled = &polled[count++];
        *entry->polled = (struct pollfd){.fd = entry->descriptor, .events = POLLIN};
    }
    return count;
}

int core_watch_found(const core_poller *poller)
{
    for (int i = 0; i < poller->sockets; i++)
        if (poller->polled[i].revents != 0)
            return 1;
    return 0;
}

int core_watch_ask(core_poller *poller)
{
    int count = core_watch_fill(poller, poller->polled), told = 0;
    if (CORE_RETRY(core_poll_now(poller->polled, (size_t)count)) < 0)
        return -1;
    for (int i = 0; i < poller->count; i++) {
        core_poller_entry *entry = &poller->entries[i];
        if (!entry->used || entry->socket == NULL || entry->polled->revents == 0)
            continue;
        entry->told = told = 1;
        if (entry->socket->own_poller != NULL)
            core_own_poller_take(entry->socket);
    }
    return told;
}

int core_poller_descriptor(core_poller *poller, zmq_fd_t *descriptor)
{
    (void)poller;
    (void)descriptor;
    return ENOTSUP;
}
