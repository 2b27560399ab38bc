#ifndef SPAWN_UNIX_H
#define SPAWN_UNIX_H

/* Starts a program in a directory (NULL: the current one), with files as its standard
 * descriptors (-1: closed). Returns 0 and *pid, or an errno. */
int spawn(const char *path, char **arguments, char **environment, const char *directory, const int files[3], int *pid);

#endif
