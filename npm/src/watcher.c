#define NAPI_VERSION 8
#include "watcher.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static napi_value fail(napi_env env, int error)
{
    char text[120] = "zmqjs: waiting for a descriptor: ";
    strncat(text, strerror(error), sizeof text - strlen(text) - 1);
    napi_throw_error(env, NULL, text);
    return NULL;
}

static void release_watcher(watcher *watcher)
{
    if (--watcher->references == 0)
        free(watcher);
}

void watched_release(watched *watched)
{
    if (--watched->references > 0)
        return;
    release_watcher(watched->owner);
    free(watched);
}

napi_status watcher_call(const watcher *watcher, uint32_t number, napi_async_context context)
{
    napi_env env = watcher->env;
    napi_value callback, receiver, argument, result;
    napi_status status;
    if ((status = napi_get_reference_value(env, watcher->callback, &callback)) ||
        (status = napi_get_global(env, &receiver)) || (status = napi_create_uint32(env, number, &argument)))
        return status;
    return context != NULL ? napi_make_callback(env, context, receiver, callback, 1, &argument, &result)
                           : napi_call_function(env, receiver, callback, 1, &argument, &result);
}

/* Closes the descriptors. */
static void close_watched(watched *watched)
{
    if (watched->link == NULL)
        return;
    *watched->link = watched->next;
    if (watched->next != NULL)
        watched->next->link = watched->link;
    watched->link = NULL;
    watched->owner->way->disarm(watched);
    watched->owner->way->close(watched);
}

/* The environment ends. */
static void end(void *argument)
{
    watcher *watcher = argument;
    watcher->way->end(watcher);
    while (watcher->first != NULL)
        close_watched(watcher->first);
}

static void finalize_watched(napi_env env, void *data, void *hint)
{
    (void)env;
    (void)hint;
    close_watched(data);
    watched_release(data);
}

static watcher *read_call(napi_env env, napi_callback_info info, size_t count, napi_value *arguments)
{
    void *data = NULL;
    return napi_get_cb_info(env, info, &count, arguments, NULL, &data) == napi_ok ? data : NULL;
}

static napi_value listen_for_all(napi_env env, napi_callback_info info)
{
    napi_value arguments[2];
    bool by_loop = false;
    watcher *watcher = read_call(env, info, 2, arguments);
    if (watcher->way != NULL)
        return NULL;
    napi_get_value_bool(env, arguments[1], &by_loop);
    if (napi_create_reference(env, arguments[0], 1, &watcher->callback) != napi_ok)
        return fail(env, EINVAL);
    int error = ENOSYS;
    watcher->way = &watching_by_loop;
    if (!by_loop || (error = watcher->way->begin(watcher)) != 0) {
        watcher->way = &watching_by_thread;
        error = watcher->way->begin(watcher);
    }
    if (error != 0) {
        watcher->way = NULL;
        napi_delete_reference(env, watcher->callback);
        return fail(env, error);
    }
    /* Hooks run last in, first out: so this one runs before those of begin(). */
    return napi_add_env_cleanup_hook(env, end, watcher) == napi_ok ? NULL : fail(env, ENOMEM);
}

static napi_value open_descriptor(napi_env env, napi_callback_info info)
{
    napi_value arguments[3], object;
    int32_t descriptor;
    uint32_t number, events = 0;
    watcher *watcher = read_call(env, info, 3, arguments);
    if (watcher->way == NULL || napi_get_value_int32(env, arguments[0], &descriptor) != napi_ok ||
        napi_get_value_uint32(env, arguments[1], &number) != napi_ok)
        return fail(env, EINVAL);
    watched *watched = calloc(1, sizeof *watched);
    if (watched == NULL)
        return fail(env, ENOMEM);
    watched->owner = watcher;
    watched->number = number;
    if (napi_get_value_uint32(env, arguments[2], &events) == napi_ok)
        watched->events = (int)events;
    else
        watched->events = WATCH_READABLE;
    int error = system_duplicate(descriptor, &watched->descriptor);
    if (error != 0) {
        free(watched);
        return fail(env, error);
    }
    error = watcher->way->open(watched);
    if (error != 0) {
        system_close(watched->descriptor);
        free(watched);
        return fail(env, error);
    }
    watcher->references++;
    watched->references = 2;
    watched->next = watcher->first;
    watched->link = &watcher->first;
    if (watched->next != NULL)
        watched->next->link = &watched->next;
    watcher->first = watched;
    if (napi_create_external(env, watched, finalize_watched, NULL, &object) != napi_ok) {
        close_watched(watched);
        watched_release(watched);
        return NULL;
    }
    return object;
}

static watched *read_watched(napi_env env, napi_callback_info info)
{
    napi_value argument;
    void *data = NULL;
    read_call(env, info, 1, &argument);
    if (napi_get_value_external(env, argument, &data) != napi_ok || ((watched *)data)->link == NULL) {
        fail(env, EBADF);
        return NULL;
    }
    return data;
}

static napi_value arm(napi_env env, napi_callback_info info)
{
    watched *watched = read_watched(env, info);
    int error = watched != NULL ? watched->owner->way->arm(watched) : 0;
    return error != 0 ? fail(env, error) : NULL;
}

static napi_value disarm(napi_env env, napi_callback_info info)
{
    watched *watched = read_watched(env, info);
    if (watched != NULL)
        watched->owner->way->disarm(watched);
    return NULL;
}

static napi_value close_descriptor(napi_env env, napi_callback_info info)
{
    watched *watched = read_watched(env, info);
    if (watched != NULL)
        close_watched(watched);
    return NULL;
}

static void forget(napi_env env, void *data, void *hint)
{
    (void)env;
    (void)hint;
    release_watcher(data);
}

napi_status watcher_define(napi_env env, napi_value exports)
{
    watcher *watcher = calloc(1, sizeof *watcher);
    napi_status status;
    if (watcher == NULL)
        return napi_generic_failure;
    watcher->env = env;
    watcher->references = 1;
    const napi_property_descriptor properties[] = {
        {"listen", NULL, listen_for_all, NULL, NULL, NULL, napi_default, watcher},
        {"open", NULL, open_descriptor, NULL, NULL, NULL, napi_default, watcher},
        {"arm", NULL, arm, NULL, NULL, NULL, napi_default, watcher},
        {"disarm", NULL, disarm, NULL, NULL, NULL, napi_default, watcher},
        {"close", NULL, close_descriptor, NULL, NULL, NULL, napi_default, watcher},
    };
    if ((status = napi_wrap(env, exports, watcher, forget, NULL, NULL))) {
        free(watcher);
        return status;
    }
    return napi_define_properties(env, exports, sizeof properties / sizeof *properties, properties);
}
