/*
 * Whether data have arrived on a socket that a receive has found empty. A script that polls without
 * waiting spends most of its time in this system call; epoll_wait() takes half the time of poll().
 * So a socket that is asked often gets an epoll of its own, unless there are too many of them.
 */
#include "readable.h"
#include "socket.h"

#include <sys/epoll.h>
#include <unistd.h>

/* How often a socket is asked before that, and the maximum of epolls, each of which is a
 * descriptor. */
enum { ASKED_OFTEN = 16, EPOLLS = 64 };

static atomic_int epolls;

/* Makes the epoll of a socket, or notes that it gets none. */
static void make_epoll(core_socket *socket)
{
    struct epoll_event event = {.events = EPOLLIN};
    int error = errno;
    int cancel_state;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel_state);
    if (atomic_fetch_add(&epolls, 1) < EPOLLS) {
        core_streams_hold();
        int made = epoll_create1(EPOLL_CLOEXEC);
        if (made >= 0 && epoll_ctl(made, EPOLL_CTL_ADD, socket->descriptor, &event) == 0)
            socket->epoll = made;
        else if (made >= 0)
            close(made);
    }
    if (socket->epoll < 0)
        atomic_fetch_sub(&epolls, 1);
    pthread_setcancelstate(cancel_state, NULL);
    errno = error;
}

void core_readable_end(core_socket *socket)
{
    if (socket->epoll < 0)
        return;
    close(socket->epoll);
    socket->epoll = -1;
    atomic_fetch_sub(&epolls, 1);
}

int core_is_readable(core_socket *socket)
{
    struct pollfd polled = {.fd = socket->descriptor, .events = POLLIN};
    struct epoll_event event;
    if (polled.fd == CORE_NO_FD)
        return 1;
    if (socket->epoll >= 0) {
        int count = core_epoll_now(socket->epoll, &event, 1);
        if (count >= 0)
            return count;
    } else if (socket->asked < ASKED_OFTEN && ++socket->asked == ASKED_OFTEN) {
        make_epoll(socket);
    }
    return core_poll_now(&polled, 1) != 0;
}
