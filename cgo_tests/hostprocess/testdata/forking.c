/*
 * forking.c - a host that forks while large messages are on their way
 *
 *     forking LIBRARY
 *
 * Each round sends some by TCP, forks, and receives them. A child ends at once, by exit() or by _exit(), or
 * when the parent has received them. It uses nothing of the library.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "calls.h"

enum { ROUNDS = 30, MESSAGES = 6, SIZE = 3 << 20, PUSH = 8, PULL = 7 };

static calls_sockets sockets;
static unsigned char sent[SIZE];

static void fill(int number)
{
    for (size_t i = 0; i < SIZE; i++)
        sent[i] = (unsigned char)(number + (int)(i >> 8) + (int)i * 7);
}

static void connect_by_tcp(void)
{
    const zmqjs_data push = calls_integer(PUSH), pull = calls_integer(PULL);
    const zmqjs_data any = calls_text("tcp://127.0.0.1:*");
    zmqjs_frame frame;
    if (calls.runtime_new(NULL, NULL, &sockets.runtime) != ZMQJS_OK)
        calls_fail("a runtime");
    sockets.context = calls_must("Context", sockets.runtime, NULL, NULL, 0);
    sockets.push = calls_must("Context.socket", sockets.runtime, sockets.context, &push, 1);
    sockets.pull = calls_must("Context.socket", sockets.runtime, sockets.context, &pull, 1);
    calls_must("Socket.bind", sockets.runtime, sockets.pull, &any, 1);
    if (calls_do(calls_find("Socket.last_endpoint"), sockets.runtime, sockets.pull, NULL, 0, &frame) < 0)
        exit(2);
    const zmqjs_data endpoint = frame.result;
    calls_must("Socket.connect", sockets.runtime, sockets.push, &endpoint, 1);
    calls.frame_release(&frame);
}

static void send_some(int round)
{
    const zmqjs_data bytes = {.type = ZMQJS_BYTES, .as.data = sent, .length = SIZE};
    for (int i = 0; i < MESSAGES; i++) {
        fill(round * MESSAGES + i);
        calls_must("Socket.send", sockets.runtime, sockets.push, &bytes, 1);
    }
}

static void receive_them(int round)
{
    for (int i = 0; i < MESSAGES; i++) {
        zmqjs_frame frame;
        int status = calls_do(calls_find("Socket.recv"), sockets.runtime, sockets.pull, NULL, 0, &frame);
        fill(round * MESSAGES + i);
        if (status == ZMQJS_EXCEPTION || frame.result.length != SIZE || memcmp(frame.result.as.data, sent, SIZE) != 0) {
            fprintf(stderr, "round %d: another message\n", round);
            exit(1);
        }
        if (status != ZMQJS_OK)
            calls.frame_release(&frame);
    }
}

static pid_t make_child(int round, const int *gate)
{
    char byte;
    pid_t child = fork();
    if (child != 0)
        return child;
    close(gate[1]);
    if (round % 3 == 2 && read(gate[0], &byte, 1) != 0)
        _exit(1);
    if (round % 3 == 1)
        _exit(0);
    exit(0);
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    calls_load(argv[1]);
    connect_by_tcp();
    for (int round = 0; round < ROUNDS; round++) {
        int gate[2], status;
        if (pipe(gate) != 0)
            return 2;
        send_some(round);
        pid_t child = make_child(round, gate);
        receive_them(round);
        close(gate[0]);
        close(gate[1]);
        if (waitpid(child, &status, 0) != child || status != 0) {
            fprintf(stderr, "round %d: the child has ended with %d\n", round, status);
            return 1;
        }
    }
    zmqjs_runtime *runtime = sockets.runtime;
    calls_drop(&sockets);
    return calls.runtime_free(runtime) == ZMQJS_OK ? 0 : 1;
}
