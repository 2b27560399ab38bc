/* The epoll reports each change once (EPOLLET), so that it is read until it is empty. */
#include "guard.h"
#include "poller.h"
#include "poller_entry.h"
#include "socket.h"

#include <sys/epoll.h>
#include <unistd.h>

static uint64_t epoll_key(const core_poller *poller, const core_poller_entry *entry)
{
    return (uint64_t)entry->number << 32 | (uint64_t)(entry - poller->entries);
}

static int watch(const core_poller *poller, int epoll, const core_poller_entry *entry)
{
    struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.u64 = epoll_key(poller, entry)};
    return epoll_ctl(epoll, EPOLL_CTL_ADD, entry->descriptor, &event);
}

/* Makes an epoll with all sockets, in place of the present one, which stays on failure. Returns
 * 0, or -1 with errno. */
static int make_epoll_now(core_poller *poller)
{
    core_streams_hold();
    int made = epoll_create1(EPOLL_CLOEXEC);
    if (made < 0)
        return -1;
    for (int i = 0; i < poller->count; i++) {
        const core_poller_entry *entry = &poller->entries[i];
        if (entry->used && entry->socket != NULL && entry->socket->socket != NULL && watch(poller, made, entry) != 0) {
            int error = errno;
            close(made);
            errno = error;
            return -1;
        }
    }
    for (int i = 0; i < poller->count; i++)
        poller->entries[i].told = 1;
    if (poller->epoll >= 0)
        close(poller->epoll);
    poller->epoll = made;
    return 0;
}

static int make_epoll(core_poller *poller)
{
    core_guard guard;
    core_guard_begin(&guard);
    int result = make_epoll_now(poller), error = errno;
    core_guard_end(&guard);
    errno = error;
    return result;
}

void core_watch_init(core_poller *poller)
{
    poller->epoll = poller->all = -1;
}

void core_watch_close(const core_poller *poller)
{
    if (poller->epoll >= 0)
        close(poller->epoll);
    if (poller->all >= 0)
        close(poller->all);
}

int core_poller_descriptor(core_poller *poller, zmq_fd_t *descriptor)
{
    int count = core_poller_fill(poller);
    core_streams_hold();
    int made = epoll_create1(EPOLL_CLOEXEC);
    if (made < 0)
        return errno;
    for (int i = 0; i < count; i++) {
        const struct pollfd *polled = &poller->polled[i];
        struct epoll_event event = {.events = (uint32_t)polled->events, .data.fd = polled->fd};
        /* Regular files are always ready, and epoll refuses them: a look finds their events. */
        if (epoll_ctl(made, EPOLL_CTL_ADD, polled->fd, &event) != 0 && errno != EPERM) {
            int error = errno;
            close(made);
            return error;
        }
    }
    if (poller->all >= 0)
        close(poller->all);
    poller->all = *descriptor = made;
    return 0;
}

int core_watch_add(core_poller *poller, const core_poller_entry *entry)
{
    return poller->epoll < 0 ? make_epoll(poller) : watch(poller, poller->epoll, entry);
}

void core_watch_remove(const core_poller *poller, zmq_fd_t descriptor)
{
    epoll_ctl(poller->epoll, EPOLL_CTL_DEL, descriptor, NULL);
}

int core_watch_fill(const core_poller *poller, struct pollfd *polled)
{
    *polled = (struct pollfd){.fd = poller->epoll, .events = POLLIN};
    return 1;
}

int core_watch_found(const core_poller *poller)
{
    return poller->polled[0].revents != 0;
}

enum { TOLD_AT_ONCE = 64 };

/* If the epoll reports a socket that is gone, as it does if a child of fork() still has the
 * descriptor, it is replaced by a new one, which does not. If that fails, the old one still
 * works: it wakes waits without need, and reports that socket again. */
int core_watch_ask(core_poller *poller)
{
    struct epoll_event events[TOLD_AT_ONCE];
    int count, told = 0, stale = 0;
    do {
        count = CORE_RETRY(core_epoll_now(poller->epoll, events, TOLD_AT_ONCE));
        for (int i = 0; i < count; i++) {
            uint32_t index = (uint32_t)events[i].data.u64, number = (uint32_t)(events[i].data.u64 >> 32);
            if (index < (uint32_t)poller->count && poller->entries[index].used &&
                poller->entries[index].number == number)
                poller->entries[index].told = told = 1;
            else
                stale = 1;
        }
    } while (count == TOLD_AT_ONCE);
    if (stale && make_epoll(poller) == 0)
        told = 1;
    return count < 0 ? -1 : told;
}
