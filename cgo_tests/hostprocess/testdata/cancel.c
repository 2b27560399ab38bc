/*
 * cancel.c - threads that are cancelled, or that a handler makes jump out of a call, at random
 * moments
 *
 *     cancel LIBRARY cancel|exit|jump PLACE COUNT SEED
 *
 * A thread is busy at a place in the library until it is cancelled, or until a signal arrives whose
 * handler ends the thread by pthread_exit(), or jumps back into it. Handlers do so only where the
 * thread is blocked in a system call: other code, such as malloc(), must not be left. Afterwards
 * the thread's mask is as it was, other runtimes work, and its own accepts calls or reports why
 * not, and can be freed. The program prints how often the runtime refused calls, and fails on any
 * other error.
 */
#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#include "calls.h"

enum { NOTIFY = SIGUSR1, ROUNDS_OF_A_RUNTIME = 20, LARGE = 100000 };

enum way { CANCEL, EXIT, JUMP };

static enum way way;
static calls_sockets own, other; /* of the thread that is left; of the main thread */
static zmqjs_vm *vm;
static atomic_int begun, jumped;
static atomic_int unmasked = 1;

static void fail(const char *what)
{
    fprintf(stderr, "%s\n", what);
    exit(3);
}

/* ---- the handler ---- */

static __thread sigjmp_buf back;
static __thread volatile sig_atomic_t may_jump;

/* Whether a system call was interrupted in which the thread was blocked. */
static int is_blocked(const ucontext_t *context)
{
#if defined(__x86_64__)
    const unsigned char *next = (const unsigned char *)context->uc_mcontext.gregs[REG_RIP];
    return next[-2] == 0x0f && next[-1] == 0x05 && context->uc_mcontext.gregs[REG_RAX] == -EINTR;
#elif defined(__aarch64__)
    const unsigned *next = (const unsigned *)context->uc_mcontext.pc;
    return next[-1] == 0xd4000001 && (long long)context->uc_mcontext.regs[0] == -EINTR;
#else
#error "another processor"
#endif
}

static void on_signal(int number, siginfo_t *info, void *context)
{
    (void)number, (void)info;
    if (!may_jump || !is_blocked(context))
        return;
    may_jump = 0;
    if (way == EXIT)
        pthread_exit(PTHREAD_CANCELED);
    siglongjmp(back, 1);
}

/* ---- places ---- */

static void *check_mask(void)
{
    sigset_t mask;
    pthread_sigmask(SIG_SETMASK, NULL, &mask);
    for (int number = 1; number < 32; number++)
        if (sigismember(&mask, number) == 1 && (way != EXIT || number != NOTIFY)) /* its handler blocks it */
            unmasked = 0;
    return NULL;
}

static void check_mask_at_end(void *unused)
{
    (void)unused;
    check_mask();
}

/* A call that may throw. */
static void call(const char *title, zmqjs_instance *self, const zmqjs_data *arguments, size_t count)
{
    zmqjs_frame frame;
    int status = calls_do(calls_find(title), own.runtime, self, arguments, count, &frame);
    if (status != ZMQJS_OK)
        calls.frame_release(&frame);
}

static void wait_for_message(void) { call("Socket.recv", own.pull, NULL, 0); }

static void wait_for_parts(void) { call("Socket.recv_multipart", own.pull, NULL, 0); }

/* Its parts are converted, into memory of the frame. */
static void wait_for_room(void)
{
    static const zmqjs_data parts[2] = {{.type = ZMQJS_INT32, .as.int32 = 1}, {.type = ZMQJS_DOUBLE, .as.number = 2}};
    const zmqjs_data list = {.type = ZMQJS_ARRAY, .as.elements = parts, .length = 2};
    call("Socket.send_multipart", own.push, &list, 1);
}

static void poll_sockets(void)
{
    static zmqjs_instance *poller;
    static zmqjs_runtime *of;
    const zmqjs_data add[2] = {{.type = ZMQJS_INSTANCE, .as.instance = own.pull}, calls_integer(1)};
    const zmqjs_data for_ever = calls_integer(-1);
    if (of != own.runtime) {
        poller = calls_must("Poller", own.runtime, NULL, NULL, 0);
        calls_must("Poller.add", own.runtime, poller, add, 2);
        of = own.runtime;
    }
    call("Poller.wait", poller, &for_ever, 1);
}

static void pass_on(void)
{
    const zmqjs_data pull = {.type = ZMQJS_INSTANCE, .as.instance = own.pull};
    const zmqjs_data push = {.type = ZMQJS_INSTANCE, .as.instance = own.push};
    const zmqjs_data sockets[2] = {pull, push};
    call("proxy", NULL, sockets, 2);
}

static void terminate(void) { call("Context.term", own.context, NULL, 0); }

