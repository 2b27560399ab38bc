/* test_process.c - loading, the process's own things, fork() */
#define _GNU_SOURCE
#include "direct.h"
#include "host.h"
#include "library.h"

#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- loading alone ------------------------------------------------------------------------ */

/* Go's own threads start with loading; those of libzmq and the library only with use. */
static void loading_starts_only_go(void)
{
    char(*names)[16];
    library_load();
    size_t count = thread_names(&names);
    for (size_t i = 0; i < count; i++) {
        printf("thread: %s\n", names[i]);
        CHECK(strncmp(names[i], "zmqjs", 5) != 0);
        CHECK(strncmp(names[i], "ZMQ", 3) != 0);
    }
    CHECK(count <= 16);
    free(names);
}

static void closing_is_harmless(void)
{
    void *first = dlopen(library_path(), RTLD_NOW | RTLD_LOCAL);
    CHECK(first);
    CHECK_INT(dlclose(first), 0);
    void *second = dlopen(library_path(), RTLD_NOW | RTLD_LOCAL);
    CHECK(second == first);
    CHECK_INT(dlclose(second), 0);
    CHECK_INT(dlclose(second), 0);

    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    run(pair.push, "send", "s", "text");
    CHECK_TEXT(text(run(pair.pull, "recv_str", "")), "text");
    host_close(&host);
}

static void load_elsewhere(void *argument)
{
    (void)argument;
    library_load();
}

/* Loaded by a thread that ends; used by others. */
static void loaded_by_a_thread(void)
{
    struct worker worker;
    struct host host;
    worker_start(&worker, load_elsewhere, NULL);
    worker_join(&worker);
    host_open(&host);
    run(host.zmq, "version", "");
    host_close(&host);
}

/* ---- state of the process that does not change ---------------------------------------------- */

static void handler(int signal_number) { (void)signal_number; }

/* The flags that libc adds to every action that it installs. */
enum { FLAGS_OF_LIBC = 0x04000000 };

static int is_fault(int signal_number)
{
    return signal_number == SIGSEGV || signal_number == SIGBUS || signal_number == SIGFPE;
}

/* Handlers, mask and limits, before and after loading and use; the exceptions are
 * faults, which Go passes on. */
static void process_state_is_kept(void)
{
    struct sigaction before[NSIG], after;
    struct rlimit limit = {0, 0}, limit_after;
    sigset_t mask, mask_after;
    CHECK_INT(getrlimit(RLIMIT_NOFILE, &limit), 0);
    if (limit.rlim_cur > 200) limit.rlim_cur = 200;
    CHECK_INT(setrlimit(RLIMIT_NOFILE, &limit), 0);
    handle_signal(SIGINT, handler, 0);
    handle_signal(SIGTERM, handler, SA_RESTART);
    handle_signal(SIGUSR1, handler, SA_NODEFER);
    handle_signal(SIGCHLD, handler, SA_NOCLDSTOP);
    handle_signal(SIGPROF, handler, 0);
    handle_signal(SIGURG, handler, 0);
    handle_signal(SIGRTMIN, handler, 0);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    sigemptyset(&mask);
    sigaddset(&mask, SIGUSR2);
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    for (int i = 1; i < NSIG; i++)
        if (sigaction(i, NULL, &before[i]) != 0) before[i].sa_flags = -1;

    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    run(pair.push, "send", "s", "text");
    run(pair.pull, "recv", "");
    host_close(&host);

    for (int i = 1; i < NSIG; i++) {
        if (before[i].sa_flags == -1 || is_fault(i)) continue;
        CHECK_INT(sigaction(i, NULL, &after), 0);
        for (double end = now() + 5; i == SIGPROF && after.sa_handler != before[i].sa_handler && now() < end; pause_ms(1))
            sigaction(i, NULL, &after); /* the library's while a thread begins */
        if (after.sa_handler != before[i].sa_handler) FAIL("signal %d has another handler", i);
        if ((after.sa_flags ^ before[i].sa_flags) & ~FLAGS_OF_LIBC) FAIL("signal %d has other flags", i);
    }
    pthread_sigmask(SIG_SETMASK, NULL, &mask_after);
    for (int i = 1; i < NSIG; i++)
        if (sigismember(&mask_after, i) != sigismember(&mask, i)) FAIL("signal %d: other mask", i);
    CHECK_INT(getrlimit(RLIMIT_NOFILE, &limit_after), 0);
    CHECK_INT((long long)limit_after.rlim_cur, (long long)limit.rlim_cur);
}

