/* test_shared.c - contexts that several runtimes and the host share */
#define _GNU_SOURCE
#include "direct.h"
#include "host.h"
#include "library.h"
#include "vm.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static fe_value *shared(struct host *host, const char *name)
{
    return run(get(host->zmq, "Context"), "shared", "s", name);
}

static fe_value *bound(fe_value *context, const char *type, const char *endpoint)
{
    fe_value *socket = run(context, "socket", "k", type);
    run(socket, "bind", "s", endpoint);
    return socket;
}

/* After the sockets bound there are closed: libzmq closes sockets in the background. */
static fe_value *bound_in_the_end(fe_value *context, const char *type, const char *endpoint)
{
    fe_value *socket = run(context, "socket", "k", type);
    for (double end = now() + 60; !attempt(socket, "bind", "s", endpoint);) {
        CHECK_ERROR(caught(socket->engine->host), "Error", "EADDRINUSE", endpoint);
        CHECK(now() < end);
        pause_ms(1);
    }
    return socket;
}

static fe_value *connected(fe_value *context, const char *type, const char *endpoint)
{
    fe_value *socket = run(context, "socket", "k", type);
    run(socket, "connect", "s", endpoint);
    return socket;
}

/* ---- between runtimes ------------------------------------------------------------------------ */

static void of_two_runtimes(void)
{
    struct host one, two;
    host_open(&one);
    host_open(&two);
    fe_value *pull = bound(shared(&one, "s"), "PULL", "inproc://here");
    fe_value *push = connected(shared(&two, "s"), "PUSH", "inproc://here");
    run(push, "send", "s", "text");
    CHECK_TEXT(text(run(pull, "recv_str", "")), "text");
    /* Names, and contexts of runtimes' own, are apart. */
    fe_value *elsewhere = bound(shared(&two, "t"), "PULL", "inproc://here");
    fe_value *own = bound(construct(two.zmq, "Context", ""), "PULL", "inproc://here");
    CHECK_ERROR(fails(run(shared(&two, "s"), "socket", "k", "PULL"), "bind", "s", "inproc://here"), "Error",
                "EADDRINUSE", "inproc://here");
    run(elsewhere, "close", "");
    run(own, "close", "");
    host_close(&two);
    host_close(&one);
}

/* An absent name is one too. */
static void without_a_name(void)
{
    struct host host;
    host_open(&host);
    fe_value *context = run(get(host.zmq, "Context"), "shared", "");
    fe_value *pull = bound(context, "PULL", "inproc://here");
    run(connected(shared(&host, ""), "PUSH", "inproc://here"), "send", "i", 7);
    CHECK_INT(number(run(pull, "recv_int", "")), 7);
    host_close(&host);
}

/* The end of a runtime does not affect others. */
static void a_runtime_leaves(void)
{
    struct host one, two, three;
    int before;
    host_open(&one);
    host_open(&two);
    before = settled_descriptor_count();
    fe_value *pull = bound(shared(&one, "s"), "PULL", "inproc://here");
    host_open(&three);
    fe_value *last = connected(shared(&three, "s"), "PUSH", "inproc://here");
    fe_value *push = connected(shared(&two, "s"), "PUSH", "inproc://here");
    run(last, "send", "s", "before it leaves");
    host_close(&three);
    run(push, "send", "s", "afterwards");
    CHECK_TEXT(text(run(pull, "recv_str", "")), "before it leaves");
    CHECK_TEXT(text(run(pull, "recv_str", "")), "afterwards");
    host_end_runtime(&two);
    host_end_runtime(&one);
    wait_for_descriptors(before - 2); /* those of the runtimes are gone too */
    host_close(&two);
    host_close(&one);
}

