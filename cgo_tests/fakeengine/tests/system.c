/* system.c - see check.h */
#define _GNU_SOURCE
#include "system.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

void pause_ms(int milliseconds)
{
    struct timespec time = {milliseconds / 1000, (long)(milliseconds % 1000) * 1000000};
    nanosleep(&time, NULL);
}

int socket_bound(struct sockaddr_in *address)
{
    socklen_t length = sizeof *address;
    memset(address, 0, sizeof *address);
    address->sin_family = AF_INET;
    address->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int descriptor = (int)socket(AF_INET, SOCK_STREAM, 0);
    CHECK(descriptor >= 0);
    CHECK(bind(descriptor, (struct sockaddr *)address, length) == 0);
    CHECK(getsockname(descriptor, (struct sockaddr *)address, &length) == 0);
    return descriptor;
}

int socket_deaf(char *endpoint, size_t size)
{
    struct sockaddr_in address;
    int descriptor = socket_bound(&address);
    snprintf(endpoint, size, "tcp://127.0.0.1:%d", ntohs(address.sin_port));
    return descriptor;
}

int settled_descriptor_count(void)
{
    int count = descriptor_count();
    for (int quiet = 0; quiet < 20; quiet++) {
        pause_ms(5);
        int now_open = descriptor_count();
        if (now_open != count) quiet = 0;
        count = now_open;
    }
    return count;
}

void wait_for_descriptors(int limit)
{
    double deadline = now() + 100;
    while (descriptor_count() > limit && now() < deadline) pause_ms(5);
    if (descriptor_count() > limit)
        FAIL("%d descriptors are open, %d expected", descriptor_count(), limit);
}

static void *worker_main(void *argument)
{
    struct worker *worker = argument;
    ATOMIC_STORE(worker->id, gettid());
    worker->run(worker->argument);
    ATOMIC_STORE(worker->done, 1);
    return NULL;
}

void worker_start(struct worker *worker, void (*run)(void *argument), void *argument)
{
    memset(worker, 0, sizeof *worker);
    worker->run = run;
    worker->argument = argument;
    if (pthread_create(&worker->thread, NULL, worker_main, worker) != 0)
        FAIL("cannot start a thread");
}

void worker_wait_asleep(struct worker *worker)
{
    double deadline = now() + 100;
    /* Five times in a row: on its way it may sleep for a moment, for a lock. */
    for (int calm = 0; calm < 5 && !worker_is_done(worker) && now() < deadline; pause_ms(4)) {
        pid_t id = ATOMIC_LOAD(worker->id);
        calm = id && is_asleep(id) ? calm + 1 : 0;
    }
}

int worker_is_done(struct worker *worker) { return ATOMIC_LOAD(worker->done); }

void worker_join(struct worker *worker) { pthread_join(worker->thread, NULL); }
