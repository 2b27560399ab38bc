/*
 * check.h - test cases, checks, and functions of the system for many cases
 *
 * Every case runs in a process of its own. The first check that fails ends it.
 */
#ifndef CHECK_H
#define CHECK_H

#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <sys/types.h>

typedef struct test_case {
    const char *name; /* NULL ends a list */
    void (*run)(void);
    int every_style; /* runs once for each style of engine; see host.h */
} test_case;

/* ---- checks ------------------------------------------------------------------------ */

void fail_at(const char *file, int line, const char *format, ...)
    __attribute__((noreturn, format(printf, 3, 4)));
void check_at(const char *file, int line, int holds, const char *text);
void check_int_at(const char *file, int line, long long actual, long long expected,
                  const char *text);
void check_text_at(const char *file, int line, const char *actual, const char *expected,
                   const char *text);
void check_contains_at(const char *file, int line, const char *actual, const char *part,
                       const char *text);

#define FAIL(...) fail_at(__FILE__, __LINE__, __VA_ARGS__)
#define CHECK(condition) check_at(__FILE__, __LINE__, (condition) != 0, #condition)
#define CHECK_INT(actual, expected) check_int_at(__FILE__, __LINE__, actual, expected, #actual)
#define CHECK_TEXT(actual, expected) check_text_at(__FILE__, __LINE__, actual, expected, #actual)
#define CHECK_CONTAINS(actual, part) check_contains_at(__FILE__, __LINE__, actual, part, #actual)

/* The output of a failing check includes the name of a status of zmqjs.h. */
void check_status_at(const char *file, int line, int actual, int expected, const char *text);
#define CHECK_STATUS(actual, expected) \
    check_status_at(__FILE__, __LINE__, actual, expected, #actual)

/* Ends the case as skipped. */
void skip(const char *reason) __attribute__((noreturn));

/* ---- the system ----------------------------------------------------------------------- */

/* Seconds since some moment. */
double now(void);
void pause_ms(int milliseconds);

/* Ends the case as skipped where libzmq has no ipc. */
void need_ipc(void);

/* An endpoint at which nobody ever listens. */
const char *nobody(void);

/* A descriptor that a poller takes. */
int pollable_descriptor(void);
/* A socket of TCP that has a port of the loopback interface, and its address. */
struct sockaddr_in;
int socket_bound(struct sockaddr_in *address);
/* The same with its endpoint. It does not listen: connections are refused as long as it is open. */
int socket_deaf(char *endpoint, size_t size);
/* Closes what socket() has opened. */
void socket_close(int socket);

int descriptor_count(void);
/* The same once the number has not changed for 100 ms: descriptors that the background closes
 * are gone. */
int settled_descriptor_count(void);
/* Waits until descriptor_count() is at most limit: sockets close in the background. */
void wait_for_descriptors(int limit);
/* How many descriptors a poller with sockets has. */
int poller_descriptors(void);
/* Names of this process's threads; *names is one block, to be freed. */
size_t thread_names(char (**names)[16]);
size_t resident_kib(void);

/* A thread that a case starts. */
struct worker {
    pthread_t thread;
    pid_t id; /* in the kernel; 0 until it runs */
    void (*run)(void *argument);
    void *argument;
    int done;
};

void worker_start(struct worker *worker, void (*run)(void *argument), void *argument);
/* Waits until the thread sleeps in the kernel (it waits for something), or is done. */
void worker_wait_asleep(struct worker *worker);
int worker_is_done(struct worker *worker);
void worker_join(struct worker *worker);

/* Variables for communication between threads, or a thread and a signal handler. */
#define ATOMIC_LOAD(variable) __atomic_load_n(&(variable), __ATOMIC_SEQ_CST)
#define ATOMIC_STORE(variable, value) __atomic_store_n(&(variable), (value), __ATOMIC_SEQ_CST)
#define ATOMIC_COUNT(variable) __atomic_add_fetch(&(variable), 1, __ATOMIC_SEQ_CST)

/* Installs a handler; flags: SA_RESTART, or 0. */
void handle_signal(int signal_number, void (*handler)(int), int flags);

/* ---- the library ------------------------------------------------------------------------ */

/* Every function of zmqjs.h is there to be called; the first call loads the library.
 * These are for cases that are about loading. */
const char *library_path(void);
void library_load(void);

#endif