/* term() leaves, even with open sockets, and these stay open. */
static void term_leaves(void)
{
    struct host host;
    host_open(&host);
    int before = settled_descriptor_count();
    fe_value *context = shared(&host, "s"), *other = shared(&host, "s");
    fe_value *pull = bound(context, "PULL", "inproc://here"), *push = connected(other, "PUSH", "inproc://here");
    CHECK_INT(number(run(context, "term", "")), 0);
    CHECK_INT(number(run(context, "term", "")), 0);
    CHECK(get(context, "closed")->as.boolean && !get(other, "closed")->as.boolean);
    CHECK_ERROR(fails(context, "socket", "k", "PUSH"), "Error", "EFAULT", NULL);
    CHECK_ERROR(fails(context, "get", "k", "IO_THREADS"), "Error", "EFAULT", NULL);
    run(push, "send", "s", "text");
    CHECK_TEXT(text(run(pull, "recv_str", "")), "text");
    fe_value *monitor = run(pull, "monitor", "");
    run(monitor, "close", "");
    run(other, "term", "");
    run(push, "close", "");
    run(pull, "close", "");
    wait_for_descriptors(before);
    /* Now another context can have the name: no socket is bound there. */
    fe_value *again = shared(&host, "s");
    run(bound(again, "PULL", "inproc://here"), "close", "");
    run(again, "term", "");
    host_close(&host);
}

static void dispose_closes_its_own(void)
{
    struct host host;
    host_open(&host);
    fe_value *context = shared(&host, "s"), *other = shared(&host, "s");
    fe_value *pull = bound(context, "PULL", "inproc://here"), *open = bound(other, "PULL", "inproc://there");
    drop(run(context, "@@dispose", ""));
    CHECK(get(pull, "closed")->as.boolean && !get(open, "closed")->as.boolean);
    run(bound_in_the_end(other, "PULL", "inproc://here"), "close", "");
    host_close(&host);
}

/* Contexts that the collector drops hold nothing. */
static void dropped_is_left(void)
{
    struct host host;
    host_open(&host);
    int before = settled_descriptor_count();
    for (int i = 0; i < 3; i++) {
        fe_value *context = shared(&host, "s"), *pull = bound(context, "PULL", "inproc://here");
        drop(context);
        drop(pull);
        wait_for_descriptors(before);
    }
    host_close(&host);
}

static void shutdown_is_refused(void)
{
    struct host host;
    host_open(&host);
    fe_value *context = shared(&host, "s"), *error = fails(context, "shutdown", "");
    CHECK_ERROR(error, "Error", "EPERM", NULL);
    CHECK_CONTAINS(text(get(error, "message")), "term() leaves it");
    run(bound(context, "PULL", "inproc://here"), "close", "");
    host_close(&host);
}

static void options_are_set_once(void)
{
    struct host one, two;
    host_open(&one);
    host_open(&two);
    fe_value *first = shared(&one, "s"), *second = shared(&two, "s");
    run(first, "set", "ki", "IO_THREADS", 2);
    run(second, "set", "ki", "IO_THREADS", 2);
    fe_value *error = fails(second, "set", "ki", "IO_THREADS", 3);
    CHECK_ERROR(error, "Error", "EBUSY", NULL);
    CHECK_CONTAINS(text(get(error, "message")), "\"s\" IO_THREADS is 2, and cannot become 3");
    /* Of these there are several values; they cannot be read. */
    run(first, "set", "ki", "THREAD_AFFINITY_CPU_ADD", 0);
    run(second, "set", "ki", "THREAD_AFFINITY_CPU_ADD", 0);
    CHECK_ERROR(fails(first, "set", "ki", "MAX_MSGSZ", -5), "Error", "EINVAL", NULL);
    CHECK_ERROR(fails(first, "set", "ki", "IO_THREADS", 5000), "Error", "EINVAL", NULL);
    CHECK_ERROR(fails(first, "set", "ii", 9999, 1), "Error", "EINVAL", NULL);
    run(second, "set", "ki", "MAX_SOCKETS", 20);
    run(bound(first, "PULL", "inproc://here"), "close", "");
    CHECK_ERROR(fails(second, "set", "ki", "IPV6", 1), "Error", "EBUSY", NULL);
    error = fails(second, "set", "ki", "THREAD_AFFINITY_CPU_ADD", 1);
    CHECK_ERROR(error, "Error", "EBUSY", NULL);
    CHECK_CONTAINS(text(get(error, "message")), "cannot be set any more");
    run(second, "set", "ki", "IPV6", 0);
    run(second, "set", "ki", "THREAD_AFFINITY_CPU_ADD", 0);
    CHECK_INT(number(run(second, "get", "k", "MAX_SOCKETS")), 20);
    host_close(&two);
    host_close(&one);
}

