/* Functions that differ between systems: system_linux.c, windows/system_windows.c. */
#ifndef SYSTEM_H
#define SYSTEM_H

#include <pthread.h>

/* libuv's uv_os_sock_t. */
#ifdef _WIN32
#include <stdint.h>
typedef uintptr_t system_socket;
#else
typedef int system_socket;
#endif

/* A duplicate of the descriptor with a number, which children do not inherit: 0, or an errno. */
int system_duplicate(int descriptor, system_socket *duplicate);
void system_close(system_socket descriptor);

/* A function of the program, or of a library that it is linked with; NULL if there is none. */
void *system_function(const char *name);

/* Starts a thread that runs none of the host's signal handlers: 0, or an errno. */
int system_thread_start(pthread_t *thread, void *(*run)(void *argument), void *argument);

/* Makes a function run when the process exits, before those registered earlier: 0 on success. */
int system_at_exit(void (*run)(void));

#endif