static volatile pid_t handled_on;

static void where(int signal_number)
{
    (void)signal_number;
    handled_on = gettid();
}

/* A signal to the process is handled on a thread of the host's, not on one that the
 * library has brought. */
static void signals_stay_with_the_host(void)
{
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    handle_signal(SIGINT, where, 0);
    for (int i = 0; i < 200; i++) {
        handled_on = 0;
        kill(getpid(), SIGINT);
        double end = now() + 5;
        while (!handled_on && now() < end) pause_ms(1);
        CHECK_INT(handled_on, getpid());
        run(pair.push, "send", "i", i);
        run(pair.pull, "recv", "");
    }
    host_close(&host);
}

/* Descriptors of the library do not leak into programs that the host starts. */
static void descriptors_close_on_exec(void)
{
    struct host host;
    struct pair pair;
    int before = descriptor_count();
    host_open(&host);
    pair_open(&host, &pair);
    fe_value *tcp = run(pair.context, "socket", "k", "PULL");
    run(tcp, "bind", "s", "tcp://127.0.0.1:*");
    CHECK(descriptor_count() > before);
    FILE *child = popen("ls /proc/self/fd | wc -l", "r");
    int seen = 0;
    CHECK(child && fscanf(child, "%d", &seen) == 1);
    pclose(child);
    printf("%d here, %d before, %d in a child\n", descriptor_count(), before, seen);
    CHECK(seen <= before + 1); /* ls has its own for the directory */
    host_close(&host);
}

/* ---- out of descriptors ------------------------------------------------------------------ */

static void out_of_descriptors(void)
{
    struct host host;
    struct pair pair;
    int taken[1024], count = 0;
    struct rlimit limit = {64, 64};
    host_open(&host);
    pair_open(&host, &pair);
    zmqjs_engine engine = contract_engine(&host.contract);
    CHECK_INT(setrlimit(RLIMIT_NOFILE, &limit), 0);
    while (count < 1024 && (taken[count] = dup(0)) >= 0) count++;

    zmqjs_runtime *runtime;
    CHECK_STATUS(zmqjs_runtime_new(&engine, &host.contract, &runtime), ZMQJS_OUT_OF_MEMORY);
    CHECK(runtime == NULL);
    CHECK_CONTAINS(zmqjs_last_error(), "files"); /* "Too many open files" */
    fe_value *error = fails(pair.context, "socket", "k", "PUSH");
    CHECK_ERROR(error, "Error", "EMFILE", NULL);
    run(pair.push, "send", "s", "goes on");
    CHECK_TEXT(text(run(pair.pull, "recv_str", "")), "goes on");

    while (count > 0) close(taken[--count]);
    run(run(pair.context, "socket", "k", "PUSH"), "close", "");
    host_close(&host);
}

/* ---- fork -------------------------------------------------------------------------------- */

/* Runs a child, at most ten seconds, and gives how it has ended. */
static int child_status(struct host *host, struct pair *pair,
                        void (*life)(struct host *host, struct pair *pair))
{
    int status = 0;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        alarm(10); /* its default action ends the process: a distinct status */
        life(host, pair);
        exit(0);
    }
    CHECK(waitpid(child, &status, 0) == child);
    if (WIFSIGNALED(status)) FAIL("the child was ended by signal %d", WTERMSIG(status));
    return WEXITSTATUS(status);
}

/* A method throws, with an error that says that it cannot be used. */
static void check_refused(struct host *host, fe_value *object, const char *method,
                          const char *format, const char *argument)
{
    if (attempt(object, method, format, argument)) FAIL("%s works in a child", method);
    fe_value *error = caught(host);
    CHECK_CONTAINS(text(get(error, "message")), "fork");
    CHECK_TEXT(text(get(error, "code")), "ENOTSUP");
}

