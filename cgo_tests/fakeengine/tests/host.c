/* host.c - see host.h */
#define _GNU_SOURCE
#include "host.h"

#include "utf8.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void collect(fe_engine *engine) { fe_collect(engine); }

const struct style styles[] = {
    {"full", .encoding = FE_UTF8},
    {"narrow", BIT(INTERRUPTED), .encoding = FE_LATIN1},   /* as QuickJS and V8 store texts */
    {"wide", BIT(COLLECT), .encoding = FE_UTF16},          /* as Duktape's and JSC's may be */
    {"bare", BIT(INTERRUPTED) | BIT(COLLECT), .never_adopts = 1},
    {"doubles", .doubles_only = 1},
    {"collecting", .before_allocation = collect},
    {0},
};
const struct style *current_style = &styles[0];

/* ---- opening and closing --------------------------------------------------------------- */

void host_open_as(struct host *host, const struct style *style)
{
    memset(host, 0, sizeof *host);
    host->engine = fe_engine_new();
    host->engine->host = host;
    adapter_init(&host->adapter, host->engine);
    host->adapter.doubles_only = style->doubles_only;
    host->adapter.never_adopts = style->never_adopts;
    host->engine->before_allocation = style->before_allocation;
    host->encoding = style->encoding;
    contract_init(&host->contract, host->engine, &adapter_callbacks, &host->adapter,
                  style->absent);
    zmqjs_engine engine = contract_engine(&host->contract);
    CHECK_STATUS(zmqjs_runtime_new(&engine, &host->contract, &host->runtime), ZMQJS_OK);
    host->adapter.runtime = host->runtime;
    host->zmq = adapter_module(&host->adapter);
    if (!host->zmq) FAIL("there is no module: %s", zmqjs_last_error());
}

void host_open(struct host *host) { host_open_as(host, current_style); }

void host_end_runtime(struct host *host)
{
    CHECK_STATUS(zmqjs_runtime_free(host->runtime), ZMQJS_OK);
    host->runtime = NULL;
}

void host_drop_values(struct host *host)
{
    while (host->value_count) fe_release(host->values[--host->value_count]);
    fe_collect(host->engine);
}

void host_close(struct host *host)
{
    host_drop_values(host);
    if (host->runtime) host_end_runtime(host);
    fe_release(host->zmq);
    adapter_done(&host->adapter);
    if (host->engine->exception) FAIL("an exception is left pending");
    if (host->engine->depth) FAIL("a call is still under way");
    const char *maker = "";
    size_t left = fe_engine_free(host->engine, &maker);
    if (left) FAIL("%zu values are left, one of them is: %s", left, maker);
    contract_settled(&host->contract, "the last call");
    CHECK_INT((long long)host->contract.adopted_ended, (long long)host->contract.adopted);
    CHECK_INT((long long)contract_instances(&host->contract), 0);
    contract_done(&host->contract);
    free(host->values);
}

/* ---- values --------------------------------------------------------------------------------- */

static struct host *host_of(fe_value *value) { return value->engine->host; }

fe_value *keep(struct host *host, fe_value *value)
{
    if (!value) return NULL;
    if (host->value_count == host->value_room) {
        host->value_room = host->value_room * 2 + 64;
        host->values = realloc(host->values, host->value_room * sizeof *host->values);
        if (!host->values) FAIL("out of memory");
    }
    return host->values[host->value_count++] = value;
}

void drop(fe_value *value)
{
    struct host *host = host_of(value);
    size_t i = host->value_count;
    while (i > 0 && host->values[i - 1] != value) i--;
    if (!i) FAIL("a value is dropped that the host does not hold");
    host->values[i - 1] = host->values[--host->value_count];
    fe_release(value);
}

int is(fe_value *value, enum fe_kind kind) { return value->kind == kind; }

long long number(fe_value *value)
{
    if (value->kind == FE_BIGINT) return value->as.bigint.bits;
    if (value->kind != FE_NUMBER) FAIL("not a number, but: %s", value->maker);
    return (long long)value->as.number;
}

const char *text(fe_value *value)
{
    if (value->kind != FE_STRING || value->as.string.encoding != FE_UTF8)
        FAIL("not a string of UTF-8, but: %s", value->maker);
    fe_value *copy = keep(host_of(value), fe_string(value->engine, NULL, 0));
    copy->as.string.data = realloc(copy->as.string.data, value->as.string.length + 1);
    if (!copy->as.string.data) FAIL("out of memory");
    memcpy(copy->as.string.data, value->as.string.data, value->as.string.length);
    copy->as.string.data[value->as.string.length] = 0;
    return copy->as.string.data;
}

fe_value *get(fe_value *object, const char *property)
{
    fe_value *value = keep(host_of(object), fe_get(object, property));
    if (!value) FAIL("%s threw: %s", property, text(get(caught(host_of(object)), "message")));
    return value;
}

fe_value *item(fe_value *array, size_t index)
{
    return keep(host_of(array), fe_item_get(array, index));
}

fe_value *caught(struct host *host)
{
    fe_value *exception = keep(host, fe_catch(host->engine));
    if (!exception) FAIL("no exception is pending");
    return exception;
}

/* ---- calls ------------------------------------------------------------------------------- */

enum { MOST_ARGUMENTS = 16 };

static fe_value *constant(struct host *host, const char *name)
{
    fe_value *value = fe_get(host->zmq, name);
    if (value->kind != FE_NUMBER) FAIL("there is no zmq.%s", name);
    return value;
}

