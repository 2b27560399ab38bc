#include "glue.h"

#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

/*
 * libzmq ends the process where it gets no descriptor for what it takes for granted: the epoll
 * of a thread, or a look at the network devices. So whoever is going to ask for such a thing
 * looks first. Another thread may be faster: this is as good as it gets from outside.
 */
int glue_descriptors_left(int count)
{
    int *descriptors = malloc((size_t)count * sizeof *descriptors);
    int made = 0, error = descriptors != NULL ? 0 : ENOMEM;
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