static void receive(void *argument)
{
    fe_value *pull = argument;
    fe_value *message = attempt(pull, "recv_str", "");
    if (message) CHECK_TEXT(text(message), "wakes");
    else CHECK_ERROR(caught(pull->engine->host), "Error", "EINTR", NULL);
}

/* A message from another runtime ends a wait, and so does an interrupt of its own runtime only. */
static void waits_and_interrupts(void)
{
    struct host one, two;
    struct worker worker;
    host_open(&one);
    host_open(&two);
    fe_value *pull = bound(shared(&one, "s"), "PULL", "inproc://here");
    fe_value *push = connected(shared(&two, "s"), "PUSH", "inproc://here");
    worker_start(&worker, receive, pull);
    worker_wait_asleep(&worker);
    CHECK_STATUS(zmqjs_interrupt(two.runtime), ZMQJS_OK);
    worker_wait_asleep(&worker);
    CHECK(!worker_is_done(&worker));
    run(push, "send", "s", "wakes");
    worker_join(&worker);
    worker_start(&worker, receive, pull);
    worker_wait_asleep(&worker);
    CHECK_STATUS(zmqjs_interrupt(one.runtime), ZMQJS_OK);
    worker_join(&worker);
    host_close(&two);
    host_close(&one);
}

static void wait_on_poller(void *argument)
{
    fe_value *event = run(argument, "wait", "i", -1);
    CHECK(is(event, FE_OBJECT));
}

static void poller_hears_others(void)
{
    struct host one, two;
    struct worker worker;
    host_open(&one);
    host_open(&two);
    fe_value *pull = bound(shared(&one, "s"), "PULL", "inproc://here");
    fe_value *push = connected(shared(&two, "s"), "PUSH", "inproc://here");
    fe_value *poller = construct(one.zmq, "Poller", "");
    run(poller, "add", "vk", pull, "POLLIN");
    for (int i = 0; i < 20; i++) {
        worker_start(&worker, wait_on_poller, poller);
        if (i % 2) worker_wait_asleep(&worker);
        run(push, "send", "i", i);
        worker_join(&worker);
        CHECK_INT(number(run(pull, "recv_int", "")), i);
    }
    host_close(&two);
    host_close(&one);
}

/* An Authenticator leaves with its runtime; then there can be another one. */
static void authenticator_leaves(void)
{
    struct host one, two;
    host_open(&one);
    host_open(&two);
    fe_value *mine = shared(&two, "s");
    construct(one.zmq, "Authenticator", "v", shared(&one, "s"));
    CHECK_ERROR(caught((attempt_construct(two.zmq, "Authenticator", "v", mine), &two)), "Error", "EADDRINUSE", NULL);
    host_end_runtime(&one);
    for (double end = now() + 60; !attempt_construct(two.zmq, "Authenticator", "v", mine);) { /* it ends in the background */
        CHECK_ERROR(caught(&two), "Error", "EADDRINUSE", NULL);
        CHECK(now() < end);
        pause_ms(1);
    }
    host_close(&one);
    host_close(&two);
}

/* ---- with the host --------------------------------------------------------------------------- */

/* libzmq, as the host has it. */
static struct {
    void *(*socket)(void *, int);
    int (*bind)(void *, const char *);
    int (*connect)(void *, const char *);
    int (*close)(void *);
    int (*send)(void *, const void *, size_t, int);
    int (*recv)(void *, void *, size_t, int);
    int (*ctx_term)(void *);
    int (*ctx_get)(void *, int);
    int (*zmq_errno)(void);
} zmq;

static void find(const char *name, void *function)
{
    const char *path = zmqjs_libzmq_path();
    void *symbol = dlsym(dlopen(path, RTLD_NOW), name);
    if (!symbol && strstr(path, "/libzmqjs")) skip("libzmq is inside the library, which does not export it");
    CHECK(symbol);
    memcpy(function, &symbol, sizeof symbol);
}