static int interrupted(void *payload, void *context)
{
    const struct timespec moment = {0, 50000};
    (void)payload, (void)context;
    nanosleep(&moment, NULL);
    return 0;
}

static int allow(void *payload, int operation, const char *endpoint)
{
    const struct timespec moment = {0, 20000};
    (void)payload, (void)operation, (void)endpoint;
    nanosleep(&moment, NULL);
    return 1;
}

/* Everything that enters Go, and a callback from there. */
static void enter_go(void)
{
    const zmqjs_data endpoint = calls_text("inproc://another");
    call("Socket.bind", own.pull, &endpoint, 1);
    call("version", NULL, NULL, 0);
    call("Socket.send", own.pull, &endpoint, 1); /* its failure is put into words */
    call("Socket.unbind", own.pull, &endpoint, 1);
}

/* A runtime's whole life, and messages without a receiver. */
static void live(void)
{
    static _Thread_local calls_sockets brief;
    const zmqjs_data nowhere = calls_text("tcp://127.0.0.1:1"), text = calls_text("never received");
    calls_connect(&brief, NULL, NULL);
    calls_must("Socket.connect", brief.runtime, brief.push, &nowhere, 1);
    zmqjs_frame frame;
    if (calls_do(calls_find("Socket.send"), brief.runtime, brief.push, &text, 1, &frame) != ZMQJS_OK)
        calls.frame_release(&frame);
    zmqjs_runtime *freed = brief.runtime;
    calls_drop(&brief);
    if (calls.runtime_free(freed) != ZMQJS_OK)
        fail("a runtime is not freed");
}

/* The hot path: libzmq's own cancellation points. */
static void hurry(void)
{
    const zmqjs_data text = calls_text("text"), flags = calls_integer(1);
    call("Socket.send", own.push, &text, 1);
    call("Socket.recv", own.pull, &flags, 1);
}

static char memory[LARGE];

static void hurry_with_large(void)
{
    const zmqjs_data bytes = {.type = ZMQJS_BYTES, .as.data = memory, .length = sizeof memory};
    const zmqjs_data flags = calls_integer(1);
    call("Socket.send", own.push, &bytes, 1);
    call("Socket.recv", own.pull, &flags, 1);
}

static void run_script(void)
{
    static const char *const scripts[] = {
        "import * as zmq from 'zmq';\nnew zmq.Context().socket(zmq.PULL).recv();\n",
        "for (;;);\n",
        "import * as os from 'os';\nos.sleep(100000);\n",
    };
    const char *source = scripts[atomic_load(&begun) % 3];
    calls.vm_evaluate(vm, "left", source, strlen(source), NULL);
}

static const struct place {
    const char *name;
    void (*run)(void);
    int has_callback;
} places[] = {
    {"message", wait_for_message, 0}, {"parts", wait_for_parts, 0}, {"room", wait_for_room, 0},
    {"poller", poll_sockets, 0},      {"proxy", pass_on, 0},        {"term", terminate, 0},
    {"callback", wait_for_message, 1}, {"go", enter_go, 0},         {"life", live, 0},
    {"hot", hurry, 0},                {"large", hurry_with_large, 0}, {"vm", run_script, 0},
};

static const struct place *place;

/* ---- a round ---- */

static void free_own(void)
{
    if (calls.runtime_free(own.runtime) != ZMQJS_OK)
        calls_fail("the runtime is not freed");
    calls_drop(&own);
}

/* On the thread that has jumped. The library notices that the call did not wait; when the thread
 * has ended, another one frees the runtime. */
static void free_left(void)
{
    int status = calls.runtime_free(own.runtime);
    if (status == ZMQJS_OK)
        calls_drop(&own);
    else if (status != ZMQJS_BUSY || strstr(calls.last_error(), "a handler has jumped out of one") == NULL)
        calls_fail("the runtime is not freed");
}

static void use_vm(void)
{
    static const char source[] = "if (1 + 1 !== 2) throw new Error('another sum');\n";
    if (calls.vm_evaluate(vm, "after", source, strlen(source), NULL) != ZMQJS_OK)
        calls_fail("the VM does not run");
}

static void *work(void *frees)
{
    pthread_cleanup_push(check_mask_at_end, NULL);
    if (sigsetjmp(back, 1) == 0) {
        may_jump = way != CANCEL;
        atomic_fetch_add(&begun, 1);
        for (;;) {
            place->run();
            pthread_testcancel();
        }
    }
    check_mask();
    if (frees != NULL && place->run == run_script)
        use_vm();
    else if (frees != NULL)
        free_left();
    atomic_store(&jumped, 1);
    pthread_cleanup_pop(0);
    return PTHREAD_CANCELED;
}

static void rest(long most)
{
    const struct timespec moment = {0, most > 0 ? random() % most : 0};
    if (most > 0)
        nanosleep(&moment, NULL);
}

