/*
 * closing.c - a host that closes every descriptor from 3 on, as some daemons do
 *
 *     closing PLUGIN|LIBRARY loaded|used|replaced
 *
 * after loading, or after use; and opens others under their numbers if they are to be replaced.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "use.h"

enum { MOST = 64 };

static int highest(void)
{
    int found = -1;
    for (int i = 0; i < MOST; i++)
        if (fcntl(i, F_GETFD) >= 0)
            found = i;
    return found;
}

/* Whether all other threads wait for nothing but each other: in futex(). */
static int is_quiet(void)
{
    int quiet = 1;
    DIR *tasks = opendir("/proc/self/task");
    for (struct dirent *task; (task = readdir(tasks)) != NULL;) {
        char path[300];
        long call = SYS_futex;
        snprintf(path, sizeof path, "/proc/self/task/%s/syscall", task->d_name);
        int other = task->d_name[0] != '.' && atoi(task->d_name) != gettid();
        FILE *file = other ? fopen(path, "r") : NULL;
        if (file == NULL)
            continue;
        if (fscanf(file, "%ld", &call) != 1 || call != SYS_futex)
            quiet = 0;
        fclose(file);
    }
    closedir(tasks);
    return quiet;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    use_load(argv[1]);
    if (strcmp(argv[2], "loaded") != 0)
        use_briefly();
    for (int times = 0; times < 20; times = is_quiet() ? times + 1 : 0)
        usleep(5000);
    int loaded = highest();
    if (syscall(SYS_close_range, 3, ~0U, 0) != 0) /* musl has no close_range() */
        return 2;
    for (int i = 3; strcmp(argv[2], "replaced") == 0 && i <= loaded; i++)
        if (open("/dev/null", O_RDONLY | O_CLOEXEC) != i)
            return 2;
    int failures = 0;
    for (int i = 0; i < 3; i++)
        failures += use_run(use_message) != 0;
    printf("%d of 3 have failed\n", failures);
    return 0;
}