static void find_libzmq(void)
{
    find("zmq_socket", &zmq.socket);
    find("zmq_bind", &zmq.bind);
    find("zmq_connect", &zmq.connect);
    find("zmq_close", &zmq.close);
    find("zmq_send", &zmq.send);
    find("zmq_recv", &zmq.recv);
    find("zmq_ctx_term", &zmq.ctx_term);
    find("zmq_ctx_get", &zmq.ctx_get);
    find("zmq_errno", &zmq.zmq_errno);
}

enum { OF_PUSH = 8, OF_PULL = 7 }; /* ZMQ_PUSH and ZMQ_PULL */

static void host_meets_scripts(void)
{
    struct host host;
    zmqjs_context *context;
    void *libzmq;
    char buffer[16];
    find_libzmq();
    CHECK_STATUS(zmqjs_context_shared("s", &context), ZMQJS_OK);
    CHECK_STATUS(zmqjs_context_set(context, 1, 2), ZMQJS_OK); /* ZMQ_IO_THREADS */
    CHECK_STATUS(zmqjs_context_zmq(context, &libzmq), ZMQJS_OK);
    CHECK_STATUS(zmqjs_context_set(context, 1, 3), ZMQJS_INVALID_ARGUMENT);
    CHECK_CONTAINS(zmqjs_last_error(), "option 1 of the shared context \"s\" is 2, and cannot become 3");
    void *push = zmq.socket(libzmq, OF_PUSH);
    CHECK_INT(zmq.connect(push, "inproc://down"), 0); /* before anybody is bound there */
    host_open(&host);
    fe_value *ours = shared(&host, "s");
    CHECK_INT(number(run(ours, "get", "k", "IO_THREADS")), 2);
    fe_value *pull = bound(ours, "PULL", "inproc://down");
    CHECK_INT(zmq.send(push, "frame", 5, 0), 5);
    CHECK_TEXT(text(run(pull, "recv_str", "")), "frame");
    void *back = zmq.socket(libzmq, OF_PULL);
    run(connected(ours, "PUSH", "inproc://up"), "send", "s", "answer");
    CHECK_INT(zmq.bind(back, "inproc://up"), 0);
    CHECK_INT(zmq.recv(back, buffer, sizeof buffer, 0), 6);
    CHECK(memcmp(buffer, "answer", 6) == 0);
    host_close(&host);
    /* The runtime's end was nothing to the host. */
    CHECK_INT(zmq.bind(push, "inproc://again"), 0);
    zmq.close(push);
    zmq.close(back);
    CHECK_STATUS(zmqjs_context_release(context), ZMQJS_OK);
    CHECK_STATUS(zmqjs_context_release(context), ZMQJS_INVALID_ARGUMENT);
    CHECK_STATUS(zmqjs_context_zmq(context, &libzmq), ZMQJS_INVALID_ARGUMENT);
    CHECK(libzmq == NULL);
}

static void arguments_of_the_host(void)
{
    zmqjs_context *context = (zmqjs_context *)&context;
    void *libzmq = &libzmq;
    CHECK_STATUS(zmqjs_context_shared("s", NULL), ZMQJS_INVALID_ARGUMENT);
    CHECK_STATUS(zmqjs_context_set(NULL, 1, 1), ZMQJS_INVALID_ARGUMENT);
    CHECK_STATUS(zmqjs_context_set(context, 1, 1), ZMQJS_INVALID_ARGUMENT);
    CHECK_STATUS(zmqjs_context_zmq(context, &libzmq), ZMQJS_INVALID_ARGUMENT);
    CHECK(libzmq == NULL);
    CHECK_STATUS(zmqjs_context_release(NULL), ZMQJS_INVALID_ARGUMENT);
    CHECK_STATUS(zmqjs_context_release(context), ZMQJS_INVALID_ARGUMENT);
    CHECK_CONTAINS(zmqjs_last_error(), "not a shared context");
    int before = settled_descriptor_count();
    CHECK_STATUS(zmqjs_context_shared(NULL, &context), ZMQJS_OK);
    CHECK_STATUS(zmqjs_context_set(context, 9999, 1), ZMQJS_INVALID_ARGUMENT);
    CHECK_STATUS(zmqjs_context_set(context, 1, 5000), ZMQJS_INVALID_ARGUMENT);
    CHECK_STATUS(zmqjs_context_zmq(context, NULL), ZMQJS_INVALID_ARGUMENT);
    CHECK_STATUS(zmqjs_context_release(context), ZMQJS_OK);
    wait_for_descriptors(before);
}

