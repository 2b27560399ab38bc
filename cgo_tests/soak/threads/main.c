/*
 * Runs a script in runtimes on several threads: once on the main thread, with the arguments SCRIPT CONFIG, and on
 * others again and again, in a new runtime each time, with the number of the thread and of the turn behind these,
 * until it gives the exit status 3. threads SCRIPT CONFIG WORKERS
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <zmqjs.h>

enum { MOST = 16, ENDS = 3 };

static const char *script, *config;

static int run(size_t count, const char *const *arguments)
{
    const zmqjs_vm_options options = {.abi_version = ZMQJS_ABI_VERSION, .size = sizeof options};
    zmqjs_vm *vm;
    int status = 0;
    if (zmqjs_vm_new(&options, &vm) != ZMQJS_OK || zmqjs_vm_set_arguments(vm, count, arguments) != ZMQJS_OK ||
        zmqjs_vm_run_file(vm, script, &status) < 0) {
        fprintf(stderr, "threads: %s\n", zmqjs_last_error());
        exit(1);
    }
    zmqjs_vm_free(vm);
    return status;
}

static void *work(void *place)
{
    char turn[16];
    const char *arguments[] = {script, config, place, turn};
    int status = 0;
    for (int i = 0; status == 0; i++) {
        snprintf(turn, sizeof turn, "%d", i);
        status = run(4, arguments);
    }
    if (status != ENDS) {
        fprintf(stderr, "threads: a worker has ended with %d\n", status);
        exit(1);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t threads[MOST];
    char places[MOST][16];
    int workers = argc == 4 ? atoi(argv[3]) : 0;
    if (workers < 1 || workers > MOST) {
        fputs("usage: threads SCRIPT CONFIG WORKERS\n", stderr);
        return 2;
    }
    script = argv[1];
    config = argv[2];
    for (int i = 0; i < workers; i++) {
        snprintf(places[i], sizeof places[i], "%d", i);
        if (pthread_create(&threads[i], NULL, work, places[i]) != 0) {
            perror("threads");
            return 1;
        }
    }
    int status = run(2, (const char *const[]){script, config});
    for (int i = 0; i < workers && status == 0; i++)
        pthread_join(threads[i], NULL);
    return status;
}
