/*
 * situations.c - hosts that do to themselves what few do
 *
 *     situations PLUGIN|LIBRARY|none SITUATION [FILE]
 *     situations --list
 *
 * What is printed is the same with the library and without it. FILE is another library, for the situation that
 * loads two. Status 77: the system does not permit the situation.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "use.h"

enum { NOT_PERMITTED = 77, NOBODY = 65534, THREADS = 64, SMALL_STACK = 64 * 1024, ROOM = 1024, ROUNDS = 20 };

static const char *path, *other_path;

static void use(void)
{
    if (use_run(use_message) != 0)
        exit(1);
}

/* A handler of the host ends a wait. */
static const char use_interrupted[] = "import * as zmq from 'zmq';\n"
                                      "const context = new zmq.Context();\n"
                                      "const pull = context.socket(zmq.PULL), push = context.socket(zmq.PUSH);\n"
                                      "pull.bind('tcp://127.0.0.1:*');\n"
                                      "push.connect(pull.last_endpoint);\n"
                                      "push.send('text');\n"
                                      "for (let text = null; text === null;)\n"
                                      "    try { text = pull.recv_str(); }\n"
                                      "    catch (error) { if (error.code !== 'EINTR') throw error; }\n";

static void load_and_use(void)
{
    use_load(path);
    use();
}

static void need(int done)
{
    if (!done) {
        perror("situations");
        exit(2);
    }
}

static void permit(int done)
{
    if (!done)
        exit(NOT_PERMITTED);
}

static void run_thread(void *(*routine)(void *), size_t stack_bytes)
{
    pthread_attr_t attributes;
    pthread_t thread;
    need(pthread_attr_init(&attributes) == 0);
    if (stack_bytes > 0)
        need(pthread_attr_setstacksize(&attributes, stack_bytes) == 0);
    need(pthread_create(&thread, &attributes, routine, NULL) == 0 && pthread_join(thread, NULL) == 0);
    pthread_attr_destroy(&attributes);
}

/* ---- loading ---- */

static pthread_barrier_t barrier;

static void *load_at_once(void *unused)
{
    pthread_barrier_wait(&barrier);
    load_and_use();
    return unused;
}

static void load_on_many_threads(void)
{
    pthread_t threads[THREADS];
    need(pthread_barrier_init(&barrier, NULL, THREADS) == 0);
    for (int i = 0; i < THREADS; i++)
        need(pthread_create(&threads[i], NULL, load_at_once, NULL) == 0);
    for (int i = 0; i < THREADS; i++)
        need(pthread_join(threads[i], NULL) == 0);
}

/* The engine's plugin is unloaded; the library stays. */
static void close_library(void)
{
    void *library = NULL;
    for (int i = 0; i < ROUNDS; i++) {
        need(library == NULL || dlclose(library) == 0);
        library = strcmp(path, "none") == 0 ? NULL : dlopen(path, RTLD_NOW | RTLD_LOCAL);
        if (library != NULL)
            use_loaded(library);
        use();
    }
}

#ifdef LM_ID_NEWLM /* musl has no dlmopen() */
static void load_in_two_namespaces(void)
{
    load_and_use();
    if (strcmp(path, "none") == 0)
        return;
    void *there = dlmopen(LM_ID_NEWLM, path, RTLD_NOW | RTLD_LOCAL), *here = use_loaded(there);
    need(there != NULL);
    use();
    use_loaded(here);
    use();
}
#endif

static void load_two(void)
{
    load_and_use();
    if (strcmp(path, "none") == 0)
        return;
    void *here = use_loaded(dlopen(other_path, RTLD_NOW | RTLD_LOCAL));
    for (int i = 0; i < ROUNDS; i++) {
        use();
        here = use_loaded(here);
    }
}

/* ---- identity ---- */

/* The number of threads with another user. */
static int others(void)
{
    DIR *tasks = opendir("/proc/self/task");
    need(tasks != NULL);
    int count = 0;
    for (struct dirent *task; (task = readdir(tasks)) != NULL;) {
        char name[300], line[200];
        int user = NOBODY;
        snprintf(name, sizeof name, "/proc/self/task/%s/status", task->d_name);
        FILE *status = task->d_name[0] != '.' ? fopen(name, "r") : NULL;
        while (status != NULL && fgets(line, sizeof line, status) != NULL)
            if (sscanf(line, "Uid: %d", &user) == 1)
                count += user != NOBODY;
        if (status != NULL)
            fclose(status);
    }
    closedir(tasks);
    return count;
}

/* The C library does not change the user of a thread that is about to end. */
static void wait_for_others(void)
{
    while (others() > 0)
        usleep(1000);
}

