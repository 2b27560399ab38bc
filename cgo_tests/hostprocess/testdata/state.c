/*
 * state.c - prints what belongs to the process, before the library is loaded, after
 * that, and after a script has used it: three texts, each ended by a line "--"
 *
 *     state PLUGIN
 */
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <fenv.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include "script.h"

extern char **environ;

static void print_signals(void)
{
    sigset_t mask;
    pthread_sigmask(SIG_SETMASK, NULL, &mask);
    for (int i = 1; i < NSIG; i++) {
        struct sigaction action;
        if (sigaction(i, NULL, &action) != 0)
            continue;
        /* Without the flags that libc adds to every action that it installs. */
        printf("signal %d: %s, handler %p, flags %x\n", i, sigismember(&mask, i) ? "blocked" : "open",
               (void *)(uintptr_t)action.sa_handler, (unsigned)action.sa_flags & ~0x04000000u);
    }
}

static void print_limits(void)
{
    for (int i = 0; i < RLIM_NLIMITS; i++) {
        struct rlimit limit;
        if (getrlimit(i, &limit) == 0)
            printf("limit %d: %lld %lld\n", i, (long long)limit.rlim_cur, (long long)limit.rlim_max);
    }
}

static void print_files(void)
{
    for (int i = 0; i < 3; i++)
        printf("descriptor %d: flags %x, %x\n", i, fcntl(i, F_GETFL), fcntl(i, F_GETFD));
    printf("stdout: %zu bytes, by lines: %d\n", __fbufsize(stdout), __flbf(stdout) != 0);
    printf("stdin: %zu bytes\n", __fbufsize(stdin));
}

static int descriptors_open(void)
{
    int count = 0;
    for (int i = 0; i < 200; i++)
        count += fcntl(i, F_GETFD) >= 0;
    return count;
}

static void print_descriptors(void)
{
    DIR *directory = opendir("/proc/self/fd");
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        char path[600], target[600];
        snprintf(path, sizeof path, "/proc/self/fd/%s", entry->d_name);
        ssize_t length = readlink(path, target, sizeof target - 1);
        if (length < 0 || atoi(entry->d_name) == dirfd(directory))
            continue;
        target[length] = '\0';
        printf("open: %s %s, %s\n", entry->d_name, target,
               fcntl(atoi(entry->d_name), F_GETFD) & FD_CLOEXEC ? "closed on exec" : "inherited");
    }
    closedir(directory);
}

static void print_timers(void)
{
    for (int i = 0; i < 3; i++) {
        struct itimerval timer;
        getitimer(i, &timer);
        printf("timer %d: %ld\n", i, (long)timer.it_interval.tv_usec);
    }
}

/* musl has no function for the exceptions that end in SIGFPE. */
static int trapping_exceptions(void)
{
#ifdef __GLIBC__
    return fegetexcept();
#else
    return 0;
#endif
}

static void print_thread(void)
{
    char name[17] = "";
    size_t stack = 0;
    pthread_attr_t attributes;
    prctl(PR_GET_NAME, name);
    pthread_getattr_default_np(&attributes);
    pthread_attr_getstacksize(&attributes, &stack);
    pthread_attr_destroy(&attributes);
    printf("thread: %s, default stack %zu, rounding %d, exceptions %d\n", name, stack, fegetround(),
           trapping_exceptions());
}

static void print_state(void)
{
    char directory[4096];
    mode_t mask = umask(0);
    umask(mask);
    print_signals();
    print_limits();
    print_files();
    print_descriptors();
    print_timers();
    print_thread();
    printf("locale: %s\n", setlocale(LC_ALL, NULL));
    printf("directory: %s\n", getcwd(directory, sizeof directory));
    printf("umask %o, personality %x, priority %d\n", (unsigned)mask, (unsigned)personality(0xffffffff),
           getpriority(PRIO_PROCESS, 0));
    printf("dumpable %d, subreaper %d, slack %d\n", prctl(PR_GET_DUMPABLE), prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0),
           prctl(PR_GET_TIMERSLACK));
    for (char **entry = environ; *entry != NULL; entry++)
        printf("environment: %s\n", *entry);
    puts("--");
}

static void handler(int number) { (void)number; }

static void prepare(void)
{
    const struct rlimit limit = {200, 400};
    sigset_t mask;
    setlocale(LC_ALL, "C.UTF-8");
    setrlimit(RLIMIT_NOFILE, &limit);
    sigemptyset(&mask);
    sigaddset(&mask, SIGUSR2);
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    for (int i = 1; i < NSIG; i += 2) { /* half of them, those of faults left alone */
        action.sa_flags = i % 4 == 1 ? SA_RESTART : 0;
        if (i != SIGFPE && i != SIGSEGV && i != SIGBUS && i != SIGKILL && i != SIGSTOP)
            sigaction(i, &action, NULL);
    }
}

static const char uses[] = "import * as zmq from 'zmq';\n"
                           "const context = new zmq.Context();\n"
                           "const pull = context.socket(zmq.PULL), push = context.socket(zmq.PUSH);\n"
                           "pull.bind('tcp://127.0.0.1:*');\n"
                           "push.connect(pull.last_endpoint);\n"
                           "push.send('text');\n"
                           "if (pull.recv_str() !== 'text') throw new Error('another message');\n";

int main(int argc, char **argv)
{
    int (*run)(const char *source, const volatile int *stop);
    if (argc != 2)
        return 2;
    prepare();
    print_state();
    void *plugin = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
    if (plugin == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        return 2;
    }
    print_state();
    int open_after_loading = descriptors_open();
    *(void **)&run = dlsym(plugin, "script_run");
    if (run(uses, NULL) != 0)
        return 1;
    /* A context that has ended may still be closing its own; two stay. */
    for (int i = 0; i < 500 && descriptors_open() > open_after_loading + 2; i++)
        usleep(10000);
    print_state();
    return 0;
}