static void leave(pthread_t thread)
{
    if (way == CANCEL) {
        pthread_cancel(thread);
        return;
    }
    while (pthread_tryjoin_np(thread, NULL) == EBUSY) {
        pthread_kill(thread, NOTIFY);
        rest(100000);
    }
}

/* Whether a runtime accepts calls; if not, it reports why. */
static int takes_calls(calls_sockets *sockets)
{
    const zmqjs_data send[2] = {calls_text("text"), calls_integer(1)}, flags = calls_integer(1); /* DONTWAIT */
    zmqjs_frame frame;
    int status = calls_do(calls_find("Socket.send"), sockets->runtime, sockets->push, send, 2, &frame);
    int failed = status == ZMQJS_EXCEPTION;
    if (failed && (frame.error.code == NULL || strcmp(frame.error.code, "ECANCELED") != 0) && place->run != terminate)
        fail(frame.error.message);
    if (status != ZMQJS_OK)
        calls.frame_release(&frame);
    if (!failed && calls_do(calls_find("Socket.recv"), sockets->runtime, sockets->pull, &flags, 1, &frame) == ZMQJS_OK)
        return 1;
    if (!failed)
        calls.frame_release(&frame);
    return !failed || place->run == terminate;
}

static void connect_own(void)
{
    static const zmqjs_engine engine = {ZMQJS_ABI_VERSION, sizeof engine, "host", interrupted, NULL};
    calls_connect(&own, place->has_callback ? &engine : NULL, NULL);
    if (place->run == wait_for_room) {
        zmqjs_frame frame;
        const zmqjs_data arguments[2] = {calls_text("text"), calls_integer(1)};
        while (calls_do(calls_find("Socket.send"), own.runtime, own.push, arguments, 2, &frame) == ZMQJS_OK &&
               frame.result.type != ZMQJS_UNDEFINED)
            continue;
    }
}

static void use_other(void)
{
    if (takes_calls(&other) != 1)
        fail("another runtime takes no calls");
    const zmqjs_data bytes = {.type = ZMQJS_BYTES, .as.data = memory, .length = sizeof memory};
    calls_must("Socket.send", other.runtime, other.push, &bytes, 1);
    calls_must("Socket.recv", other.runtime, other.pull, NULL, 0);
}

/* 1 if the runtime refuses calls. */
static int round_of(int number)
{
    pthread_t thread;
    void *result = PTHREAD_CANCELED;
    int frees = way == JUMP && number % 2 == 0 && place->run != live;
    atomic_store(&jumped, 0);
    int before = atomic_load(&begun);
    if (pthread_create(&thread, NULL, work, frees ? &own : NULL) != 0)
        fail("no thread");
    while (number % 4 != 0 && atomic_load(&begun) == before) /* else it may be cancelled before it begins */
        sched_yield();
    rest(number % 8 == 0 ? 0 : number % 2 == 0 ? 50000 : 300000);
    leave(thread);
    if (way == CANCEL && pthread_join(thread, &result) != 0)
        fail("no end of the thread");
    if (result != PTHREAD_CANCELED || !unmasked)
        fail(unmasked ? "the thread was not cancelled" : "signals are blocked");
    use_other();
    if (place->run == run_script) {
        use_vm();
        return 0;
    }
    if (frees && own.runtime == NULL) {
        connect_own();
        return 0;
    }
    int refused = frees || (place->run != live && !takes_calls(&own));
    if (refused || number % ROUNDS_OF_A_RUNTIME == 0 || place->run == wait_for_room) {
        free_own();
        connect_own();
    }
    return refused;
}

int main(int argc, char **argv)
{
    struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO};
    int refused = 0;
    if (argc != 6)
        return 2;
    way = strcmp(argv[2], "cancel") == 0 ? CANCEL : strcmp(argv[2], "exit") == 0 ? EXIT : JUMP;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (strcmp(places[i].name, argv[3]) == 0)
            place = &places[i];
    if (place == NULL)
        return 2;
    int count = atoi(argv[4]);
    srandom((unsigned)atoi(argv[5]));
    sigaction(NOTIFY, &action, NULL);
    calls_load(argv[1]);
    calls.leave_timeout(20);
    if (place->run == enter_go && calls.policy(allow, NULL) != ZMQJS_OK)
        calls_fail("a policy");
    calls_connect(&other, NULL, NULL);
    if (place->run == run_script && calls.vm_new(NULL, &vm) != ZMQJS_OK)
        calls_fail("a VM");
    connect_own();
    for (int i = 1; i <= count; i++)
        refused += round_of(i);
    free_own();
    if (vm != NULL && calls.vm_free(vm) != ZMQJS_OK)
        calls_fail("the VM is not freed");
    printf("%d rounds, %d refused\n", count, refused);
    return 0;
}
