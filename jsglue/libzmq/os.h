/*
 * The interface to the operating system. os_linux.c implements it for Linux; os_unix.c has the parts that
 * Unix systems share. The headers of the same names have the inline functions. What else differs is
 * in files with the system's name too.
 */
#ifndef CORE_OS_H
#define CORE_OS_H

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <zmq.h>

/* No other file asks for which system it is compiled. */
#if defined __linux__
#include "os_linux.h"
#elif defined _WIN32
#include "os_windows.h"
#elif defined __APPLE__
#include "os_darwin.h"
#else
#error "there is no implementation of os.h for this system"
#endif

/* ---- descriptors for poll(); on Windows sockets ---- */

#define CORE_NO_FD ((zmq_fd_t)-1)

/* Whether a number is that of a descriptor. */
int core_is_open(zmq_fd_t descriptor);

/* Whether it is a socket that listens for connections. */
int core_is_listening(zmq_fd_t descriptor);

/* As poll(): -1 with errno if it fails, with EINTR if a signal handler has run. CORE_NO_FD is skipped. */
static inline int core_poll(struct pollfd *polled, size_t count, int timeout);

/* The same without waiting; the thread is not cancelled in it. */
int core_poll_now(struct pollfd *polled, size_t count);

/* Takes those of the numbers 0, 1 and 2 that are closed, before anything is opened that must not
 * get them. They stay taken until the host makes something else of them, or closes them. Returns
 * which were taken, as bits. release closes those. */
unsigned core_streams_hold(void);
void core_streams_release(unsigned held);

/* Whether the process can have so many more descriptors, for libzmq to open: 0, or an errno. */
int core_descriptors_left(int count);

/* ---- events: descriptors to wake a thread by ---- */

/* An event that is not set, which no child inherits, and which is none of 0, 1 and 2; CORE_NO_FD with
 * errno if there is none. */
zmq_fd_t core_event_new(void);

/* While it is set, it is readable. set is async-signal-safe. reset returns whether it was set. */
void core_event_set(zmq_fd_t event);
int core_event_reset(zmq_fd_t event);
void core_event_close(zmq_fd_t event);

/* ---- threads ---- */

/* The thread that calls: neither 0 nor 1. */
static inline uintptr_t core_thread(void);

/* Whether an address is on the stack that the system has given the thread. */
int core_is_on_stack(uintptr_t address);

/* Blocks every signal of the thread, or every one but those that instructions raise; gives it its mask back. */
static inline void core_signals_block(core_signals *before);
static inline void core_signals_hold(core_signals *before);
static inline void core_signals_restore(const core_signals *before);

/* Whether core_barrier can be had. It makes every thread of the process pass a full barrier: 0, or -1. */
int core_has_barrier(void);
int core_barrier(void);

/* A word that threads wait for a change of. wait: until it is another than was seen, a signal handler has run,
 * or core_now() has reached the deadline. The thread is not cancelled in it, and a handler may jump out. */
typedef _Atomic uint32_t core_word;
void core_word_change(core_word *word);
void core_word_wait(core_word *word, uint32_t seen, int64_t deadline);

/* Has a function run in every child that fork() makes. */
void core_after_fork(void (*child)(void));

/* ---- the process ---- */

/* Has a function run when main() returns or exit() is called, while other threads go on. */
void core_at_exit(void (*routine)(void));

/* Whether the process is past that, and its other threads are gone: what they were doing will not be finished. */
static inline int core_is_alone(void);

/* ---- programs and shared libraries ---- */

/* The one that an address is in. */
typedef struct core_module {
    const void *base; /* where it begins; NULL if it is in none */
    const char *path; /* "" if that is not known; stays as long as the module */
} core_module;
core_module core_module_of(const void *address);

/* ---- memory ---- */

/* Pages of zeros; NULL if there are none. */
void *core_pages_new(size_t size);
void core_pages_free(void *pages, size_t size);

#endif
