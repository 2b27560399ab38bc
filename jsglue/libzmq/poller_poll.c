//go:build !linux

/* Each socket's descriptor is polled, before those that are in the poller themselves. */
#include "poller_entry.h"

void glue_watch_init(glue_poller *poller)
{
    (void)poller;
}

void glue_watch_close(const glue_poller *poller)
{
    (void)poller;
}

int glue_watch_add(glue_poller *poller, const glue_poller_entry *entry)
{
    (void)poller;
    (void)entry;
    return 0;
}

void glue_watch_remove(const glue_poller *poller, zmq_fd_t descriptor)
{
    (void)poller;
    (void)descriptor;
}

int glue_watch_fill(const glue_poller *poller, struct pollfd *polled)
{
    int count = 0;
    for (int i = 0; i < poller->count; i++) {
        glue_poller_entry *entry = &poller->entries[i];
        if (!entry->used || entry->socket == NULL)
            continue;
        entry->polled = &polled[count++];
        *entry->polled = (struct pollfd){.fd = entry->descriptor, .events = POLLIN};
    }
    return count;
}

int glue_watch_found(const glue_poller *poller)
{
    for (int i = 0; i < poller->sockets; i++)
        if (poller->polled[i].revents != 0)
            return 1;
    return 0;
}

int glue_watch_ask(glue_poller *poller)
{
    int count = glue_watch_fill(poller, poller->polled);
    if (GLUE_RETRY(glue_poll_now(poller->polled, (size_t)count)) < 0)
        return -1;
    for (int i = 0; i < poller->count; i++) {
        glue_poller_entry *entry = &poller->entries[i];
        if (!entry->used || entry->socket == NULL || entry->polled->revents == 0)
            continue;
        entry->told = 1;
        if (entry->socket->own_poller != NULL)
            glue_own_poller_take(entry->socket);
    }
    return 0;
}

int glue_poller_descriptor(glue_poller *poller, zmq_fd_t *descriptor)
{
    (void)poller;
    (void)descriptor;
    return ENOTSUP;
}
