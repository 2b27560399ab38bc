//go:build unix

/*
 * Starts the children of a script's os.exec(). Go would give them the mask of its own threads, in
 * which every signal is blocked; here they begin with no signal blocked and every disposition at
 * its default.
 */
#include "spawn_unix.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <unistd.h>

static int set_attributes(posix_spawnattr_t *attributes)
{
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    int error = posix_spawnattr_setsigmask(attributes, &none);
    if (error == 0)
        error = posix_spawnattr_setsigdefault(attributes, &all);
    if (error == 0)
        error = posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    return error;
}

/* Copies of the child's standard descriptors, numbered above them, so that no copy overwrites
 * another; -1 where the child has none. */
static int copy_files(const int files[3], int copies[3])
{
    for (int i = 0; i < 3; i++) {
        if (files[i] < 0)
            continue;
        copies[i] = fcntl(files[i], F_DUPFD_CLOEXEC, 3);
        if (copies[i] < 0)
            return errno;
    }
    return 0;
}

static void close_files(const int copies[3])
{
    for (int i = 0; i < 3; i++)
        if (copies[i] >= 0)
            close(copies[i]);
}

static int set_actions(posix_spawn_file_actions_t *actions, const char *directory, const int copies[3])
{
    int error = directory != NULL ? posix_spawn_file_actions_addchdir_np(actions, directory) : 0;
    for (int i = 0; i < 3 && error == 0; i++)
        error = copies[i] >= 0 ? posix_spawn_file_actions_adddup2(actions, copies[i], i)
                               : posix_spawn_file_actions_addclose(actions, i);
    return error;
}

static int spawn_with(const posix_spawnattr_t *attributes, const char *path, char **arguments, char **environment,
                      const char *directory, const int copies[3], int *pid)
{
    posix_spawn_file_actions_t actions;
    int error = posix_spawn_file_actions_init(&actions);
    if (error != 0)
        return error;
    error = set_actions(&actions, directory, copies);
    if (error == 0)
        error = posix_spawn(pid, path, &actions, attributes, arguments, environment);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

int spawn(const char *path, char **arguments, char **environment, const char *directory, const int files[3], int *pid)
{
    posix_spawnattr_t attributes;
    int copies[3] = {-1, -1, -1};
    int error = posix_spawnattr_init(&attributes);
    if (error != 0)
        return error;
    error = set_attributes(&attributes);
    if (error == 0 && (error = copy_files(files, copies)) == 0)
        error = spawn_with(&attributes, path, arguments, environment, directory, copies, pid);
    close_files(copies);
    posix_spawnattr_destroy(&attributes);
    return error;
}
