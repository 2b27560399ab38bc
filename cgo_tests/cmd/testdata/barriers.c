/*
 * Tells of each call of membarrier() that libzmqjs makes: the command on the file that the
 * environment variable BARRIERS names.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>

static void show_call(long number, const long given[6], const void *caller)
{
    (void)caller;
    if (number != SYS_membarrier)
        return;
    FILE *file = fopen(getenv("BARRIERS"), "a");
    if (file == NULL)
        abort();
    fprintf(file, "%ld\n", given[0]);
    fclose(file);
}

#include "../../testkit/testdata/system_calls.h"
