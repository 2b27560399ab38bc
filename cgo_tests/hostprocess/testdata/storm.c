/*
 * storm.c - signals in great number, while scripts are busy
 *
 *     storm PLUGIN|LIBRARY NUMBER before|after FLAGS COUNT
 *
 * sends COUNT signals of that number (or more, if need be), whose handler needs 64 KiB of stack, and counts
 * how many were sent while their thread was inside Go, and where the handler ran. The
 * handler is installed before or after the library is loaded. FLAGS are those of the
 * handler, as a number.
 */
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "use.h"

/* ---- where a thread is ---- */

/* Of each thread of the host: odd while every signal is blocked, as the library does
 * around each entry into Go. */
typedef struct place {
    atomic_uint step;
    char *stack; /* of the thread */
    size_t stack_bytes;
} place;

static __thread place *own_place; /* NULL on threads that are not the host's */

static int blocks_all(int how, const sigset_t *set)
{
    return set != NULL && how != SIG_UNBLOCK && sigismember(set, SIGINT) == 1 &&
           sigismember(set, SIGTERM) == 1 && sigismember(set, SIGPROF) == 1;
}

/* Stands before libc's: the library calls this one. */
int pthread_sigmask(int how, const sigset_t *set, sigset_t *former)
{
    int inside = set != NULL && blocks_all(how, set);
    if (own_place != NULL && set != NULL && !inside && (own_place->step & 1))
        own_place->step++;
    int error = syscall(SYS_rt_sigprocmask, how, set, former, 8) == 0 ? 0 : 22;
    if (own_place != NULL && inside && !(own_place->step & 1))
        own_place->step++;
    return error;
}

/* ---- the handler ---- */

enum { FRAME = 64 * 1024 };

static atomic_uint handled, handled_inside, handled_elsewhere, handled_off_stack;

/* Whether an address is on the thread's stack, or on its alternate one. */
static int is_on_stack(const volatile char *address)
{
    stack_t alternate;
    return (size_t)(address - own_place->stack) < own_place->stack_bytes ||
           (sigaltstack(NULL, &alternate) == 0 && (alternate.ss_flags & SS_ONSTACK) != 0);
}

static void handler(int number)
{
    volatile char frame[FRAME];
    for (size_t i = 0; i < sizeof frame; i += 512)
        frame[i] = (char)number;
    if (own_place == NULL)
        handled_elsewhere++;
    else if (own_place->step & 1)
        handled_inside++;
    if (own_place != NULL && !is_on_stack(frame))
        handled_off_stack++;
    handled += frame[FRAME / 2] == (char)number;
}

static void install(int number, int flags)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = flags;
    if (sigaction(number, &action, NULL) != 0)
        exit(2);
}

/* ---- the scripts ---- */

/* Everything that enters Go: short calls, long ones, waits, new threads of libzmq. A
 * signal may end a wait; nothing that was sent is lost by that. */
static const char busy[] =
    "import * as zmq from 'zmq';\n"
    "const context = new zmq.Context();\n"
    "const pull = context.socket(zmq.PULL), push = context.socket(zmq.PUSH);\n"
    "pull.setsockopt(zmq.RCVHWM, 0);\n"
    "push.setsockopt(zmq.SNDHWM, 0);\n"
    "pull.bind('inproc://storm');\n"
    "push.connect('inproc://storm');\n"
    "const parts = Array(3000).fill('part');\n"
    "let sent = 0, received = 0;\n"
    "function retry(wait) {\n"
    "    for (;;)\n"
    "        try { return wait(); } catch (error) { if (error.code !== 'EINTR') throw error; }\n"
    "}\n"
    "for (let round = 0; round < 5; round++) {\n"
    "    push.send_multipart(parts);\n"
    "    sent += parts.length;\n"
    "    received += retry(() => pull.recv_multipart()).length;\n"
    "    push.send(sent);\n"
    "    if (retry(() => pull.recv_int()) !== sent) throw new Error('another message');\n"
    "    const poller = new zmq.Poller();\n"
    "    poller.add(pull, zmq.POLLIN);\n"
    "    if (retry(() => poller.wait(1)) !== null) throw new Error('a message that nobody sent');\n"
    "    context.socket(zmq.PAIR).close();\n"
    "}\n"
    "if (sent !== received) throw new Error(`${sent} parts sent, ${received} received`);\n";

