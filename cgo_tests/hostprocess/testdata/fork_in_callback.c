/*
 * fork_in_callback.c - a host that forks in callbacks of the library
 *
 *     fork_in_callback LIBRARY
 *
 * Each child tells what calls of the library return there, and ends. The parent goes on.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "calls.h"

static calls_sockets sockets;
static int interruptions;

static void use_in_child(const char *where)
{
    zmqjs_runtime *runtime;
    zmqjs_frame frame;
    int made = calls.runtime_new(NULL, NULL, &runtime);
    int called = calls_do(calls_find("version"), sockets.runtime, NULL, NULL, 0, &frame);
    printf("%s: unavailable %d, throws %d\n", where, made == ZMQJS_UNAVAILABLE, called == ZMQJS_EXCEPTION);
    exit(3);
}

static void fork_here(const char *where)
{
    int status;
    pid_t child = fork();
    if (child == 0)
        use_in_child(where);
    if (waitpid(child, &status, 0) != child)
        exit(2);
    printf("%s: the child has ended with %d\n", where, WEXITSTATUS(status));
}

/* The second time, the wait ends. */
static int interrupted(void *payload, void *context)
{
    (void)payload, (void)context;
    fork_here("interrupted");
    return interruptions++ > 0;
}

static int allow(void *payload, int operation, const char *endpoint)
{
    (void)payload, (void)operation, (void)endpoint;
    fork_here("policy");
    return 1;
}

int main(int argc, char **argv)
{
    static const zmqjs_engine engine = {ZMQJS_ABI_VERSION, sizeof engine, "host", interrupted, NULL};
    const zmqjs_data endpoint = calls_text("inproc://another"), text = calls_text("text");
    zmqjs_frame frame;
    if (argc != 2)
        return 2;
    setvbuf(stdout, NULL, _IOLBF, 0);
    calls_load(argv[1]);
    calls_connect(&sockets, &engine, NULL);
    int status = calls_do(calls_find("Socket.recv"), sockets.runtime, sockets.pull, NULL, 0, &frame);
    printf("interrupted: %d\n", status == ZMQJS_EXCEPTION);
    if (status != ZMQJS_OK)
        calls.frame_release(&frame);
    if (calls.policy(allow, NULL) != ZMQJS_OK)
        calls_fail("a policy");
    calls_must("Socket.bind", sockets.runtime, sockets.pull, &endpoint, 1);
    calls_must("Socket.send", sockets.runtime, sockets.push, &text, 1);
    calls_must("Socket.recv", sockets.runtime, sockets.pull, NULL, 0);
    zmqjs_runtime *runtime = sockets.runtime;
    calls_drop(&sockets);
    return calls.runtime_free(runtime) == ZMQJS_OK ? 0 : 1;
}