static void be_another_user(void)
{
    load_and_use();
    permit(geteuid() == 0 && setresgid(NOBODY, NOBODY, NOBODY) == 0 && setresuid(NOBODY, NOBODY, NOBODY) == 0);
    use();
    wait_for_others();
}

static void be_another_user_before_use(void)
{
    use_load(path);
    permit(geteuid() == 0 && setresgid(NOBODY, NOBODY, NOBODY) == 0 && setresuid(NOBODY, NOBODY, NOBODY) == 0);
    use();
    wait_for_others();
}

static void change_root(void)
{
    use_load(path);
    permit(chroot(".") == 0);
    need(chdir("/") == 0 && access("/proc", F_OK) != 0);
    use();
}

static void hide_process(void)
{
    need(prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0);
    load_and_use();
}

/* ---- other processes ---- */

static void tell_child(pid_t child)
{
    int status = 0;
    need(waitpid(child, &status, 0) == child);
    printf("the child has ended with %d\n", status);
}

static void start_processes(void)
{
    static char *const arguments[] = {"sh", "-c", "ls /proc/self/fd | wc -l; exit 3", NULL};
    pid_t child;
    load_and_use();
    child = vfork();
    if (child == 0) {
        execv("/bin/sh", arguments);
        _exit(127);
    }
    tell_child(child);
    need(posix_spawn(&child, "/bin/sh", NULL, NULL, arguments, environ) == 0);
    tell_child(child);
    printf("%d\n", system(arguments[2]));
    child = fork();
    if (child == 0) {
        execv("/bin/sh", arguments);
        _exit(127);
    }
    tell_child(child);
    use();
}

/* No child of the library's is waited for by the host, and none of the host's by the library. */
static void wait_for_any(void)
{
    load_and_use();
    errno = 0;
    printf("no child: %d\n", waitpid(-1, NULL, __WALL | WNOHANG) == -1 && errno == ECHILD);
    pid_t child = fork();
    if (child == 0)
        _exit(4);
    use();
    tell_child(child);
}

static void replace_process(void)
{
    load_and_use();
    execl("/bin/echo", "echo", "another program", (char *)NULL);
    exit(2);
}

static void *replace(void *unused)
{
    replace_process();
    return unused;
}

static void replace_process_on_a_thread(void)
{
    run_thread(replace, 0);
}

/* ---- threads ---- */

static void *use_here(void *unused)
{
    use();
    return unused;
}

static void use_on_a_small_stack(void)
{
    size_t least = PTHREAD_STACK_MIN; /* twice SMALL_STACK on some processors */
    use_load(path);
    run_thread(use_here, least > SMALL_STACK ? least : SMALL_STACK);
}

/* No thread-specific key is left for the library. */
static void use_without_keys(void)
{
    pthread_key_t key;
    while (pthread_key_create(&key, NULL) == 0)
        continue;
    load_and_use();
    run_thread(use_here, 0);
}

static void restrict_to_one_processor(void)
{
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(sched_getcpu(), &one);
    permit(sched_setaffinity(0, sizeof one, &one) == 0);
    load_and_use();
    for (int i = 0; i < ROUNDS; i++)
        use();
}

static void be_of_real_time(void)
{
    const struct sched_param parameters = {.sched_priority = 1};
    permit(sched_setscheduler(0, SCHED_FIFO, &parameters) == 0);
    load_and_use();
    for (int i = 0; i < ROUNDS; i++)
        use();
}

/* ---- memory ---- */

static void lock_memory(void)
{
    const struct rlimit none = {RLIM_INFINITY, RLIM_INFINITY};
    permit(setrlimit(RLIMIT_MEMLOCK, &none) == 0 && mlockall(MCL_CURRENT | MCL_FUTURE) == 0);
    load_and_use();
}

static void have_stacks_without_limit(void)
{
    const struct rlimit none = {RLIM_INFINITY, RLIM_INFINITY};
    permit(setrlimit(RLIMIT_STACK, &none) == 0);
    load_and_use();
    run_thread(use_here, 0);
}

/* ---- signals ---- */

static sigjmp_buf back;
static atomic_int handled;

static void count_signal(int number)
{
    (void)number;
    atomic_fetch_add(&handled, 1);
}

static void jump_back(int number)
{
    count_signal(number);
    siglongjmp(back, 1);
}

static void fault(void)
{
    static volatile int *volatile nowhere = (volatile int *)64;
    if (sigsetjmp(back, 1) == 0)
        *nowhere = 1;
}

