/*
 * limits.c - a host under a limit
 *
 *     limits PLUGIN|LIBRARY|none space|data|stack|files|processes|processes-late NUMBER
 *
 * loads and uses the library with NUMBER bytes of address space or of data, in a thread with a stack of NUMBER
 * bytes, or with NUMBER descriptors or threads of the user (other than root); late: after loading.
 * Status 77: the system does not permit that limit.
 */
#include <grp.h>
#include <linux/capability.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

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

static void limit(int kind, size_t number)
{
    const struct rlimit limit = {number, number};
    if (setrlimit(kind, &limit) != 0)
        exit(77);
}

/* Root has no limit of threads. As another user the host can still read every file. */
static void be_nobody(void)
{
    enum { NOBODY = 65534 };
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct data[2] = {{0}};
    data[0].permitted = data[0].effective = 1U << CAP_DAC_OVERRIDE | 1U << CAP_DAC_READ_SEARCH;
    if (getuid() != 0)
        return;
    if (prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) != 0 || setgroups(0, NULL) != 0 ||
        setresgid(NOBODY, NOBODY, NOBODY) != 0 || setresuid(NOBODY, NOBODY, NOBODY) != 0 ||
        syscall(SYS_capset, &header, data) != 0)
        exit(77);
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    size_t number = strtoull(argv[3], NULL, 10);
    if (strcmp(argv[2], "space") == 0) {
        limit(RLIMIT_AS, number);
        use_load(argv[1]);
    } else if (strcmp(argv[2], "data") == 0) {
        limit(RLIMIT_DATA, number);
        use_load(argv[1]);
    } else if (strcmp(argv[2], "files") == 0) {
        limit(RLIMIT_NOFILE, number);
        use_load(argv[1]);
    } else if (strcmp(argv[2], "processes") == 0) {
        be_nobody();
        limit(RLIMIT_NPROC, number);
        use_load(argv[1]);
    } else if (strcmp(argv[2], "processes-late") == 0) {
        be_nobody();
        use_load(argv[1]);
        limit(RLIMIT_NPROC, number);
    } else {
        load_on_stack(argv[1], number);
    }
    return use_run(use_message) == 0 ? 0 : 1;
}
