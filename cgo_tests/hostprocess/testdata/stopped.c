/*
 * stopped.c - a host that is stopped and continued while calls wait
 *
 *     stopped PLUGIN|LIBRARY|none SIGSTOP|ptrace|freezer [FILE]
 *
 * by a process that sends it SIGSTOP and SIGCONT, traces each of its threads for a moment, as debuggers do, or
 * writes into FILE, the state of its control group. A call that waits does not notice.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "use.h"

enum { TIMES = 100, MOMENT = 2000, NOT_PERMITTED = 77 };

/* One thread tells that it is about to wait, and waits for a message, in two ways. */
static const char waiting[] = "import * as zmq from 'zmq';\n"
                              "const context = new zmq.Context(), poller = new zmq.Poller();\n"
                              "const push = context.socket(zmq.PUSH), pull = context.socket(zmq.PULL);\n"
                              "pull.bind('ipc://messages');\n"
                              "poller.add(pull, zmq.POLLIN);\n"
                              "push.connect('ipc://ready');\n"
                              "push.send('ready');\n"
                              "if (pull.recv_str() !== 'first') throw new Error('another message');\n"
                              "push.send('ready');\n"
                              "if (poller.wait(-1) === null) throw new Error('no message');\n"
                              "if (pull.recv_str() !== 'second') throw new Error('another message');\n";
static const char wait_until_ready[] = "import * as zmq from 'zmq';\n"
                                       "const pull = new zmq.Context().socket(zmq.PULL);\n"
                                       "pull.bind('ipc://ready');\n"
                                       "if (pull.recv_str() !== 'ready') throw new Error('another message');\n";
#define SEND(text)                                             \
    "import * as zmq from 'zmq';\n"                            \
    "const push = new zmq.Context().socket(zmq.PUSH);\n"       \
    "push.connect('ipc://messages');\n"                        \
    "push.send('" text "');\n"

static void need(int done)
{
    if (!done) {
        perror("stopped");
        exit(2);
    }
}

/* ---- the other process ---- */

static void stop_by_signal(pid_t host, const char *unused)
{
    (void)unused;
    kill(host, SIGSTOP);
    usleep(MOMENT);
    kill(host, SIGCONT);
}

static void trace_thread(pid_t thread)
{
    if (ptrace(PTRACE_SEIZE, thread, NULL, NULL) != 0)
        return; /* it has ended */
    if (ptrace(PTRACE_INTERRUPT, thread, NULL, NULL) == 0 && waitpid(thread, NULL, __WALL) == thread)
        ptrace(PTRACE_DETACH, thread, NULL, NULL);
}

static void trace(pid_t host, const char *unused)
{
    char name[64];
    (void)unused;
    snprintf(name, sizeof name, "/proc/%d/task", host);
    DIR *tasks = opendir(name);
    need(tasks != NULL);
    for (struct dirent *task; (task = readdir(tasks)) != NULL;)
        if (task->d_name[0] != '.')
            trace_thread(atoi(task->d_name));
    closedir(tasks);
}

static void write_state(const char *file, const char *state)
{
    int descriptor = open(file, O_WRONLY | O_CLOEXEC);
    need(descriptor >= 0 && write(descriptor, state, strlen(state)) == (ssize_t)strlen(state));
    close(descriptor);
}

static void freeze(pid_t host, const char *file)
{
    (void)host;
    write_state(file, "FROZEN");
    usleep(MOMENT);
    write_state(file, "THAWED");
}

static const struct way {
    const char *name;
    void (*stop)(pid_t host, const char *file);
} ways[] = {{"SIGSTOP", stop_by_signal}, {"ptrace", trace}, {"freezer", freeze}};

/* Stops the host whenever it is asked to, and answers. */
static void serve(const struct way *way, pid_t host, const char *file, int orders, int answers)
{
    char order;
    while (read(orders, &order, 1) == 1) {
        for (int i = 0; i < TIMES; i++) {
            way->stop(host, file);
            usleep(MOMENT);
        }
        need(write(answers, &order, 1) == 1);
    }
    _exit(0);
}

/* ---- the host ---- */

static void *run(void *source)
{
    static int failed = 1;
    return use_run(source) == 0 ? NULL : &failed;
}

static void be_stopped(int orders, int answers)
{
    char order = 0;
    need(use_run(wait_until_ready) == 0);
    need(write(orders, &order, 1) == 1);
    while (read(answers, &order, 1) != 1)
        need(errno == EINTR);
}

int main(int argc, char **argv)
{
    int orders[2], answers[2], status;
    pthread_t thread;
    void *failed;
    const struct way *way = NULL;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (argc >= 3 && strcmp(ways[i].name, argv[2]) == 0)
            way = &ways[i];
    if (way == NULL)
        return 2;
    const char *file = argc > 3 ? argv[3] : NULL;
    prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY, 0, 0, 0); /* fails where it is not needed */
    need(pipe2(orders, O_CLOEXEC) == 0 && pipe2(answers, O_CLOEXEC) == 0);
    pid_t host = getpid(), other = fork();
    if (other == 0) {
        close(orders[1]);
        serve(way, host, file, orders[0], answers[1]);
    }
    close(orders[0]);
    if (file != NULL) { /* the first file of a group has its processes */
        char tasks[400];
        int length = snprintf(tasks, sizeof tasks, "%.*s/cgroup.procs", (int)(strrchr(file, '/') - file), file);
        need(length < (int)sizeof tasks);
        write_state(tasks, "0");
    }
    use_load(argv[1]);
    need(pthread_create(&thread, NULL, run, (void *)(size_t)waiting) == 0);
    be_stopped(orders[1], answers[0]);
    need(use_run(SEND("first")) == 0);
    be_stopped(orders[1], answers[0]);
    need(use_run(SEND("second")) == 0);
    need(pthread_join(thread, &failed) == 0);
    close(orders[1]);
    need(waitpid(other, &status, 0) == other);
    printf("failed: %d, the other process has ended with %d\n", failed != NULL, status);
    return 0;
}
