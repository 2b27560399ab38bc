/* test_descriptor.c - sockets of the host in a poller */
#define _GNU_SOURCE
#include "host.h"

#include <arpa/inet.h>
#include <sys/socket.h>

/* A host, the two ends of a stream of TCP, and a poller that has the first end for POLLIN. */
struct stream {
    struct host host;
    int ends[2];
    fe_value *poller;
};

static void stream_open(struct stream *stream)
{
    struct sockaddr_in address;
    host_open(&stream->host);
    int listening = socket_bound(&address), *ends = stream->ends;
    CHECK(listen(listening, 1) == 0);
    ends[0] = (int)socket(AF_INET, SOCK_STREAM, 0);
    CHECK(connect(ends[0], (struct sockaddr *)&address, sizeof address) == 0);
    ends[1] = (int)accept(listening, NULL, NULL);
    CHECK(ends[1] >= 0);
    socket_close(listening);
    stream->poller = construct(stream->host.zmq, "Poller", "");
    run(stream->poller, "add", "ik", ends[0], "POLLIN");
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
    struct stream stream;
    stream_open(&stream);
    fe_value *poller = stream.poller;
    int first = stream.ends[0], second = stream.ends[1];
    CHECK(is(run(poller, "poll", ""), FE_NULL));
    CHECK(is(run(poller, "wait", "i", 10), FE_NULL));
    run(poller, "modify", "ii", first, IN | OUT);
    check_event(run(poller, "wait", "i", -1), first, OUT);
    run(poller, "modify", "ik", first, "POLLIN");
    CHECK(send(second, "text", 4, 0) == 4);
    check_event(run(poller, "wait", "i", -1), first, IN);
    socket_close(first);
    socket_close(second);
    host_close(&stream.host);
}

/* The end of a stream can be read, as poll() says on every system but Windows. */
static void tells_of_the_end(void)
{
    struct stream stream;
    stream_open(&stream);
    socket_close(stream.ends[1]);
    check_event(run(stream.poller, "wait", "i", -1), stream.ends[0], IN);
    check_event(run(stream.poller, "poll", ""), stream.ends[0], IN);
    socket_close(stream.ends[0]);
    host_close(&stream.host);
}

/* One that the host has closed has an error: alone, and beside others. */
static void tells_of_a_closed_one(void)
{
    struct stream stream;
    struct pair pair;
    stream_open(&stream);
    pair_open(&stream.host, &pair);
    int first = stream.ends[0], second = stream.ends[1];
    fe_value *beside = construct(stream.host.zmq, "Poller", "");
    run(beside, "add", "vk", pair.pull, "POLLIN");
    run(beside, "add", "ik", second, "POLLIN");
    run(beside, "add", "ik", first, "POLLIN");
    socket_close(first);
    check_event(run(stream.poller, "poll", ""), first, WRONG);
    check_event(run(stream.poller, "wait", "i", -1), first, WRONG);
    run(beside, "remove", "i", second); /* which has come to its end */
    check_event(run(beside, "wait", "i", -1), first, WRONG);
    socket_close(second);
    host_close(&stream.host);
}

const test_case descriptor_cases[] = {
    {"descriptor-of-a-stream", tells_of_a_stream, 1},
    {"descriptor-of-an-ended-stream", tells_of_the_end, 0},
    {"descriptor-closed", tells_of_a_closed_one, 0},
    {NULL, NULL, 0},
};