/* The size of the smallest alternate stack. musl's sysconf() does not know it before 1.2.4. */
static size_t least_alternate_stack(void)
{
    long least = sysconf(_SC_MINSIGSTKSZ);
    return least > 0 ? (size_t)least : getauxval(AT_MINSIGSTKSZ);
}

/* The smallest one that the system accepts has no room for a handler; this one has some for one of the library's. */
static void *use_with_small_alternate_stack(void *unused)
{
    size_t bytes = least_alternate_stack() + ROOM, page = (size_t)sysconf(_SC_PAGESIZE);
    size_t pages = (bytes + page - 1) / page;
    char *mapped = mmap(NULL, (pages + 2) * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    need(mapped != MAP_FAILED && mprotect(mapped + page, pages * page, PROT_READ | PROT_WRITE) == 0);
    memset(mapped + page, 'x', pages * page);
    const stack_t stack = {.ss_sp = mapped + (pages + 1) * page - bytes, .ss_size = bytes};
    need(sigaltstack(&stack, NULL) == 0);
    use();
    for (int i = 0; i < ROUNDS; i++) {
        fault();
        use();
    }
    printf("%d handled\n", atomic_load(&handled));
    int changed = 0;
    for (char *byte = mapped + page; byte < (char *)stack.ss_sp; byte++)
        changed += *byte != 'x';
    printf("%d bytes below the stack have changed\n", changed);
    return unused;
}

static void have_small_alternate_stack(void)
{
    signal(SIGSEGV, jump_back);
    use_load(path);
    run_thread(use_with_small_alternate_stack, 0);
}

static void be_profiled(void)
{
    const struct itimerval often = {{0, 1000}, {0, 1000}}, never = {{0, 0}, {0, 0}};
    signal(SIGPROF, count_signal);
    need(setitimer(ITIMER_PROF, &often, NULL) == 0);
    use_load(path);
    while (atomic_load(&handled) < ROUNDS)
        need(use_run(use_interrupted) == 0);
    need(setitimer(ITIMER_PROF, &never, NULL) == 0);
    puts("profiled");
}

/* Gets every signal that the process is sent while the library is loaded and used. */
static void read_signals(void)
{
    sigset_t all;
    struct signalfd_siginfo info;
    sigfillset(&all);
    need(pthread_sigmask(SIG_BLOCK, &all, NULL) == 0);
    int signals = signalfd(-1, &all, SFD_NONBLOCK | SFD_CLOEXEC);
    need(signals >= 0);
    load_and_use();
    while (read(signals, &info, sizeof info) == sizeof info)
        printf("signal %u\n", info.ssi_signo);
    close(signals);
}

static void queue_no_signals(void)
{
    const struct rlimit none = {0, 0};
    need(setrlimit(RLIMIT_SIGPENDING, &none) == 0);
    load_and_use();
    run_thread(use_here, 0);
}

static void ignore_children(void)
{
    signal(SIGCHLD, SIG_IGN);
    load_and_use();
    printf("ignored: %d\n", signal(SIGCHLD, SIG_DFL) == SIG_IGN);
}

static const struct situation {
    const char *name;
    void (*run)(void);
} situations[] = {
    {"loading on many threads", load_on_many_threads},
    {"dlclose", close_library},
#ifdef LM_ID_NEWLM
    {"dlmopen", load_in_two_namespaces},
#endif
    {"two libraries", load_two},
    {"setuid", be_another_user},
    {"setuid before use", be_another_user_before_use},
    {"chroot", change_root},
    {"not dumpable", hide_process},
    {"processes", start_processes},
    {"waitpid", wait_for_any},
    {"exec", replace_process},
    {"exec on a thread", replace_process_on_a_thread},
    {"small stack", use_on_a_small_stack},
    {"no keys", use_without_keys},
    {"one processor", restrict_to_one_processor},
    {"real time", be_of_real_time},
    {"locked memory", lock_memory},
    {"stacks without limit", have_stacks_without_limit},
    {"small alternate stack", have_small_alternate_stack},
    {"SIGPROF", be_profiled},
    {"signalfd", read_signals},
    {"no queued signals", queue_no_signals},
    {"SIGCHLD ignored", ignore_children},
};

enum { SITUATIONS = sizeof situations / sizeof *situations };

int main(int argc, char **argv)
{
    if (argc == 2)
        for (int i = 0; i < SITUATIONS; i++)
            puts(situations[i].name);
    if (argc < 3)
        return argc != 2;
    path = argv[1];
    other_path = argc > 3 ? argv[3] : NULL;
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (int i = 0; i < SITUATIONS; i++) {
        if (strcmp(situations[i].name, argv[2]) == 0) {
            situations[i].run();
            puts("done");
            return 0;
        }
    }
    return 2;
}
