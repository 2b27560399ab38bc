/* Keeps Go and the host's signals apart on Linux. */
#ifndef HOST_SIGNALS_LINUX_H
#define HOST_SIGNALS_LINUX_H

#include "host_signals_unix.h"

/* The size of the kernel's signal mask, which it saves for a handler; a sigset_t is larger. */
enum { KERNEL_MASK_BYTES = 8 };

/* ---- host_faults_linux.c: signals that instructions raise ---- */

int host_fault_is(int signal);
/* Called after Go has installed its handler for the signal. From then on Go gets the faults of
 * its own code; host, the action that the host had before (a struct sigaction), gets all others. */
void host_fault_take(int signal, const void *host);

/* ---- load_failure_linux.c ---- */

/* Prints a line that names a resource that the library lacks, and ends the process. */
void load_fail(const char *what, int error) __attribute__((noreturn));

/* ---- load_limits_linux.c ---- */

/* Tries the resources that Go needs to start, with all signals blocked, and fails by load_fail()
 * if one is missing. */
void load_limits_try(void);

/* ---- go_environment_linux.c ---- */

/* Surround the start of Go, which must not find its settings in the environment. */
void go_environment_hide(char **environment);
void go_environment_show(void);

/* ---- go_start_linux.c ---- */

/* The environment that Go finds when it starts; the arguments are those of a constructor. With glibc it is the one
 * behind the arguments of main(), even if the host has changed environ since. */
char **go_start_environment(int argument_count, char **arguments);
/* Starts Go, if a constructor has not done so. */
void go_start(void);

/* ---- go_threads_linux.c: the threads on which Go runs ---- */

/* Called when Go has started: the threads that have begun are Go's, and so are those that begin
 * with the same routines later. */
void go_threads_recognize(void);

/* pthread_create() for a thread that never enters Go. */
int plain_thread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*routine)(void *), void *argument);

/* Restores a disposition of the host, now or when no thread needs the library's any more. */
void host_signals_give_back(int signal, const void *action);

#endif
