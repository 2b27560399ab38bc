/* A program in C makes frames, and a script, which runs in the bundled engine on a thread of its own, gets them over
 * inproc:// without a copy on their way. The throughput is printed beside memcpy's.
 *
 * cc frames.c $(pkg-config --cflags --libs zmqjs libzmq) -pthread -o frames
 * ./frames consume.js [COUNT [BYTES]] */
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <zmq.h>
#include <zmqjs.h>

/* So many frames are under way at most: the producer waits for the script to give one back. */
enum { BUFFERS = 4 };

static char *buffers[BUFFERS];
static sem_t free_buffers;
static const char *script;
static char size_text[24];
static atomic_int ended; /* the script is over */

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* libzmq calls it when the script has the frame. They come back in the order in which they were sent. */
static void give_back(void *data, void *hint)
{
    (void)data, (void)hint;
    sem_post(&free_buffers);
}

static void *consume(void *failed)
{
    const char *const arguments[] = {script, size_text};
    int exit_status = 0;
    zmqjs_vm *vm;
    int status = zmqjs_vm_new(NULL, &vm);
    if (status == ZMQJS_OK)
        status = zmqjs_vm_set_arguments(vm, 2, arguments);
    if (status == ZMQJS_OK)
        status = zmqjs_vm_run_file(vm, script, &exit_status);
    if (status < 0)
        fprintf(stderr, "%s\n", zmqjs_last_error());
    zmqjs_vm_free(vm);
    *(int *)failed = status < 0 || exit_status != 0;
    atomic_store(&ended, 1);
    return NULL;
}

/* Sends a message as soon as the script is there, unless it is over: 0, or -1. */
static int send_message(void *socket, zmq_msg_t *message)
{
    while (zmq_msg_send(message, socket, 0) < 0)
        if (zmq_errno() != EAGAIN || atomic_load(&ended)) { /* SNDTIMEO has passed */
            zmq_msg_close(message);
            return -1;
        }
    return 0;
}

/* Waits until the next buffer is free, unless the script is over: 0, or -1. */
static int wait_for_buffer(void)
{
    struct timespec time;
    do {
        if (atomic_load(&ended))
            return -1;
        clock_gettime(CLOCK_REALTIME, &time);
        time.tv_sec++;
    } while (sem_timedwait(&free_buffers, &time) != 0);
    return 0;
}

/* Sends a frame that begins with its number: 0, or -1. */
static int send_frame(void *socket, uint32_t number, size_t size)
{
    zmq_msg_t message;
    if (wait_for_buffer() != 0)
        return -1;
    char *frame = buffers[number % BUFFERS];
    memcpy(frame, &number, sizeof number);
    if (zmq_msg_init_data(&message, frame, size, give_back, NULL) != 0)
        return -1;
    return send_message(socket, &message);
}

static int send_end(void *socket)
{
    zmq_msg_t message;
    zmq_msg_init(&message);
    return send_message(socket, &message);
}

static double copy_as_many(uint32_t count, size_t size)
{
    char *target = malloc(size);
    if (target == NULL)
        return 0;
    memset(target, 1, size);
    double began = now();
    for (uint32_t i = 0; i < count; i++) {
        memcpy(target, buffers[i % BUFFERS], size);
        __asm__ volatile("" : : "r"(target) : "memory"); /* the copy is wanted */
    }
    double took = now() - began;
    free(target);
    return took;
}

int main(int argument_count, char **arguments)
{
    script = argument_count > 1 ? arguments[1] : "consume.js";
    uint32_t count = argument_count > 2 ? (uint32_t)strtoul(arguments[2], NULL, 10) : 500;
    size_t size = argument_count > 3 ? strtoul(arguments[3], NULL, 10) : (size_t)1920 * 1080 * 3;
    zmqjs_context *context;
    void *libzmq, *socket = NULL;
    pthread_t consumer;
    int failed = 1, timeout = 100; /* milliseconds */

    if (size < sizeof count)
        size = sizeof count;
    snprintf(size_text, sizeof size_text, "%zu", size);
    sem_init(&free_buffers, 0, BUFFERS);
    for (int i = 0; i < BUFFERS; i++)
        if ((buffers[i] = calloc(1, size)) == NULL)
            return 1;
    if (zmqjs_context_shared("frames", &context) < 0 || zmqjs_context_zmq(context, &libzmq) < 0) {
        fprintf(stderr, "%s\n", zmqjs_last_error());
        return 1;
    }
    socket = zmq_socket(libzmq, ZMQ_PUSH);
    if (socket == NULL || zmq_setsockopt(socket, ZMQ_SNDTIMEO, &timeout, sizeof timeout) != 0 ||
        zmq_bind(socket, "inproc://frames") != 0 || pthread_create(&consumer, NULL, consume, &failed) != 0)
        return 1;
    double began = now();
    for (uint32_t i = 0; i < count && send_frame(socket, i, size) == 0; i++)
        continue;
    send_end(socket);
    pthread_join(consumer, NULL);
    double took = now() - began, copied = copy_as_many(count, size), megabytes = (double)count * (double)size / 1e6;
    printf("inproc %.0f MB/s, memcpy %.0f MB/s\n", megabytes / took, megabytes / copied);
    zmq_close(socket);
    zmqjs_context_release(context);
    for (int i = 0; i < BUFFERS; i++)
        free(buffers[i]);
    return failed;
}
