/*
 * exhausted.c - pollers of a host that has no descriptors left
 *
 *     exhausted LIBRARY adds|asks
 *
 * adds: a socket is added to a poller meanwhile; that fails, and succeeds when there are descriptors again.
 * asks: a poller is asked of which a closed socket's descriptor is still open in a child process, so that
 * the system tells of it; the poller finds what the other socket has all the same.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "calls.h"

enum { MOST = 1024, FD = 14, EVENTS = 15, PUSH = 8, PULL = 7, IN = 1 };

static calls_sockets sockets;
static zmqjs_instance *other_push, *other_pull;
static int taken[MOST], count;

static void take_descriptors(void)
{
    const struct rlimit limit = {MOST, MOST};
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
        exit(2);
    while (count < MOST && (taken[count] = open("/dev/null", O_RDONLY | O_CLOEXEC)) >= 0)
        count++;
    if (errno != EMFILE)
        exit(2);
}

static void give_descriptors_back(void)
{
    while (count > 0)
        close(taken[--count]);
}

/* The error number of a call; 0: none. Its result is copied. */
static int try(const char *title, zmqjs_instance *self, const zmqjs_data *arguments, size_t argument_count,
               zmqjs_data *result)
{
    zmqjs_frame frame;
    int status = calls_do(calls_find(title), sockets.runtime, self, arguments, argument_count, &frame);
    int error = status == ZMQJS_EXCEPTION ? frame.error.error_number : 0;
    if (status != ZMQJS_EXCEPTION && result != NULL)
        *result = frame.result;
    if (status != ZMQJS_OK)
        calls.frame_release(&frame);
    return error;
}

static int option_of(zmqjs_instance *socket, int number)
{
    const zmqjs_data option = calls_integer(number);
    zmqjs_data result = {0};
    if (try("Socket.getsockopt_int", socket, &option, 1, &result) != 0 || result.type != ZMQJS_INT32)
        exit(2);
    return result.as.int32;
}

static void send_text(zmqjs_instance *push)
{
    const zmqjs_data text = calls_text("text");
    calls_must("Socket.send", sockets.runtime, push, &text, 1);
}

static int add(zmqjs_instance *poller, zmqjs_instance *socket)
{
    const zmqjs_data arguments[2] = {{.type = ZMQJS_INSTANCE, .as.instance = socket}, calls_integer(IN)};
    return try("Poller.add", poller, arguments, 2, NULL);
}

static void say(const char *when, zmqjs_instance *poller)
{
    zmqjs_data event = {0};
    int error = try("Poller.poll", poller, NULL, 0, &event);
    printf("%s: %s\n", when, error != 0 ? strerror(error) : event.type == ZMQJS_NULL ? "nothing" : "an event");
}

static void add_without_descriptors(zmqjs_instance *poller)
{
    take_descriptors();
    printf("adding: %s\n", strerror(add(poller, sockets.pull)));
    say("empty", poller);
    give_descriptors_back();
    printf("adding: %s\n", strerror(add(poller, sockets.pull)));
    send_text(sockets.push);
    say("later", poller);
}

/* The child makes the descriptor readable on command, answers, and ends on command. */
static _Noreturn void be_child(int orders, int answers, int descriptor)
{
    const uint64_t one = 1;
    char order;
    if (read(orders, &order, 1) != 1 || write(descriptor, &one, sizeof one) != sizeof one ||
        write(answers, &order, 1) != 1 || read(orders, &order, 1) != 1)
        _exit(1);
    _exit(0);
}

static void ask_without_descriptors(zmqjs_instance *poller)
{
    int orders[2], answers[2], status, closed = option_of(sockets.pull, FD);
    char byte = 0;
    if (add(poller, sockets.pull) != 0 || add(poller, other_pull) != 0 || pipe(orders) != 0 || pipe(answers) != 0)
        exit(2);
    say("before", poller);
    pid_t child = fork();
    if (child == 0)
        be_child(orders[0], answers[1], closed);
    calls_must("Socket.close", sockets.runtime, sockets.pull, NULL, 0);
    while (fcntl(closed, F_GETFD) >= 0) { /* libzmq closes it in the background, when its peer has taken notice */
        option_of(sockets.push, EVENTS);
        usleep(1000);
    }
    if (write(orders[1], &byte, 1) != 1 || read(answers[0], &byte, 1) != 1)
        exit(2);
    send_text(other_push);
    take_descriptors();
    say("without descriptors", poller);
    give_descriptors_back();
    calls_must("Socket.recv", sockets.runtime, other_pull, NULL, 0);
    say("empty", poller);
    send_text(other_push);
    say("later", poller);
    if (write(orders[1], &byte, 1) != 1 || waitpid(child, &status, 0) != child || status != 0)
        exit(2);
}

int main(int argc, char **argv)
{
    const zmqjs_data push = calls_integer(PUSH), pull = calls_integer(PULL), endpoint = calls_text("inproc://other");
    if (argc != 3)
        return 2;
    calls_load(argv[1]);
    calls_connect(&sockets, NULL, NULL);
    other_push = calls_must("Context.socket", sockets.runtime, sockets.context, &push, 1);
    other_pull = calls_must("Context.socket", sockets.runtime, sockets.context, &pull, 1);
    calls_must("Socket.bind", sockets.runtime, other_pull, &endpoint, 1);
    calls_must("Socket.connect", sockets.runtime, other_push, &endpoint, 1);
    zmqjs_instance *poller = calls_must("Poller", sockets.runtime, NULL, NULL, 0);
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (strcmp(argv[2], "adds") == 0)
        add_without_descriptors(poller);
    else
        ask_without_descriptors(poller);
    calls.finalize(poller);
    calls.finalize(other_push);
    calls.finalize(other_pull);
    zmqjs_runtime *runtime = sockets.runtime;
    calls_drop(&sockets);
    return calls.runtime_free(runtime) == ZMQJS_OK ? 0 : 1;
}
