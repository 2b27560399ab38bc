#include "glue.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

/*
 * Where a standard descriptor is closed, the next one that is opened gets its number, and then
 * has written to it what was meant for the stream. So such a number is taken first, by something
 * that can be read and written as little as a closed descriptor: both fail with EBADF.
 */
static int take_number(int number)
{
    if (fcntl(number, F_GETFD) >= 0)
        return 0;
    int descriptor = open("/", O_PATH | O_CLOEXEC);
    if (descriptor > STDERR_FILENO) /* another thread was faster */
        close(descriptor);
    return descriptor >= 0 && descriptor <= STDERR_FILENO ? 1 << descriptor : 0;
}

unsigned glue_streams_hold(void)
{
    unsigned held = 0;
    int error = errno;
    for (int number = STDIN_FILENO; number <= STDERR_FILENO; number++)
        held |= (unsigned)take_number(number);
    errno = error;
    return held;
}

void glue_streams_release(unsigned held)
{
    for (int number = STDIN_FILENO; number <= STDERR_FILENO; number++)
        if (held & 1U << number)
            close(number);
}

int glue_eventfd(void)
{
    glue_streams_hold();
    return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}

/*
 * libzmq ends the process where it gets no descriptor for what it takes for granted: the epoll
 * of a thread, or a look at the network devices. So whoever is going to ask for such a thing
 * looks first. Another thread may be faster: this is as good as it gets from outside.
 */
int glue_descriptors_left(int count)
{
    int *descriptors = malloc((size_t)count * sizeof *descriptors);
    int made = 0, error = descriptors != NULL ? 0 : ENOMEM;
    glue_streams_hold();
    while (error == 0 && made < count) {
        int descriptor = eventfd(0, EFD_CLOEXEC);
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
