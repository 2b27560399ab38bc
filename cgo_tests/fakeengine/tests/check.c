/* check.c - see check.h */
#define _GNU_SOURCE
#include "check.h"

#include "zmqjs.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* ---- checks ------------------------------------------------------------------------ */

/* _Exit: a case that has failed must not hang in what exit() would wait for. */
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

/* ---- the system ----------------------------------------------------------------------- */

double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

void pause_ms(int milliseconds)
{
    struct timespec time = {milliseconds / 1000, (long)(milliseconds % 1000) * 1000000};
    nanosleep(&time, NULL);
}

static size_t entries(const char *path)
{
    DIR *directory = opendir(path);
    if (!directory) FAIL("cannot read %s", path);
    size_t count = 0;
    for (struct dirent *entry; (entry = readdir(directory));) count += entry->d_name[0] != '.';
    closedir(directory);
    return count;
}

int descriptor_count(void) { return (int)entries("/proc/self/fd") - 1; /* without readdir's own */ }

int settled_descriptor_count(void)
{
    int count = descriptor_count();
    for (int quiet = 0; quiet < 20; quiet++) {
        pause_ms(5);
        int now_open = descriptor_count();
        if (now_open != count) quiet = 0;
        count = now_open;
    }
    return count;
}

void wait_for_descriptors(int limit)
{
    double deadline = now() + 10;
    while (descriptor_count() > limit && now() < deadline) pause_ms(5);
    if (descriptor_count() > limit)
        FAIL("%d descriptors are open, %d expected", descriptor_count(), limit);
}

size_t thread_names(char (**names)[16])
{
    size_t count = 0, room = entries("/proc/self/task") + 64;
    *names = calloc(room, sizeof **names);
    DIR *directory = opendir("/proc/self/task");
    if (!*names || !directory) FAIL("cannot list the threads");
    for (struct dirent *entry; (entry = readdir(directory)) && count < room;) {
        char path[64];
        snprintf(path, sizeof path, "/proc/self/task/%.20s/comm", entry->d_name);
        FILE *file = entry->d_name[0] == '.' ? NULL : fopen(path, "r");
        if (!file) continue;
        if (fscanf(file, "%15[^\n]", (*names)[count]) == 1) count++;
        fclose(file);
    }
    closedir(directory);
    return count;
}

size_t resident_kib(void)
{
    unsigned long size = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file || fscanf(file, "%lu %lu", &size, &resident) != 2) FAIL("cannot read statm");
    fclose(file);
    return resident * (size_t)sysconf(_SC_PAGESIZE) / 1024;
}

static void *worker_main(void *argument)
{
    struct worker *worker = argument;
    ATOMIC_STORE(worker->id, (pid_t)syscall(SYS_gettid));
    worker->run(worker->argument);
    ATOMIC_STORE(worker->done, 1);
    return NULL;
}

void worker_start(struct worker *worker, void (*run)(void *argument), void *argument)
{
    memset(worker, 0, sizeof *worker);
    worker->run = run;
    worker->argument = argument;
    if (pthread_create(&worker->thread, NULL, worker_main, worker) != 0)
        FAIL("cannot start a thread");
}

static int asleep(pid_t id)
{
    char path[64], line[128], state = 0;
    snprintf(path, sizeof path, "/proc/self/task/%d/status", (int)id);
    FILE *file = fopen(path, "r");
    while (file && !state && fgets(line, sizeof line, file)) sscanf(line, "State: %c", &state);
    if (file) fclose(file);
    return state == 'S';
}

void worker_wait_asleep(struct worker *worker)
{
    double deadline = now() + 10;
    /* Five times in a row: on its way it may sleep for a moment, for a lock. */
    for (int calm = 0; calm < 5 && !worker_is_done(worker) && now() < deadline; pause_ms(4)) {
        pid_t id = ATOMIC_LOAD(worker->id);
        calm = id && asleep(id) ? calm + 1 : 0;
    }
}

int worker_is_done(struct worker *worker) { return ATOMIC_LOAD(worker->done); }

void worker_join(struct worker *worker) { pthread_join(worker->thread, NULL); }

void handle_signal(int signal_number, void (*handler)(int), int flags)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = flags;
    sigemptyset(&action.sa_mask);
    if (sigaction(signal_number, &action, NULL) != 0)
        FAIL("cannot handle signal %d", signal_number);
}