/* In the encoding that the engine has for such a text. */
fe_value *string_of(struct host *host, const char *data, size_t length)
{
    uint16_t *units = malloc((length + 1) * sizeof *units);
    size_t count = host->encoding == FE_UTF8 ? UTF16_NONE : utf16_of(data, length, units);
    fe_value *value;
    if (!units) FAIL("out of memory");
    if (count == UTF16_NONE)
        value = fe_string(host->engine, data, length);
    else if (host->encoding == FE_LATIN1 && latin1_of(units, count))
        value = fe_string_of(host->engine, FE_LATIN1, units, count);
    else value = fe_string_of(host->engine, FE_UTF16, units, count);
    free(units);
    return value;
}

static size_t make_arguments(struct host *host, fe_value **made, const char *format, va_list list)
{
    fe_engine *engine = host->engine;
    size_t count = 0;
    for (; *format; format++) {
        fe_value *value = NULL;
        const void *data;
        if (count == MOST_ARGUMENTS) FAIL("too many arguments");
        switch (*format) {
        case 'u': value = fe_undefined(engine); break;
        case 'n': value = fe_null(engine); break;
        case 't': value = fe_boolean(engine, 1); break;
        case 'f': value = fe_boolean(engine, 0); break;
        case 'i': value = fe_number(engine, va_arg(list, int)); break;
        case 'd': value = fe_number(engine, va_arg(list, double)); break;
        case 'l': value = fe_bigint(engine, va_arg(list, long long), 0); break;
        case 's':
            data = va_arg(list, const char *);
            value = string_of(host, data, strlen(data));
            break;
        case 'S':
            data = va_arg(list, const void *);
            value = string_of(host, data, va_arg(list, size_t));
            break;
        case 'b':
            data = va_arg(list, const void *);
            value = fe_bytes(engine, data, va_arg(list, size_t));
            break;
        case 'v': value = fe_retain(va_arg(list, fe_value *)); break;
        case 'k': value = constant(host, va_arg(list, const char *)); break;
        default: FAIL("no argument is called '%c'", *format);
        }
        made[count++] = value;
    }
    return count;
}

/* Inside a script's call, for example in a finalizer, the frame of that call may be held. */
static void settled(struct host *host, const char *after)
{
    if (host->engine->depth == 0) contract_settled(&host->contract, after);
}

static fe_value *call_any(fe_value *object, const char *name, int constructing,
                           const char *format, va_list list)
{
    struct host *host = host_of(object);
    fe_value *arguments[MOST_ARGUMENTS];
    size_t count = make_arguments(host, arguments, format, list);
    fe_value *function = fe_get(object, name);
    if (!function || function->kind != FE_FUNCTION) FAIL("there is no method %s", name);

    fe_value *result = constructing ? fe_construct(function, count, arguments)
                                     : fe_call(function, object, count, arguments);
    for (size_t i = 0; i < count; i++) fe_release(arguments[i]);
    fe_release(function);
    settled(host, name);
    return keep(host, result);
}

static fe_value *must(struct host *host, const char *name, fe_value *result)
{
    if (!result) FAIL("%s threw: %s", name, text(get(caught(host), "message")));
    return result;
}

#define CALL_ANY(result, constructing)                                \
    va_list list;                                                     \
    va_start(list, format);                                           \
    fe_value *result = call_any(object, name, constructing, format, list); \
    va_end(list)

fe_value *attempt(fe_value *object, const char *name, const char *format, ...)
{
    CALL_ANY(result, 0);
    return result;
}

fe_value *run(fe_value *object, const char *name, const char *format, ...)
{
    CALL_ANY(result, 0);
    return must(host_of(object), name, result);
}

fe_value *fails(fe_value *object, const char *name, const char *format, ...)
{
    CALL_ANY(result, 0);
    if (result) FAIL("%s(%s) did not throw", name, format);
    return caught(host_of(object));
}

fe_value *construct(fe_value *object, const char *name, const char *format, ...)
{
    CALL_ANY(result, 1);
    return must(host_of(object), name, result);
}

fe_value *attempt_construct(fe_value *object, const char *name, const char *format, ...)
{
    CALL_ANY(result, 1);
    return result;
}

fe_value *method_of(fe_value *object, const char *method) { return get(object, method); }

fe_value *attempt_call(fe_value *function, fe_value *this_value)
{
    struct host *host = host_of(function);
    fe_value *result = keep(host, fe_call(function, this_value, 0, NULL));
    settled(host, "a call");
    return result;
}

/* ---- checks ------------------------------------------------------------------------------ */

static void check_property(const char *file, int line, fe_value *error, const char *name,
                           const char *expected)
{
    fe_value *value = get(error, name);
    const char *actual = is(value, FE_STRING) ? text(value) : NULL;
    if (expected) check_text_at(file, line, actual, expected, name);
    else if (!is(value, FE_UNDEFINED)) fail_at(file, line, "the error has a property %s", name);
}

void check_error_at(const char *file, int line, fe_value *error, const char *class_name,
                    const char *code, const char *endpoint)
{
    const char *message = text(get(error, "message"));
    if (strcmp(text(get(error, "name")), class_name) != 0)
        fail_at(file, line, "the error is a %s, not a %s: %s", text(get(error, "name")), class_name,
                message);
    check_property(file, line, error, "code", code);
    check_property(file, line, error, "endpoint", endpoint);
    int has_errno = is(get(error, "errno"), FE_NUMBER);
    if (has_errno != (code != NULL))
        fail_at(file, line, "the error has %s property errno: %s", has_errno ? "a" : "no", message);
}

void pair_open(struct host *host, struct pair *pair)
{
    pair->context = construct(host->zmq, "Context", "");
    pair->push = run(pair->context, "socket", "k", "PUSH");
    pair->pull = run(pair->context, "socket", "k", "PULL");
    run(pair->pull, "bind", "s", "inproc://pair");
    run(pair->push, "connect", "s", "inproc://pair");
}
