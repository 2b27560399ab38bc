#include "capi.h"
#include "runtime.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A thread's text is freed when the thread ends. A short text takes its place if memory is
 * exhausted. */
static pthread_key_t key;
static int have_key;
static __thread char *text;
static __thread int lost;

__attribute__((constructor)) static void make_key(void)
{
    have_key = pthread_key_create(&key, free) == 0;
}

static void set_text(char *made)
{
    free(text);
    text = made;
    lost = made == NULL;
    if (have_key)
        pthread_setspecific(key, made);
}

int status_fail(int status, const char *format, ...)
{
    char made[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(made, sizeof made, format, arguments);
    va_end(arguments);
    return status_fail_text(status, made);
}

int status_fail_text(int status, const char *made)
{
    set_text(strdup(made));
    return status;
}

int status_read_structure(const char *function, const char *name, const void *structure, size_t least, void *into,
                          size_t size)
{
    const struct {
        uint32_t abi_version, size;
    } *head = structure;
    if (head->abi_version < 1 || head->abi_version > ZMQJS_ABI_VERSION)
        return status_fail(ZMQJS_VERSION_MISMATCH,
                           "%s: the host was compiled for ABI version %u, this library knows 1 to %u", function,
                           head->abi_version, ZMQJS_ABI_VERSION);
    if (head->size < least)
        return status_fail(ZMQJS_VERSION_MISMATCH, "%s: the %s has %u bytes, it needs at least %zu", function,
                           name, head->size, least);
    memset(into, 0, size);
    memcpy(into, structure, head->size < size ? head->size : size);
    return 0;
}

int status_unavailable(void)
{
    if (core_forked())
        return status_fail(ZMQJS_UNAVAILABLE, "a child made by fork() cannot use ZeroMQ: it must call exec() first");
    const char *call = NULL;
    int error = go_descriptors_open(&call);
    if (error != 0)
        return status_fail(ZMQJS_OUT_OF_MEMORY, "no descriptors for the library: %s: %s", call, strerror(error));
    if (go_descriptors_lost())
        return status_fail(ZMQJS_UNAVAILABLE, "%s", GO_DESCRIPTORS_LOST);
    return libzmq_is_mixed() ? libzmq_fail_mixed() : 0;
}

const char *zmqjs_last_error(void)
{
    if (lost)
        return "out of memory";
    return text != NULL ? text : "";
}
