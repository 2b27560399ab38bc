/*
 * leaving.c - ends in one of many ways, with the library in use or without it
 *
 *     leaving PLUGIN|LIBRARY|none WAY
 *
 * In use: on the main thread a socket is left with a message that nobody takes, and a
 * second thread waits for a message that never comes.
 */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "use.h"

/* ---- activity ---- */

#define UNSENT "import * as zmq from 'zmq';\n" \
               "globalThis.context = new zmq.Context();\n" \
               "globalThis.push = context.socket(zmq.PUSH);\n" \
               "push.bind('tcp://127.0.0.1:*');\n" \
               "const late = context.socket(zmq.PUSH);\n" \
               "late.connect('tcp://127.0.0.1:1');\n" \
               "late.send('never received');\n"

static const char unsent[] = UNSENT;
static const char unsent_and_error[] = UNSENT "throw new Error('uncaught');\n";

static const char waiting[] = "import * as zmq from 'zmq';\n"
                              "const pull = new zmq.Context().socket(zmq.PULL);\n"
                              "pull.bind('inproc://nobody');\n"
                              "for (;;) try { pull.recv(); } catch (error) {\n"
                              "    if (error.code !== 'EINTR') throw error;\n"
                              "}\n";

static int is_used;

static void *wait_for_ever(void *argument)
{
    if (use_run(waiting) != 0 && write(1, "woken\n", 6) < 0)
        _exit(1);
    for (;;)
        pause();
    return argument;
}

/* ---- faults ---- */

static void fault(void)
{
    static volatile int *volatile nowhere = (volatile int *)64;
    *nowhere = 1;
}

static void on_fault(int number, siginfo_t *info, void *context)
{
    static const char text[] = "the host's handler\n";
    (void)context;
    if (write(1, text, sizeof text - 1) < 0 || info->si_addr != (void *)64)
        _exit(1);
    _exit(number);
}

static void handle_faults(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = on_fault;
    action.sa_flags = SA_SIGINFO;
    sigaction(SIGSEGV, &action, NULL);
}

static void *fault_here(void *argument)
{
    fault();
    return argument;
}

static void fault_on_a_thread(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, fault_here, NULL);
    pthread_join(thread, NULL);
}

/* ---- ways ---- */

static void say_exit(void) { fputs("an atexit handler\n", stdout); }

static void say_quick(void)
{
    fputs("an at_quick_exit handler\n", stdout);
    fflush(stdout);
}

static int error_in_script(void)
{
    if (is_used)
        return use_run(unsent_and_error) == -1 ? 1 : 3;
    fputs("Error: uncaught\n", stderr);
    return 1;
}

static void kill_self(int number)
{
    kill(getpid(), number);
    for (;;)
        pause();
}

static int leave(const char *way)
{
    if (strcmp(way, "exit") == 0)
        exit(5);
    if (strcmp(way, "_exit") == 0)
        _exit(6);
    if (strcmp(way, "quick_exit") == 0)
        quick_exit(7);
    if (strcmp(way, "error") == 0)
        return error_in_script();
    if (strcmp(way, "abort") == 0)
        abort();
    if (strncmp(way, "fault", 5) == 0 && strstr(way, "thread") == NULL)
        fault();
    if (strncmp(way, "fault", 5) == 0)
        fault_on_a_thread();
    if (strcmp(way, "SIGINT") == 0)
        kill_self(SIGINT);
    if (strcmp(way, "SIGTERM") == 0)
        kill_self(SIGTERM);
    if (strcmp(way, "SIGPIPE") == 0)
        kill_self(SIGPIPE);
    return strcmp(way, "return") == 0 ? 8 : 2;
}

int main(int argc, char **argv)
{
    pthread_t thread;
    const struct timespec moment = {0, 50000000};
    if (argc != 3)
        return 2;
    if (strstr(argv[2], "handled before") != NULL)
        handle_faults();
    is_used = strcmp(argv[1], "none") != 0;
    use_load(argv[1]);
    if (strstr(argv[2], "handled after") != NULL)
        handle_faults();
    atexit(say_exit);
    at_quick_exit(say_quick);
    setvbuf(stdout, NULL, _IOFBF, 4096);
    fputs("written before\n", stdout);
    pthread_create(&thread, NULL, wait_for_ever, NULL);
    if (strcmp(argv[2], "error") != 0 && use_run(unsent) != 0)
        return 2;
    nanosleep(&moment, NULL);
    return leave(argv[2]);
}
