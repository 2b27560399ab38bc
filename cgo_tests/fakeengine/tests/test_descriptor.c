/* test_descriptor.c - sockets of the host in a poller */
#define _GNU_SOURCE
#include "host.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>

/* The two ends of a stream of TCP. */
static void stream_open(int ends[2])
{
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int listening = (int)socket(AF_INET, SOCK_STREAM, 0);
    ends[0] = (int)socket(AF_INET, SOCK_STREAM, 0);
    CHECK(listening >= 0 && ends[0] >= 0);
    CHECK(bind(listening, (struct sockaddr *)&address, sizeof address) == 0 && listen(listening, 1) == 0);
    CHECK(getsockname(listening, (struct sockaddr *)&address, &length) == 0);
    CHECK(connect(ends[0], (struct sockaddr *)&address, sizeof address) == 0);
    ends[1] = (int)accept(listening, NULL, NULL);
    CHECK(ends[1] >= 0);
    socket_close(listening);
}

enum { IN = 1, OUT = 2, WRONG = 4 }; /* zmq.POLLIN, POLLOUT, POLLERR */

static void check_event(fe_value *event, int descriptor, int events)
{
    CHECK(is(event, FE_OBJECT));
    CHECK_INT(number(get(event, "fd")), descriptor);
    CHECK_INT(number(get(event, "events")), events);
}

static void tells_of_a_stream(void)
{
    struct host host;
    int ends[2];
    host_open(&host);
    stream_open(ends);
    fe_value *poller = construct(host.zmq, "Poller", "");
    run(poller, "add", "ik", ends[0], "POLLIN");
    CHECK(is(run(poller, "poll", ""), FE_NULL));
    CHECK(is(run(poller, "wait", "i", 10), FE_NULL));
    run(poller, "modify", "ii", ends[0], IN | OUT);
    check_event(run(poller, "wait", "i", -1), ends[0], OUT);
    run(poller, "modify", "ik", ends[0], "POLLIN");
    CHECK(send(ends[1], "text", 4, 0) == 4);
    check_event(run(poller, "wait", "i", -1), ends[0], IN);
    socket_close(ends[0]);
    socket_close(ends[1]);
    host_close(&host);
}

/* The end of a stream can be read, as poll() says on every system but Windows. */
static void tells_of_the_end(void)
{
    struct host host;
    int ends[2];
    host_open(&host);
    stream_open(ends);
    fe_value *poller = construct(host.zmq, "Poller", "");
    run(poller, "add", "ik", ends[0], "POLLIN");
    socket_close(ends[1]);
    check_event(run(poller, "wait", "i", -1), ends[0], IN);
    check_event(run(poller, "poll", ""), ends[0], IN);
    socket_close(ends[0]);
    host_close(&host);
}

/* One that the host has closed has an error: alone, and beside others. */
static void tells_of_a_closed_one(void)
{
    struct host host;
    struct pair pair;
    int ends[2];
    host_open(&host);
    pair_open(&host, &pair);
    stream_open(ends);
    fe_value *alone = construct(host.zmq, "Poller", ""), *beside = construct(host.zmq, "Poller", "");
    run(alone, "add", "ik", ends[0], "POLLIN");
    run(beside, "add", "vk", pair.pull, "POLLIN");
    run(beside, "add", "ik", ends[1], "POLLIN");
    run(beside, "add", "ik", ends[0], "POLLIN");
    socket_close(ends[0]);
    check_event(run(alone, "poll", ""), ends[0], WRONG);
    check_event(run(alone, "wait", "i", -1), ends[0], WRONG);
    run(beside, "remove", "i", ends[1]); /* which has come to its end */
    check_event(run(beside, "wait", "i", -1), ends[0], WRONG);
    socket_close(ends[1]);
    host_close(&host);
}

const test_case descriptor_cases[] = {
    {"descriptor-of-a-stream", tells_of_a_stream, 1},
    {"descriptor-of-an-ended-stream", tells_of_the_end, 0},
    {"descriptor-closed", tells_of_a_closed_one, 0},
    {NULL, NULL, 0},
};