static const char brief[] = "import * as zmq from 'zmq';\n"
                            "new zmq.Context().socket(zmq.PAIR).close();\n";

static atomic_int stop;
static atomic_int failures;

static void set_mask(int how, sigset_t *former)
{
    sigset_t all;
    sigfillset(&all);
    syscall(SYS_rt_sigprocmask, how, &all, former, 8);
}

static void begin_place(place *of)
{
    pthread_attr_t attributes;
    void *stack;
    of->step = 0;
    pthread_getattr_np(pthread_self(), &attributes);
    pthread_attr_getstack(&attributes, &stack, &of->stack_bytes);
    pthread_attr_destroy(&attributes);
    of->stack = stack;
    own_place = of;
}

static void *run_brief(void *argument)
{
    static place shared; /* one such thread at a time */
    (void)argument;
    begin_place(&shared);
    set_mask(SIG_UNBLOCK, NULL);
    failures += use_run(brief) != 0;
    return NULL;
}

/* Threads that enter Go for the first time. */
static void *keep_beginning(void *argument)
{
    (void)argument;
    while (!stop) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, run_brief, NULL) != 0)
            exit(2);
        pthread_join(thread, NULL);
    }
    return NULL;
}

/* ---- the storm ---- */

struct storm {
    int number, count;
    pthread_t target;
    place *place;
    unsigned sent_inside;
};

static void send_one(struct storm *storm, int to_process)
{
    for (int spin = 0; spin < 2000 && !(storm->place->step & 1); spin++)
        continue;
    unsigned before = storm->place->step;
    if (to_process)
        kill(getpid(), storm->number);
    else
        pthread_kill(storm->target, storm->number);
    storm->sent_inside += (before & 1) && storm->place->step == before;
}

static void *send_all(void *argument)
{
    const struct timespec moment = {0, 20000};
    struct storm *storm = argument;
    /* More, on a machine so busy that none has met its thread inside Go. */
    for (int i = 0; i < storm->count || (storm->sent_inside == 0 && i < 50 * storm->count); i++) {
        unsigned before = handled;
        send_one(storm, i % 2);
        for (int wait = 0; wait < 3 && handled == before; wait++)
            nanosleep(&moment, NULL);
    }
    stop = 1;
    return NULL;
}

/* Starts a thread that takes no signals. */
static pthread_t start(void *(*routine)(void *), void *argument)
{
    pthread_t thread;
    sigset_t former;
    set_mask(SIG_BLOCK, &former);
    if (pthread_create(&thread, NULL, routine, argument) != 0)
        exit(2);
    syscall(SYS_rt_sigprocmask, SIG_SETMASK, &former, NULL, 8);
    return thread;
}

int main(int argc, char **argv)
{
    static place main_place;
    struct storm storm = {.place = &main_place, .target = pthread_self()};
    if (argc != 6)
        return 2;
    storm.number = atoi(argv[2]);
    storm.count = atoi(argv[5]);
    int early = strcmp(argv[3], "before") == 0, flags = atoi(argv[4]);
    if (early)
        install(storm.number, flags);
    use_load(argv[1]);
    if (!early)
        install(storm.number, flags);

    begin_place(&main_place);
    pthread_t beginner = start(keep_beginning, NULL);
    pthread_t sender = start(send_all, &storm);
    while (!stop)
        failures += use_run(busy) != 0;
    pthread_join(sender, NULL);
    pthread_join(beginner, NULL);
    printf("sent %d, inside Go %u; handled %u, inside Go %u, on other threads %u, off the stack %u; "
           "failures %d\n",
           storm.count, storm.sent_inside, handled, handled_inside, handled_elsewhere, handled_off_stack, failures);
    return 0;
}
