/* check.c - see check.h */
#include "check.h"

#include "zmqjs.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- checks ------------------------------------------------------------------------ */

/* _Exit: a case that has failed must not hang in exit(). */
void fail_at(const char *file, int line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fflush(stdout);
    fprintf(stderr, "%s:%d: ", file, line);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    _Exit(1);
}

void check_at(const char *file, int line, int holds, const char *text)
{
    if (!holds) fail_at(file, line, "does not hold: %s", text);
}

void check_int_at(const char *file, int line, long long actual, long long expected,
                  const char *text)
{
    if (actual != expected)
        fail_at(file, line, "%s is %lld, not %lld", text, actual, expected);
}

void check_text_at(const char *file, int line, const char *actual, const char *expected,
                   const char *text)
{
    if (!actual || strcmp(actual, expected) != 0)
        fail_at(file, line, "%s is \"%s\", not \"%s\"", text, actual ? actual : "(NULL)", expected);
}

void check_contains_at(const char *file, int line, const char *actual, const char *part,
                       const char *text)
{
    if (!actual || !strstr(actual, part))
        fail_at(file, line, "%s is \"%s\", without \"%s\"", text, actual ? actual : "(NULL)", part);
}

static const char *status_name(int status)
{
    switch (status) {
    case ZMQJS_OK: return "ZMQJS_OK";
    case ZMQJS_EXITED: return "ZMQJS_EXITED";
    case ZMQJS_HELD: return "ZMQJS_HELD";
    case ZMQJS_EXCEPTION: return "ZMQJS_EXCEPTION";
    case ZMQJS_INVALID_ARGUMENT: return "ZMQJS_INVALID_ARGUMENT";
    case ZMQJS_VERSION_MISMATCH: return "ZMQJS_VERSION_MISMATCH";
    case ZMQJS_MISSING_CALLBACK: return "ZMQJS_MISSING_CALLBACK";
    case ZMQJS_BUSY: return "ZMQJS_BUSY";
    case ZMQJS_OUT_OF_MEMORY: return "ZMQJS_OUT_OF_MEMORY";
    case ZMQJS_UNAVAILABLE: return "ZMQJS_UNAVAILABLE";
    case ZMQJS_SCRIPT_ERROR: return "ZMQJS_SCRIPT_ERROR";
    case ZMQJS_INTERRUPTED: return "ZMQJS_INTERRUPTED";
    }
    return "no status at all";
}

void check_status_at(const char *file, int line, int actual, int expected, const char *text)
{
    if (actual != expected)
        fail_at(file, line, "%s is %s (%d), not %s; the last error: \"%s\"", text,
                status_name(actual), actual, status_name(expected), zmqjs_last_error());
}

void skip(const char *reason)
{
    printf("skipped: %s\n", reason);
    fflush(stdout);
    _Exit(77);
}
