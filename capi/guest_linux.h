/* What being a guest takes on Linux. */
#ifndef GUEST_LINUX_H
#define GUEST_LINUX_H

#include "capi.h"

/* ---- guest_linux.c ---- */

/* Where the calling thread is: inside an entry into Go, or on a thread of Go's, and not in a
 * callback of the host's. For any signal handler. */
enum guest_place { GUEST_OUTSIDE, GUEST_IN_CALL, GUEST_THREAD_OF_GO };
enum guest_place guest_place(void);
/* How much of a sigset_t the kernel knows: what it saves for a handler has no more. */
enum { GUEST_MASK_BYTES = 8 };
/* Begins a thread of Go's. */
void guest_begin_in_go(void);

/* ---- guest_fault_linux.c: signals that instructions raise ---- */

int guest_is_fault(int signal);
/* Once Go has its handler for the signal: from now on it gets those of its own code, and the
 * action that the host had before (a struct sigaction) all others. */
void guest_take_fault(int signal, const void *host);

/* ---- guest_limits_linux.c ---- */

/* Tries what Go needs to start, with all signals blocked. If it is not there, writes a line that
 * says what, and ends the process. */
void guest_try_limits(void);
/* The same for something that is not there. */
void guest_give_up(const char *what, int error) __attribute__((noreturn));

/* ---- guest_environment_linux.c ---- */

/* Surround the start of Go, which must not find its settings in the environment. The arguments
 * are those of main(). */
void guest_hide_settings(int argument_count, char **arguments);
void guest_show_settings(void);

/* ---- guest_thread_linux.c: the threads on which Go runs ---- */

/* Surround an entry into Go, with all signals blocked: what the first one of a thread needs,
 * and a wait for threads that Go has begun to start. */
void guest_thread_prepare(void);
void guest_thread_settle(void);

/* Go is up: all threads that have begun are Go's, and those that begin in the same way from now on. */
void guest_thread_know_go(void);

/* pthread_create() for a thread that never enters Go. */
int guest_thread_plain(pthread_t *thread, const pthread_attr_t *attributes, void *(*routine)(void *), void *argument);

/* Gives a disposition back to the host, now or when a thread needs it no more. */
void guest_thread_give_back(int signal, const void *action);

#endif