static void run_vm(void *argument)
{
    zmqjs_vm *vm = vm_open();
    CHECK_STATUS(evaluate(vm, argument), ZMQJS_OK);
    vm_close(vm);
}

/* The bundled engine, and another one with the same library. */
static void of_two_engines(void)
{
    static char source[] = "import * as zmq from 'zmq';\n"
                           "const socket = zmq.Context.shared('s').socket(zmq.REP);\n"
                           "socket.connect('inproc://here');\n"
                           "socket.send(socket.recv_str().toUpperCase());\n";
    struct host host;
    struct worker worker;
    vm_close(vm_open()); /* or the case is skipped */
    host_open(&host);
    fe_value *ask = bound(shared(&host, "s"), "REQ", "inproc://here");
    worker_start(&worker, run_vm, source);
    run(ask, "send", "s", "text");
    CHECK_TEXT(text(run(ask, "recv_str", "")), "TEXT");
    worker_join(&worker);
    host_close(&host);
}

static int terminated;

static void terminate(void *libzmq)
{
    CHECK_INT(zmq.ctx_term(libzmq), 0);
    ATOMIC_STORE(terminated, 1);
}

/* A host breaks the rules: it terminates the context while a script waits in it. */
static void host_terminates(void)
{
    struct host one, two;
    struct worker worker;
    zmqjs_context *context;
    void *libzmq;
    find_libzmq();
    host_open(&one);
    host_open(&two);
    CHECK_STATUS(zmqjs_context_shared("s", &context), ZMQJS_OK);
    CHECK_STATUS(zmqjs_context_zmq(context, &libzmq), ZMQJS_OK);
    fe_value *ours = shared(&one, "s"), *theirs = shared(&two, "s");
    fe_value *pull = bound(ours, "PULL", "inproc://here"), *waits = run(theirs, "socket", "k", "PUSH");
    run(waits, "connect", "s", "inproc://nobody");
    worker_start(&worker, terminate, libzmq);
    CHECK_ERROR(fails(pull, "recv", ""), "Error", "ETERM", NULL);
    worker_wait_asleep(&worker);
    CHECK(!ATOMIC_LOAD(terminated));
    CHECK_ERROR(fails(waits, "send", "s", "lost"), "Error", "ETERM", NULL);
    run(pull, "close", "");
    run(waits, "close", "");
    worker_join(&worker);
    CHECK(ATOMIC_LOAD(terminated));
    CHECK_ERROR(fails(ours, "socket", "k", "PULL"), "Error", "ETERM", NULL);
    CHECK_ERROR(fails(theirs, "get", "k", "IO_THREADS"), "Error", "ETERM", NULL);
    CHECK_ERROR(fails(theirs, "set", "ki", "IO_THREADS", 1), "Error", "ETERM", NULL);
    CHECK_STATUS(zmqjs_context_zmq(context, &libzmq), ZMQJS_UNAVAILABLE);
    CHECK_STATUS(zmqjs_context_set(context, 1, 1), ZMQJS_UNAVAILABLE);
    /* Its name is free. */
    fe_value *again = bound(shared(&one, "s"), "PULL", "inproc://here");
    run(connected(shared(&two, "s"), "PUSH", "inproc://here"), "send", "i", 7);
    CHECK_INT(number(run(again, "recv_int", "")), 7);
    run(ours, "term", "");
    host_close(&two);
    CHECK_STATUS(zmqjs_context_release(context), ZMQJS_OK);
    host_close(&one);
}

