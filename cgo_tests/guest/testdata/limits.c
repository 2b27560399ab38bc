/*
 * limits.c - a host under a limit
 *
 *     limits PLUGIN|LIBRARY space|stack BYTES
 *
 * loads and uses the library with so much address space, or loads it in a thread with such a stack.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "use.h"

static void *load(void *path)
{
    use_load(path);
    return NULL;
}

static void load_on_stack(char *path, size_t bytes)
{
    pthread_attr_t attributes;
    pthread_t thread;
    if (pthread_attr_init(&attributes) != 0 || pthread_attr_setstacksize(&attributes, bytes) != 0 ||
        pthread_create(&thread, &attributes, load, path) != 0 || pthread_join(thread, NULL) != 0)
        exit(2);
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    size_t bytes = strtoull(argv[3], NULL, 10);
    if (strcmp(argv[2], "space") == 0) {
        const struct rlimit limit = {bytes, bytes};
        setrlimit(RLIMIT_AS, &limit);
        use_load(argv[1]);
    } else {
        load_on_stack(argv[1], bytes);
    }
    return use_run(use_message) == 0 ? 0 : 1;
}