/* A child cannot look it up. */
static const zmqjs_function *socket_send;

static void use_everything(struct host *host, struct pair *pair)
{
    zmqjs_runtime *runtime = (zmqjs_runtime *)host;
    zmqjs_vm *vm = (zmqjs_vm *)host;
    zmqjs_engine engine = contract_engine(&host->contract);
    check_refused(host, host->zmq, "version", "", NULL);
    check_refused(host, pair->push, "send", "s", "text");
    check_refused(host, pair->pull, "recv", "", NULL);
    check_refused(host, pair->push, "close", "", NULL);
    check_refused(host, pair->context, "term", "", NULL);
    struct outcome outcome = direct_call(host->runtime, NULL, socket_send, 0, NULL);
    CHECK_STATUS(outcome.status, ZMQJS_EXCEPTION);
    CHECK_TEXT(outcome.code, "ENOTSUP");
    CHECK_CONTAINS(outcome.message, "fork");
    CHECK_STATUS(zmqjs_runtime_new(&engine, host, &runtime), ZMQJS_UNAVAILABLE);
    CHECK(runtime == NULL);
    CHECK_CONTAINS(zmqjs_last_error(), "fork");
    CHECK_STATUS(zmqjs_trace(NULL, NULL), ZMQJS_UNAVAILABLE);
    CHECK_STATUS(zmqjs_policy(NULL, NULL), ZMQJS_UNAVAILABLE);
    CHECK_STATUS(zmqjs_vm_new(NULL, &vm), ZMQJS_UNAVAILABLE);
    CHECK(vm == NULL);
    CHECK_STATUS(zmqjs_runtime_free(host->runtime), ZMQJS_UNAVAILABLE);
    CHECK_INT(zmqjs_abi_version(), ZMQJS_ABI_VERSION);
    zmqjs_version(NULL, NULL, NULL);
    zmqjs_libzmq_version(NULL, NULL, NULL);
    zmqjs_leave_timeout(-1);
    /* The engine of the child ends like any other: all its instances are finalized. */
    host_drop_values(host);
}

static int count_class(void *payload, const zmqjs_property *property, const zmqjs_class *definition)
{
    (void)property, (void)definition;
    ++*(int *)payload;
    return ZMQJS_OK;
}

static int count_function(void *payload, const zmqjs_property *property,
                          const zmqjs_function *function)
{
    (void)property, (void)function;
    ++*(int *)payload;
    return ZMQJS_OK;
}

static int count_accessor(void *payload, const zmqjs_property *property,
                          const zmqjs_function *getter, const zmqjs_function *setter)
{
    (void)setter;
    return count_function(payload, property, getter);
}

static int count_value(void *payload, const zmqjs_property *property, const zmqjs_data *value)
{
    (void)value;
    return count_function(payload, property, NULL);
}

/* Whether the parent has asked before or not. */
static void use_definition(struct host *host, struct pair *pair)
{
    static const zmqjs_registrar registrar = {
        ZMQJS_ABI_VERSION, sizeof registrar, count_class, count_function, count_accessor, count_value,
    };
    size_t count;
    int steps = 0;
    (void)host, (void)pair;
    CHECK(!library_zmqjs_functions(&count));
    CHECK_CONTAINS(zmqjs_last_error(), "fork");
    CHECK_STATUS(library_zmqjs_register(&registrar, &steps), ZMQJS_UNAVAILABLE);
    CHECK_CONTAINS(zmqjs_last_error(), "fork");
    CHECK_INT(steps, 0);
}

static void interrupt_it(struct host *host, struct pair *pair)
{
    (void)pair;
    CHECK_STATUS(zmqjs_interrupt(host->runtime), ZMQJS_UNAVAILABLE);
}

static void do_nothing(struct host *host, struct pair *pair) { (void)host, (void)pair; }

static void return_at_once(struct host *host, struct pair *pair)
{
    (void)host, (void)pair;
    _Exit(0);
}

