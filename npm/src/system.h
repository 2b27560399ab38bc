/* What systems do in ways of their own: system_linux.c, windows/system_windows.c. */
#ifndef SYSTEM_H
#define SYSTEM_H

#include <pthread.h>

/* What libuv calls uv_os_sock_t. */
#ifdef _WIN32
#include <stdint.h>
typedef uintptr_t system_socket;
#else
typedef int system_socket;
#endif

/* A duplicate of a descriptor of a number, which children do not inherit: 0, or an errno. */
int system_duplicate(int descriptor, system_socket *duplicate);
void system_close(system_socket descriptor);

/* A function of the program, or of what it is linked with; NULL if there is none. */
void *system_function(const char *name);

/* Starts a thread in which none of the host's signal handlers runs: 0, or an errno. */
int system_thread_start(pthread_t *thread, void *(*run)(void *argument), void *argument);

/* Has a function run when the process exits, before those that were given earlier: 0 if it will. */
int system_at_exit(void (*run)(void));

#endif
