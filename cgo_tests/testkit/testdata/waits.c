/*
 * Tells which timed waits libzmqjs makes, and no other library: a line for each on the file
 * that the environment variable WAITS names: its deadline, and the time that is left until
 * then, in nanoseconds.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <linux/futex.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>

typedef long syscall_function(long, long, long, long, long, long, long);

static long long nanoseconds(const struct timespec *time)
{
    return time->tv_sec * 1000000000LL + time->tv_nsec;
}

static void tell(const struct timespec *deadline)
{
    struct timespec now;
    FILE *file = fopen(getenv("WAITS"), "a");
    if (file == NULL)
        abort();
    clock_gettime(CLOCK_MONOTONIC, &now);
    fprintf(file, "%lld %lld\n", nanoseconds(deadline), nanoseconds(deadline) - nanoseconds(&now));
    fclose(file);
}

long syscall(long number, ...)
{
    Dl_info caller;
    syscall_function *call;
    long given[6];
    va_list arguments;
    va_start(arguments, number);
    for (int i = 0; i < 6; i++)
        given[i] = va_arg(arguments, long);
    va_end(arguments);
    if (number == SYS_futex && (given[1] & FUTEX_CMD_MASK) == FUTEX_WAIT_BITSET && given[3] != 0 &&
        dladdr(__builtin_return_address(0), &caller) != 0 && strstr(caller.dli_fname, "libzmqjs") != NULL)
        tell((const struct timespec *)given[3]);
    void *next = dlsym(RTLD_NEXT, "syscall");
    memcpy(&call, &next, sizeof call);
    return call(number, given[0], given[1], given[2], given[3], given[4], given[5]);
}
