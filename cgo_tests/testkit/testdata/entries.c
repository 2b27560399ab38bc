/*
 * Counts how often the process blocks every signal, as libzmqjs does around each entry into Go: the count
 * is in the file that the environment variable ENTRIES names when the process ends.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static int entries;

int pthread_sigmask(int how, const sigset_t *set, sigset_t *former)
{
    if (set != NULL && how == SIG_SETMASK && sigismember(set, SIGINT) == 1)
        __atomic_fetch_add(&entries, 1, __ATOMIC_RELAXED);
    return syscall(SYS_rt_sigprocmask, how, set, former, 8) == 0 ? 0 : 22;
}

/* A process that has not loaded the library, such as a child of one, reports nothing. */
__attribute__((destructor)) static void tell(void)
{
    const char *name = getenv("ENTRIES");
    FILE *file = entries > 0 && name != NULL ? fopen(name, "w") : NULL;
    if (file == NULL)
        return;
    fprintf(file, "%d\n", entries);
    fclose(file);
}
