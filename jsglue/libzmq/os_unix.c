//go:build unix

#include "core.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

/* ---- descriptors ---- */

int core_is_open(zmq_fd_t descriptor)
{
    return fcntl(descriptor, F_GETFD) >= 0;
}

int core_is_listening(zmq_fd_t descriptor)
{
    int listens = 0;
    socklen_t size = sizeof listens;
    return getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) == 0 && listens != 0;
}

/*
 * If a standard descriptor is closed, the next file that is opened gets its number and then the
 * output for the stream. So such a number is occupied first, by a descriptor that can be neither
 * read nor written, like a closed one: both fail with EBADF.
 */
static int take_number(int number)
{
    if (fcntl(number, F_GETFD) >= 0)
        return 0;
    int descriptor = open("/", core_open_neither | O_CLOEXEC);
    if (descriptor > STDERR_FILENO) /* another thread has opened it */
        close(descriptor);
    return descriptor >= 0 && descriptor <= STDERR_FILENO ? 1 << descriptor : 0;
}

unsigned core_streams_hold(void)
{
    unsigned held = 0;
    int error = errno;
    for (int number = STDIN_FILENO; number <= STDERR_FILENO; number++)
        held |= (unsigned)take_number(number);
    errno = error;
    return held;
}

void core_streams_release(unsigned held)
{
    for (int number = STDIN_FILENO; number <= STDERR_FILENO; number++)
        if (held & 1U << number)
            close(number);
}

/*
 * libzmq ends the process if it gets no descriptor for certain purposes: the epoll of a thread, or
 * the list of network devices. So callers check before such a call. Another thread may use the
 * descriptors up in between; that cannot be prevented from outside libzmq.
 */
int core_descriptors_left(int count)
{
    int *descriptors = malloc((size_t)count * sizeof *descriptors);
    int made = 0, error = descriptors != NULL ? 0 : ENOMEM;
    core_streams_hold();
    while (error == 0 && made < count) {
        int descriptor = core_event_open();
        if (descriptor >= 0)
            descriptors[made++] = descriptor;
        else
            error = errno;
    }
    for (int i = 0; i < made; i++)
        close(descriptors[i]);
    free(descriptors);
    return error;
}

zmq_fd_t core_event_new(void)
{
    core_streams_hold();
    return core_event_open();
}

void core_event_close(zmq_fd_t event)
{
    close(event);
}

/* ---- threads ---- */

void core_after_fork(void (*child)(void))
{
    pthread_atfork(NULL, NULL, child);
}

/* ---- the process ---- */

void core_at_exit(void (*routine)(void))
{
    atexit(routine);
}

/* ---- programs and shared libraries ---- */

core_module core_module_of(const void *address)
{
    Dl_info info = {0};
    dladdr(address, &info);
    return (core_module){info.dli_fbase, info.dli_fname != NULL ? info.dli_fname : ""};
}

/* ---- memory ---- */

void *core_pages_new(size_t size)
{
    void *pages = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return pages != MAP_FAILED ? pages : NULL;
}

void core_pages_free(void *pages, size_t size)
{
    munmap(pages, size);
}