/* The same without members; the library's own pointer must not be used any more. */
static void host_terminates_alone(void)
{
    struct host host;
    zmqjs_context *context;
    void *libzmq;
    find_libzmq();
    host_open(&host);
    int before = settled_descriptor_count();
    for (int i = 0; i < 20; i++) {
        CHECK_STATUS(zmqjs_context_shared("s", &context), ZMQJS_OK);
        CHECK_STATUS(zmqjs_context_zmq(context, &libzmq), ZMQJS_OK);
        fe_value *ours = i % 2 ? shared(&host, "s") : NULL;
        CHECK_INT(zmq.ctx_term(libzmq), 0);
        if (ours) CHECK_ERROR(fails(ours, "socket", "k", "PULL"), "Error", "ETERM", NULL);
        if (i % 4 == 1) drop(ours);
        CHECK_STATUS(zmqjs_context_release(context), ZMQJS_OK);
    }
    wait_for_descriptors(before);
    host_close(&host);
}

static void in_child(void (*use)(zmqjs_context *), zmqjs_context *context)
{
    int status = 0;
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        alarm(60);
        use(context);
        _exit(0);
    }
    CHECK(waitpid(child, &status, 0) == child);
    CHECK_INT(status, 0);
}

static struct host *forked;
static fe_value *forked_context;

static void use_after_fork(zmqjs_context *context)
{
    zmqjs_context *another;
    void *libzmq;
    CHECK_STATUS(zmqjs_context_shared("s", &another), ZMQJS_UNAVAILABLE);
    CHECK_CONTAINS(zmqjs_last_error(), "fork");
    CHECK(another == NULL);
    CHECK_STATUS(zmqjs_context_set(context, 1, 1), ZMQJS_UNAVAILABLE);
    CHECK_STATUS(zmqjs_context_zmq(context, &libzmq), ZMQJS_UNAVAILABLE);
    CHECK_STATUS(zmqjs_context_release(context), ZMQJS_UNAVAILABLE);
    fe_value *error = fails(get(forked->zmq, "Context"), "shared", "s", "s");
    CHECK_ERROR(error, "Error", "ENOTSUP", NULL);
    CHECK_CONTAINS(text(get(error, "message")), "fork");
    CHECK_ERROR(fails(forked_context, "socket", "k", "PULL"), "Error", "ENOTSUP", NULL);
    CHECK_ERROR(fails(forked_context, "term", ""), "Error", "ENOTSUP", NULL);
}

static void after_fork(void)
{
    struct host host;
    zmqjs_context *context;
    void *libzmq;
    host_open(&host);
    CHECK_STATUS(zmqjs_context_shared("s", &context), ZMQJS_OK);
    CHECK_STATUS(zmqjs_context_zmq(context, &libzmq), ZMQJS_OK);
    forked = &host;
    forked_context = shared(&host, "s");
    in_child(use_after_fork, context);
    run(bound(forked_context, "PULL", "inproc://here"), "close", "");
    host_close(&host);
    CHECK_STATUS(zmqjs_context_release(context), ZMQJS_OK);
}

/* ---- leaving --------------------------------------------------------------------------------- */

/* A socket of a runtime that has left keeps its LINGER as long as others have the context. */
static void left_messages_arrive(void)
{
    struct host one, two;
    char endpoint[64];
    need_ipc();
    snprintf(endpoint, sizeof endpoint, "ipc://@zmqjs-%d-later", (int)getpid());
    zmqjs_leave_timeout(0);
    host_open(&one);
    host_open(&two);
    fe_value *other = shared(&two, "s");
    run(connected(shared(&one, "s"), "PUSH", endpoint), "send", "s", "late");
    host_end_runtime(&one);
    fe_value *pull = bound(other, "PULL", endpoint);
    CHECK_TEXT(text(run(pull, "recv_str", "")), "late");
    host_close(&one);
    host_close(&two);
}

/* The last one bounds it. The case ends if leaving does. */
static void the_last_is_bounded(void)
{
    struct host one, two;
    zmqjs_leave_timeout(50);
    host_open(&one);
    host_open(&two);
    run(connected(shared(&one, "s"), "PUSH", nobody()), "send", "s", "lost");
    run(connected(shared(&two, "s"), "PUSH", nobody()), "send", "s", "lost");
    host_end_runtime(&one);
    host_end_runtime(&two);
    host_close(&one);
    host_close(&two);
}

