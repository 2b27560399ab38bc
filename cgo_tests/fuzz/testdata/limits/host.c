/*
 * Runs each file it is given as a script, one after the other: host LIMIT FILE... A script
 * that takes longer than a second is interrupted. The host has to survive them all.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <zmqjs.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static zmqjs_vm *running; /* NULL between the scripts */
static unsigned long count;

/* Interrupts what has run for a second. */
static void *interrupt_slow(void *argument)
{
    pthread_mutex_lock(&lock);
    for (;;) {
        while (running == NULL)
            pthread_cond_wait(&changed, &lock);
        unsigned long mine = count;
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec++;
        while (running != NULL && count == mine && pthread_cond_timedwait(&changed, &lock, &until) == 0)
            continue;
        if (running != NULL && count == mine) {
            zmqjs_vm_interrupt(running);
            while (running != NULL && count == mine)
                pthread_cond_wait(&changed, &lock);
        }
    }
    return argument;
}

static void set_running(zmqjs_vm *vm)
{
    pthread_mutex_lock(&lock);
    running = vm;
    count++;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
}

static int fail(const char *file, const char *what)
{
    fprintf(stderr, "%s: %s: %.2000s\n", file, what, zmqjs_last_error());
    return 1;
}

static int run(zmqjs_vm *vm, const char *file)
{
    set_running(vm);
    int status = zmqjs_vm_run_file(vm, file, NULL);
    set_running(NULL);
    if (status != ZMQJS_OK && status != ZMQJS_SCRIPT_ERROR && status != ZMQJS_INTERRUPTED)
        return fail(file, "unknown end");
    if (status == ZMQJS_SCRIPT_ERROR && strstr(zmqjs_last_error(), "internal failure") != NULL)
        return fail(file, "internal failure");
    return 0;
}

int main(int argc, char **argv)
{
    zmqjs_vm_options options = {ZMQJS_ABI_VERSION, sizeof options, NULL, NULL, 0};
    pthread_t interrupter;
    options.memory_limit = strtoull(argv[1], NULL, 10);
    pthread_create(&interrupter, NULL, interrupt_slow, NULL);
    for (int i = 2; i < argc; i++) {
        zmqjs_vm *vm;
        printf("%s\n", argv[i]);
        fflush(stdout);
        if (zmqjs_vm_new(&options, &vm) != ZMQJS_OK)
            return fail(argv[i], "no VM");
        int failed = run(vm, argv[i]);
        if (zmqjs_vm_free(vm) != ZMQJS_OK)
            return fail(argv[i], "cannot be freed");
        if (failed)
            return 1;
    }
    puts("survived");
    return 0;
}