static void child_is_refused(void (*life)(struct host *host, struct pair *pair))
{
    struct host host;
    struct pair pair;
    socket_send = function_named("Socket", "send");
    host_open(&host);
    pair_open(&host, &pair);
    run(pair.push, "send", "s", "before");
    for (int i = 0; i < 3; i++) CHECK_INT(child_status(&host, &pair, life), 0);
    run(pair.push, "send", "s", "after");
    CHECK_TEXT(text(run(pair.pull, "recv_str", "")), "before");
    CHECK_TEXT(text(run(pair.pull, "recv_str", "")), "after");
    host_close(&host);
}

static void fork_and_use(void) { child_is_refused(use_everything); }
static void fork_and_ask(void)
{
    library_load();
    CHECK_INT(child_status(NULL, NULL, use_definition), 0);
    CHECK(library_zmqjs_functions(NULL));
    child_is_refused(use_definition);
}
static void fork_and_exit(void) { child_is_refused(do_nothing); }
static void fork_and_exit_at_once(void) { child_is_refused(return_at_once); }

/* The descriptor by which a wait is woken is the child's too, but the wait is not. */
static void fork_and_interrupt(void)
{
    struct host host;
    struct pair pair;
    host_open(&host);
    pair_open(&host, &pair);
    int status = child_status(&host, &pair, interrupt_it);
    run(pair.pull, "setsockopt", "ki", "RCVTIMEO", 10);
    for (int i = 0; i < 3; i++)
        if (!attempt(pair.pull, "recv", "")) FAIL("a child has interrupted its parent's wait");
    CHECK_INT(status, 0);
    host_close(&host);
}

static void wait_for_message(void *argument)
{
    CHECK_TEXT(text(run(argument, "recv_str", "")), "hello");
}

/* Forked while another thread waits in the library. */
static void fork_while_waiting(void)
{
    struct host host, other;
    struct pair pair, others;
    struct worker worker;
    socket_send = function_named("Socket", "send");
    host_open(&host);
    pair_open(&host, &pair);
    host_open(&other);
    pair_open(&other, &others);
    fe_value *pull = run(pair.context, "socket", "k", "PULL");
    fe_value *push = run(others.context, "socket", "k", "PUSH");
    run(pull, "bind", "s", "tcp://127.0.0.1:*");
    run(push, "connect", "s", text(run(pull, "getsockopt", "k", "LAST_ENDPOINT")));
    worker_start(&worker, wait_for_message, pull);
    worker_wait_asleep(&worker);
    CHECK_INT(child_status(&other, &others, use_everything), 0);
    run(push, "send", "s", "hello");
    worker_join(&worker);
    host_close(&other);
    host_close(&host);
}

/* A child that has not loaded the library may load it: it is the parent's threads
 * that a child lacks. */
static void fork_and_load(void)
{
    int status = 0;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        struct host host;
        struct pair pair;
        alarm(20);
        host_open(&host);
        pair_open(&host, &pair);
        run(pair.push, "send", "s", "text");
        CHECK_TEXT(text(run(pair.pull, "recv_str", "")), "text");
        host_close(&host);
        exit(0);
    }
    waitpid(child, &status, 0);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

const test_case process_cases[] = {
    {"process-loading-starts-only-go", loading_starts_only_go, 0},
    {"process-closing-is-harmless", closing_is_harmless, 0},
    {"process-loaded-by-a-thread", loaded_by_a_thread, 0},
    {"process-state-is-kept", process_state_is_kept, 0},
    {"process-signals-stay-with-the-host", signals_stay_with_the_host, 0},
    {"process-descriptors-close-on-exec", descriptors_close_on_exec, 0},
    {"process-out-of-descriptors", out_of_descriptors, 0},
    {"process-fork-and-use", fork_and_use, 0},
    {"process-fork-and-ask", fork_and_ask, 0},
    {"process-fork-and-exit", fork_and_exit, 0},
    {"process-fork-and-exit-at-once", fork_and_exit_at_once, 0},
    {"process-fork-and-interrupt", fork_and_interrupt, 0},
    {"process-fork-while-waiting", fork_while_waiting, 0},
    {"process-fork-and-load", fork_and_load, 0},
    {NULL, NULL, 0},
};