/* The host takes and releases it, and then the process exits: messages of scripts arrive. */
static void exit_delivers(void)
{
    char endpoint[64];
    int status = 0, ready[2];
    char byte;
    need_ipc();
    snprintf(endpoint, sizeof endpoint, "ipc://@zmqjs-%d-exit", (int)getpid());
    CHECK_INT(pipe(ready), 0);
    pid_t child = fork(); /* before the library is loaded: it has its own */
    CHECK(child >= 0);
    if (child == 0) {
        struct host host;
        zmqjs_context *context;
        alarm(60);
        zmqjs_leave_timeout(50000);
        CHECK_INT(read(ready[0], &byte, 1), 1);
        CHECK_STATUS(zmqjs_context_shared("s", &context), ZMQJS_OK);
        host_open(&host);
        fe_value *push = connected(shared(&host, "s"), "PUSH", endpoint);
        for (int i = 0; i < 100; i++) run(push, "send", "i", i);
        host_end_runtime(&host);
        host_close(&host);
        CHECK_STATUS(zmqjs_context_release(context), ZMQJS_OK);
        exit(0);
    }
    struct host host;
    host_open(&host);
    fe_value *pull = bound(construct(host.zmq, "Context", ""), "PULL", endpoint);
    CHECK_INT(write(ready[1], "", 1), 1);
    for (int i = 0; i < 100; i++) CHECK_INT(number(run(pull, "recv_int", "")), i);
    CHECK(waitpid(child, &status, 0) == child);
    CHECK_INT(status, 0);
    host_close(&host);
}

/* A context that the host has not given back is the host's to the end: exit waits for nothing in it. The child ends
 * by a signal if it does. */
static void exit_leaves_it_to_the_host(void)
{
    char endpoint[64];
    int status = 0;
    snprintf(endpoint, sizeof endpoint, "ipc://@zmqjs-%d-nobody", (int)getpid());
    pid_t child = fork(); /* before the library is loaded: it has its own */
    CHECK(child >= 0);
    if (child == 0) {
        struct host host;
        zmqjs_context *context;
        alarm(60);
        zmqjs_leave_timeout(1000 * 3600);
        CHECK_STATUS(zmqjs_context_shared("s", &context), ZMQJS_OK);
        host_open(&host);
        run(connected(shared(&host, "s"), "PUSH", endpoint), "send", "s", "unsent");
        host_end_runtime(&host);
        host_close(&host);
        exit(0);
    }
    CHECK(waitpid(child, &status, 0) == child);
    CHECK_INT(status, 0);
}

/* ---- many at once ---------------------------------------------------------------------------- */

enum { THREADS = 10, RUNTIMES = 10, NAMES = 3 }; /* 100 runtimes */

static unsigned seed;

static unsigned next(unsigned *state) { return *state = *state * 1103515245u + 12345u, *state >> 16; }

static zmqjs_instance *take(zmqjs_runtime *runtime, const char *name)
{
    zmqjs_data argument = data_text(name);
    return direct_must(runtime, NULL, function_named("Context", "shared"), 1, &argument).as.instance;
}

static zmqjs_instance *socket_in(zmqjs_runtime *runtime, zmqjs_instance *context, const char *type)
{
    zmqjs_data argument = data_constant(type);
    return direct_must(runtime, context, function_named("Context", "socket"), 1, &argument).as.instance;
}

/* Sends itself something; another one may be bound there already, and gets it then. */
static zmqjs_instance *use(zmqjs_runtime *runtime, zmqjs_instance *context, int number)
{
    char endpoint[32];
    zmqjs_data message[2] = {data_number(number), data_constant("DONTWAIT")};
    snprintf(endpoint, sizeof endpoint, "inproc://%d", number % 4);
    zmqjs_data argument = data_text(endpoint);
    zmqjs_instance *pull = socket_in(runtime, context, "PULL"), *push = socket_in(runtime, context, "PUSH");
    struct outcome outcome = direct_call(runtime, pull, function_named("Socket", "bind"), 1, &argument);
    if (outcome.status != ZMQJS_OK) CHECK_TEXT(outcome.code, "EADDRINUSE");
    direct_must(runtime, push, function_named("Socket", "connect"), 1, &argument);
    direct_must(runtime, push, function_named("Socket", "send"), 2, message);
    if (outcome.status == ZMQJS_OK) direct_must(runtime, pull, function_named("Socket", "recv"), 1, message + 1);
    library_zmqjs_finalize(push);
    return pull;
}

