/*
 * Go starts in a constructor, to which glibc's dynamic linker passes the arguments of main(); behind them are the
 * environment and the auxiliary vector. musl's passes none (https://github.com/golang/go/issues/13492). For musl
 * scripts/musl-cc therefore takes Go's constructor out of the library's list, and defines its name as GO_ENTRY, by
 * which it is called from here.
 */
#include "host_signals_linux.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

#if defined __GLIBC__ /* one system with two C libraries */

char **go_start_environment(int argument_count, char **arguments)
{
    return arguments + argument_count + 1;
}

void go_start(void)
{
}

#elif !defined GO_ENTRY
#error "Go does not start with this C library: make cross TARGET=linux-musl-x64 builds the library for musl on x86-64"
#else

/* Weak, because Go links the C code without itself first. */
__attribute__((weak, visibility("hidden"))) void GO_ENTRY(int argument_count, char **arguments);

/* Those of the auxiliary vector that Go uses. */
static const unsigned long auxiliary[] = {AT_PAGESZ, AT_RANDOM, AT_SECURE, AT_HWCAP, AT_HWCAP2, AT_SYSINFO_EHDR};

enum { AUXILIARY = sizeof auxiliary / sizeof *auxiliary };

/* No arguments, NULL, the environment, NULL, and the auxiliary vector, which Go keeps. */
static char **vector;

static char **made_environment(void)
{
    size_t count = 0;
    while (environ != NULL && environ[count] != NULL)
        count++;
    vector = calloc(count + 2 + (size_t)2 * (AUXILIARY + 1), sizeof *vector);
    if (vector == NULL)
        load_fail("memory", errno);
    char **end = vector + 1;
    for (size_t i = 0; i < count; i++)
        if ((*end++ = strdup(environ[i])) == NULL)
            load_fail("memory", errno);
    end++;
    for (int i = 0; i < AUXILIARY; i++) {
        unsigned long value = getauxval(auxiliary[i]);
        if (value == 0)
            continue;
        memcpy(end++, &auxiliary[i], sizeof *end);
        memcpy(end++, &value, sizeof *end);
    }
    return vector + 1;
}

char **go_start_environment(int argument_count, char **arguments)
{
    (void)argument_count, (void)arguments;
    return made_environment();
}

void go_start(void)
{
    GO_ENTRY(0, vector);
}

#endif
