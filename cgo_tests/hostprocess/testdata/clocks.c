/*
 * clocks.c - a host whose calendar clock is set to another time at every look
 *
 *     clocks PLUGIN|LIBRARY|none SEED
 *
 * The clock is this program's functions, which stand before those of the C library. A wait that measured time by
 * it would end too early, or never.
 */
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "use.h"

enum { YEARS = 40 };

static atomic_ulong looks, state;

/* Seconds up to so many years before or after. */
static long jump(void)
{
    uint64_t x = atomic_fetch_add(&state, 0x9e3779b97f4a7c15);
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    atomic_fetch_add(&looks, 1);
    const int64_t most = (int64_t)YEARS * 365 * 24 * 3600;
    return (long)((int64_t)(x >> 8) % (2 * most) - most);
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
    int result = (int)syscall(SYS_clock_gettime, clock, now);
    if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        now->tv_sec += jump();
    return result;
}

#include "../../testkit/testdata/calendar.h"

/* A wait for nothing ends; one for a message that comes late does not end before, though its limit is far
 * shorter than the jumps. */
static const char waits[] = "import * as zmq from 'zmq';\n"
                            "const context = new zmq.Context(), poller = new zmq.Poller();\n"
                            "const pull = context.socket(zmq.PULL), push = context.socket(zmq.PUSH);\n"
                            "pull.setsockopt(zmq.RCVTIMEO, 1);\n"
                            "if (pull.recv() !== undefined) throw new Error('a message that nobody sent');\n"
                            "poller.add(pull, zmq.POLLIN);\n"
                            "if (poller.wait(1) !== null) throw new Error('an event without a message');\n"
                            "pull.bind('tcp://127.0.0.1:*');\n"
                            "pull.setsockopt(zmq.RCVTIMEO, 3600000);\n"
                            "push.connect(pull.last_endpoint);\n"
                            "for (let i = 0; i < 300; i++) {\n"
                            "    push.send(i);\n"
                            "    if (pull.recv_int() !== i) throw new Error('another message');\n"
                            "    push.send(i);\n"
                            "    if (poller.wait(3600000) === null) throw new Error('the wait was too short');\n"
                            "    pull.recv();\n"
                            "}\n"
                            "push.close(), pull.close(), context.term();\n";

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    atomic_store(&state, strtoul(argv[2], NULL, 10));
    use_load(argv[1]);
    if (use_run(waits) != 0 || use_run(use_message) != 0)
        return 1;
    long before = time(NULL);
    printf("the clock jumps: %d\n", before != time(NULL));
    return 0;
}