static void take_and_leave(void *argument)
{
    static const char *const names[NAMES] = {"", "one", "two"};
    unsigned state = seed + (unsigned)(size_t)argument;
    for (int i = 0; i < RUNTIMES; i++) {
        zmqjs_context *context = NULL;
        void *libzmq;
        const char *name = names[next(&state) % NAMES];
        zmqjs_runtime *runtime = direct_runtime();
        unsigned way = next(&state);
        if (way & 1) CHECK_STATUS(zmqjs_context_shared(name, &context), ZMQJS_OK);
        zmqjs_instance *taken = take(runtime, name), *pull = NULL;
        if (way & 2) pull = use(runtime, taken, (int)next(&state));
        if (context && way & 4) CHECK_STATUS(zmqjs_context_zmq(context, &libzmq), ZMQJS_OK);
        if (way & 8) direct_must(runtime, taken, function_named("Context", "term"), 0, NULL);
        if (pull && way & 16) direct_must(runtime, pull, function_named("Socket", "close"), 0, NULL);
        if (way & 32) library_zmqjs_finalize(taken);
        if (pull && way & 64) library_zmqjs_finalize(pull);
        if (context && way & 128) CHECK_STATUS(zmqjs_context_release(context), ZMQJS_OK);
        CHECK_STATUS(zmqjs_runtime_free(runtime), ZMQJS_OK);
        if (!(way & 32)) library_zmqjs_finalize(taken);
        if (pull && !(way & 64)) library_zmqjs_finalize(pull);
        if (context && !(way & 128)) CHECK_STATUS(zmqjs_context_release(context), ZMQJS_OK);
    }
}

static void of_takers(void)
{
    struct worker workers[THREADS];
    const char *given = getenv("STORM_SEED");
    seed = given ? (unsigned)strtoul(given, NULL, 10) : (unsigned)time(NULL) ^ (unsigned)getpid() << 8;
    printf("STORM_SEED=%u\n", seed);
    fflush(stdout);
    zmqjs_leave_timeout(2000);
    zmqjs_runtime *warm = direct_runtime();
    library_zmqjs_finalize(take(warm, ""));
    CHECK_STATUS(zmqjs_runtime_free(warm), ZMQJS_OK);
    int before = settled_descriptor_count();
    for (size_t i = 0; i < THREADS; i++) worker_start(&workers[i], take_and_leave, (void *)(i * 7919));
    for (int i = 0; i < THREADS; i++) worker_join(&workers[i]);
    wait_for_descriptors(before); /* every context has ended */
}

const test_case shared_cases[] = {
    {"shared-of-two-runtimes", of_two_runtimes, 1},
    {"shared-without-a-name", without_a_name, 0},
    {"shared-a-runtime-leaves", a_runtime_leaves, 0},
    {"shared-term-leaves", term_leaves, 0},
    {"shared-dispose-closes-its-own", dispose_closes_its_own, 0},
    {"shared-dropped-is-left", dropped_is_left, 0},
    {"shared-shutdown-is-refused", shutdown_is_refused, 0},
    {"shared-options-are-set-once", options_are_set_once, 0},
    {"shared-waits-and-interrupts", waits_and_interrupts, 0},
    {"shared-poller-hears-others", poller_hears_others, 0},
    {"shared-authenticator-leaves", authenticator_leaves, 0},
    {"shared-host-meets-scripts", host_meets_scripts, 0},
    {"shared-arguments-of-the-host", arguments_of_the_host, 0},
    {"shared-of-two-engines", of_two_engines, 0},
    {"shared-host-terminates", host_terminates, 0},
    {"shared-host-terminates-alone", host_terminates_alone, 0},
    {"shared-after-fork", after_fork, 0},
    {"shared-left-messages-arrive", left_messages_arrive, 0},
    {"shared-the-last-is-bounded", the_last_is_bounded, 0},
    {"shared-exit-delivers", exit_delivers, 0},
    {"shared-exit-leaves-it-to-the-host", exit_leaves_it_to_the_host, 0},
    {"storm-of-takers", of_takers, 0},
    {NULL, NULL, 0},
};
