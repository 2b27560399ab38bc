/*
 * The interface to the operating system. os_linux.c implements it for Linux; os_unix.c has the
 * parts that Unix systems share. The headers of the same names have the inline functions. Other
 * differences are in files with the system's name, too.
 */
#ifndef CORE_OS_H
#define CORE_OS_H

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <zmq.h>

/* No other file tests for which system it is compiled. */
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

/* Whether a number is an open descriptor. */
int core_is_open(zmq_fd_t descriptor);

/* Whether it is a socket that listens for connections. */
int core_is_listening(zmq_fd_t descriptor);

/* As poll(): -1 with errno if it fails, EINTR if a signal handler has run. It skips CORE_NO_FD. */
static inline int core_poll(struct pollfd *polled, size_t count, int timeout);

/* The same without waiting; the thread cannot be cancelled in it. */
int core_poll_now(struct pollfd *polled, size_t count);

/* Opens those of the descriptors 0, 1 and 2 that are closed, so that no other file gets their
 * numbers. They stay open until the host replaces or closes them. Returns the opened ones as
 * bits; release closes those. */
unsigned core_streams_hold(void);
void core_streams_release(unsigned held);

/* Whether libzmq can open count more descriptors in the process: 0, or an errno. */
int core_descriptors_left(int count);

/* ---- events: descriptors that wake a thread ---- */

/* An event that is not set, that no child inherits, and that is not 0, 1 or 2; CORE_NO_FD with
 * errno on failure. */
zmq_fd_t core_event_new(void);

/* An event is readable while it is set. set is async-signal-safe. reset returns whether it was
 * set. */
void core_event_set(zmq_fd_t event);
int core_event_reset(zmq_fd_t event);
void core_event_close(zmq_fd_t event);

/* ---- threads ---- */

/* The calling thread: a number other than 0 and 1. */
static inline uintptr_t core_thread(void);

/* Whether an address is on the stack that the system has given to the thread. */
int core_is_on_stack(uintptr_t address);

/* Blocks all signals of the thread, or all except those that instructions raise; restores its
 * mask. */
static inline void core_signals_block(core_signals *before);
static inline void core_signals_hold(core_signals *before);
static inline void core_signals_restore(const core_signals *before);

/* Whether core_barrier is available. It makes every thread of the process execute a full
 * barrier: 0, or -1. */
int core_has_barrier(void);
int core_barrier(void);

/* A word whose changes threads can wait for. wait returns when its value differs from seen, when
 * a signal handler has run, or when core_now() has reached the deadline. The thread cannot be
 * cancelled in it, and a handler may jump out. */
typedef _Atomic uint32_t core_word;
void core_word_change(core_word *word);
void core_word_wait(core_word *word, uint32_t seen, int64_t deadline);

/* Makes a function run in every child of fork(). */
void core_after_fork(void (*child)(void));

/* ---- the process ---- */

/* Makes a function run when main() returns or exit() is called, while other threads still run. */
void core_at_exit(void (*routine)(void));

/* Whether the process is past that and its other threads have ended, perhaps in the middle of an
 * operation. */
static inline int core_is_alone(void);

/* ---- errors ---- */

/* The error numbers of every system are smaller than this, libzmq's own are greater. */
enum { CORE_SYSTEM_ERRORS = 160 };

/* The text of an error number of the system or of libzmq: on every system in the same words. */
const char *core_error_text(int error);

/* Sets the text of an error number for which libzmq or the C library has other words or none; it stays valid. Go does
 * so when it starts, before any call. */
void core_error_text_set(int error, const char *text);

/* ---- programs and shared libraries ---- */

/* The program or library that contains an address. */
typedef struct core_module {
    const void *base; /* its first address; NULL if the address is in none */
    const char *path; /* "" if it is not known; valid as long as the module */
} core_module;
core_module core_module_of(const void *address);

/* ---- memory ---- */

/* Pages of zeros; NULL if there are none. */
void *core_pages_new(size_t size);
void core_pages_free(void *pages, size_t size);

#endif
