#define _GNU_SOURCE
#define NAPI_VERSION 8
#include "leaving.h"
#include "system.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "zmqjs_napi.h"

enum {
    WITHOUT_END = 2000000000, /* milliseconds, some 23 days */
    SILENCE = 500             /* the wait before the warning */
};

struct leaving {
    int waits;
};

/* Of the process: there is one exit. */
static struct {
    pthread_mutex_t lock;
    int registered;
    int told; /* the warning is printed once */
    int running;
    pthread_t thread;
    char *warning;
    pthread_mutex_t over_lock;
    pthread_cond_t changed; /* over was set */
    int over;
} leave = {.lock = PTHREAD_MUTEX_INITIALIZER, .over_lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};

static void *warn(void *argument)
{
    struct timespec until;
    (void)argument;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += SILENCE * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&leave.over_lock);
    while (!leave.over && pthread_cond_timedwait(&leave.changed, &leave.over_lock, &until) != ETIMEDOUT)
        continue;
    int over = leave.over;
    pthread_mutex_unlock(&leave.over_lock);
    if (!over) {
        ssize_t written = write(STDERR_FILENO, leave.warning, strlen(leave.warning));
        (void)written; /* an error cannot be reported anywhere */
        leave.told = 1;
    }
    return NULL;
}

static void start_thread(void)
{
    if (leave.warning == NULL || leave.told || leave.running)
        return;
    leave.over = 0;
    leave.running = system_thread_start(&leave.thread, warn, NULL) == 0;
}

static void begin(void)
{
    pthread_mutex_lock(&leave.lock);
    zmqjs_leave_timeout(WITHOUT_END);
    start_thread();
    pthread_mutex_unlock(&leave.lock);
}

static void end(void)
{
    pthread_mutex_lock(&leave.lock);
    if (leave.running) {
        pthread_mutex_lock(&leave.over_lock);
        leave.over = 1;
        pthread_cond_signal(&leave.changed);
        pthread_mutex_unlock(&leave.over_lock);
        pthread_join(leave.thread, NULL);
        leave.running = 0;
    }
    pthread_mutex_unlock(&leave.lock);
}

/* Before the environment's contexts are ended. */
static void begin_hook(void *argument)
{
    const leaving *leaving = argument;
    if (leaving->waits)
        begin();
}

/* After that. */
static void end_hook(void *argument)
{
    leaving *leaving = argument;
    if (leaving->waits)
        end();
    free(leaving);
}

/* Ends the contexts of the environment, where functions of the C library's exit() come too late for that. */
static napi_value leave_now(napi_env env, napi_callback_info info)
{
    void *data = NULL;
    size_t count = 0;
    if (napi_get_cb_info(env, info, &count, NULL, NULL, &data) != napi_ok)
        return NULL;
    begin_hook(data);
    zmqjs_runtime_free(zmqjs_napi_runtime(env));
    const leaving *leaving = data;
    if (leaving->waits)
        end();
    return NULL;
}

/* process.exit() does not end environments: the contexts end in a function that the library has
 * registered with atexit() when the first of them was made. Functions that are registered later
 * run before. */
static napi_value wait_at_exit(napi_env env, napi_callback_info info)
{
    napi_value argument;
    size_t count = 1, size = 0;
    void *data = NULL;
    char *warning = NULL;
    if (napi_get_cb_info(env, info, &count, &argument, NULL, &data) != napi_ok)
        return NULL;
    if (napi_get_value_string_utf8(env, argument, NULL, 0, &size) == napi_ok) {
        warning = malloc(size + 1);
        if (warning == NULL || napi_get_value_string_utf8(env, argument, warning, size + 1, &size) != napi_ok) {
            free(warning);
            return NULL;
        }
    }
    leaving *leaving = data;
    leaving->waits = 1;
    pthread_mutex_lock(&leave.lock);
    free(leave.warning);
    leave.warning = warning;
    if (!leave.registered)
        leave.registered = system_at_exit(begin) == 0;
    pthread_mutex_unlock(&leave.lock);
    return NULL;
}

leaving *leaving_define(napi_env env, napi_value exports)
{
    leaving *leaving = calloc(1, sizeof *leaving);
    if (leaving == NULL)
        return NULL;
    const napi_property_descriptor properties[] = {
        {"wait_at_exit", NULL, wait_at_exit, NULL, NULL, NULL, napi_default, leaving},
        {"leave", NULL, leave_now, NULL, NULL, NULL, napi_default, leaving},
    };
    if (napi_define_properties(env, exports, sizeof properties / sizeof *properties, properties) == napi_ok &&
        napi_add_env_cleanup_hook(env, end_hook, leaving) == napi_ok)
        return leaving;
    free(leaving);
    return NULL;
}

napi_status leaving_begin(napi_env env, leaving *leaving)
{
    return napi_add_env_cleanup_hook(env, begin_hook, leaving);
}
