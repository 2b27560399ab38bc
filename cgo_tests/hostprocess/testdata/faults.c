/*
 * faults.c - a host with handlers for SIGSEGV, SIGBUS and SIGFPE of its own
 *
 *     faults PLUGIN|LIBRARY|none before|after main|thread CASE
 *     faults --list
 *
 * The handler is installed before or after loading; the fault happens on the main thread or on
 * another one, which has used the library. What is printed is the same with the library and
 * without it.
 */
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <ucontext.h>
#include <unistd.h>

#include "use.h"

enum { REPEATED = 1000, ALTERNATE = 64 * 1024, LARGE = 1024 * 1024 };

static __thread sigjmp_buf back;
static __thread volatile int count;
static char *alternate; /* the host's alternate stack, if the case has one */
static int *page;       /* cannot be read or written, until a handler allows it */

static void say(const char *format, ...)
{
    char line[400];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (write(1, line, (size_t)length) != length)
        _exit(3);
}

static void say_mask(const char *when)
{
    char text[NSIG + 1] = "";
    sigset_t mask;
    pthread_sigmask(SIG_SETMASK, NULL, &mask);
    for (int i = 1; i < NSIG; i++)
        text[i - 1] = sigismember(&mask, i) == 1 ? '1' : '0';
    say("%s: %s\n", when, text);
}

/* The registers of a processor that are looked at. */
#ifdef __aarch64__
#define PROGRAM_COUNTER pc
#define STACK_POINTER sp
#define CAUSE(context, number) (number == SIGSEGV ? (long long)context.fault_address : 0)
#else
#define PROGRAM_COUNTER gregs[REG_RIP]
#define STACK_POINTER gregs[REG_RSP]
#define CAUSE(context, number) ((void)number, (long long)context.gregs[REG_TRAPNO])
#define HAS_DIVISION_FAULT
#endif

/* ---- faults ---- */

__attribute__((noinline)) static void segv(void)
{
    static volatile int *volatile nowhere = (volatile int *)64;
    *nowhere = 1;
}

static void bus(void)
{
    static const char name[] = "empty";
    int descriptor = memfd_create(name, MFD_CLOEXEC);
    volatile char *mapped = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    close(descriptor);
    mapped[8] = 1;
}

#ifdef HAS_DIVISION_FAULT
static void fpe(void)
{
    volatile int zero = 0, one = 1;
    one = one / zero;
}
#endif

static void write_page(void) { *(volatile int *)page = 1; }

static void send_segv(void) { pthread_kill(pthread_self(), SIGSEGV); }

static void queue_segv(void)
{
    siginfo_t info = {.si_signo = SIGSEGV, .si_code = SI_QUEUE};
    info.si_pid = getpid();
    info.si_uid = getuid();
    info.si_value.sival_int = 7;
    syscall(SYS_rt_tgsigqueueinfo, getpid(), gettid(), SIGSEGV, &info); /* musl has no pthread_sigqueue() */
}

__attribute__((noinline)) static int overflow_from(volatile char *outer)
{
    volatile char frame[4096];
    frame[0] = outer[0];
    return frame[0] == 0 ? overflow_from(frame) + frame[0] : 0; /* always 0 */
}

static void overflow(void)
{
    volatile char none = 0;
    overflow_from(&none);
}

/* ---- handlers ---- */

static void jump(int number, siginfo_t *info, void *context)
{
    (void)number, (void)info, (void)context;
    count++;
    siglongjmp(back, 1);
}

static void nested(int number, siginfo_t *info, void *context)
{
    if (count < 4) {
        say("nested %d\n", count++);
        segv();
    }
    jump(number, info, context);
}

static void return_once(int number, siginfo_t *info, void *context)
{
    (void)info, (void)context;
    say("handler, signal %d\n", number);
    if (++count > 3)
        _exit(4);
}

static void tell_mask(int number, siginfo_t *info, void *context)
{
    say_mask("in the handler");
    jump(number, info, context);
}

/* The place of the signal is in segv(); it is checked only for faults that reveal it. */
static void tell_info(int number, siginfo_t *info, void *context)
{
    const ucontext_t *interrupted = context;
    uintptr_t at = (uintptr_t)interrupted->uc_mcontext.PROGRAM_COUNTER;
    say("signal %d, code %d, address %d, in segv %d, trap %lld\n", number, info->si_code,
        number == SIGBUS ? ((int)(uintptr_t)info->si_addr & 4095) : number == SIGSEGV ? (int)(uintptr_t)info->si_addr : 0,
        at - (uintptr_t)segv < 64, CAUSE(interrupted->uc_mcontext, number));
    jump(number, info, context);
}

static void tell_sender(int number, siginfo_t *info, void *context)
{
    (void)context;
    say("signal %d, code %d, from itself %d, value %d\n", number, info->si_code, info->si_pid == getpid(),
        info->si_code == SI_QUEUE ? info->si_value.sival_int : 0);
}

static void tell_stack(int number, siginfo_t *info, void *context)
{
    const ucontext_t *interrupted = context;
    char here;
    uintptr_t below = (uintptr_t)interrupted->uc_mcontext.STACK_POINTER - (uintptr_t)&here;
    say("on the %s stack\n", (uintptr_t)&here - (uintptr_t)alternate < ALTERNATE ? "alternate"
                             : below < 16384                                   ? "interrupted"
                                                                               : "another");
    jump(number, info, context);
}

static void use_stack(int number, siginfo_t *info, void *context)
{
    volatile char large[LARGE];
    for (size_t i = 0; i < sizeof large; i += 512)
        large[i] = (char)number;
    say("%d\n", large[LARGE / 2]);
    jump(number, info, context);
}

/* Registers, of the processor's unit for numbers too, are as they were when the page is there. */
static void allow_page(int number, siginfo_t *info, void *context)
{
    (void)number, (void)context;
    volatile double spoilt = 1.5;
    spoilt = spoilt * 3 + (double)(uintptr_t)info->si_addr;
    count++;
    mprotect(page, 4096, PROT_READ | PROT_WRITE);
}

/* The handler chooses the mask with which the thread continues. */
static void leave_by_context(int number, siginfo_t *info, void *context)
{
    ucontext_t *interrupted = context;
    (void)number, (void)info;
    count++;
    sigaddset(&interrupted->uc_sigmask, SIGUSR2);
    mprotect(page, 4096, PROT_READ | PROT_WRITE);
}

static volatile sig_atomic_t rang;

static void ring(int number)
{
    (void)number;
    rang = 1;
}

static void wait_for_alarm(int number, siginfo_t *info, void *context)
{
    const struct itimerval soon = {.it_value = {0, 1000}};
    setitimer(ITIMER_REAL, &soon, NULL);
    while (!rang)
        usleep(100);
    say("the alarm rang\n");
    jump(number, info, context);
}

static void outer_handler(int number, siginfo_t *info, void *context);

/* ---- the cases ---- */

typedef struct host_case {
    const char *name;
    void (*fault)(void);
    void (*handler)(int, siginfo_t *, void *); /* NULL: none is installed */
    int flags;
    int number; /* SIGSEGV if 0 */
    int repeated;
    int keeps_mask;     /* sigsetjmp() does not save it */
    int has_alternate;  /* the thread has an alternate stack */
    int blocks;         /* sa_mask has SIGUSR1 and SIGTERM */
    int ignores;        /* SIG_IGN */
    int chains;         /* another handler, installed at the end, passes on to this one */
} host_case;

static const host_case cases[] = {
    {"jump", segv, jump, SA_SIGINFO, .repeated = REPEATED},
    {"jump, without SA_SIGINFO", segv, jump, 0, .repeated = REPEATED},
    {"jump, SA_NODEFER", segv, jump, SA_NODEFER, .repeated = REPEATED, .keeps_mask = 1},
    {"jump, with the mask", segv, jump, 0, .repeated = 2, .keeps_mask = 1},
    {"jump, SA_ONSTACK", segv, jump, SA_ONSTACK, .repeated = REPEATED, .has_alternate = 1},
    {"jump, an unused stack", segv, jump, 0, .repeated = REPEATED, .has_alternate = 1},
#ifdef HAS_DIVISION_FAULT
    {"jump, SIGFPE", fpe, jump, SA_SIGINFO, SIGFPE, .repeated = REPEATED},
#endif
    {"jump, SIGBUS", bus, jump, SA_SIGINFO, SIGBUS, .repeated = REPEATED},
    {"nested, SA_NODEFER", segv, nested, SA_NODEFER, .repeated = 3},
    {"nested, SA_NODEFER, SA_ONSTACK", segv, nested, SA_NODEFER | SA_ONSTACK, .repeated = 3, .has_alternate = 1},
    {"nested", segv, nested, 0, .repeated = 1},
    {"nested, SA_RESETHAND", segv, nested, (int)SA_RESETHAND | SA_NODEFER, .repeated = 1},
    {"SA_RESETHAND", segv, return_once, (int)SA_RESETHAND, .repeated = 1},
#ifdef HAS_DIVISION_FAULT
    {"SA_RESETHAND, SIGFPE", fpe, return_once, (int)SA_RESETHAND | SA_SIGINFO, SIGFPE, .repeated = 1},
#endif
    {"SA_RESETHAND, jump", segv, jump, (int)SA_RESETHAND, .repeated = 2},
    {"SA_RESETHAND, sent", send_segv, return_once, (int)SA_RESETHAND, .repeated = 2},
    {"returns", segv, return_once, 0, .repeated = 1},
    {"mask", segv, tell_mask, 0, .repeated = 2, .blocks = 1},
    {"mask, SA_NODEFER", segv, tell_mask, SA_NODEFER, .repeated = 2, .blocks = 1},
    {"mask, an unused stack", segv, tell_mask, 0, .repeated = 2, .blocks = 1, .has_alternate = 1},
    {"mask, SA_ONSTACK", segv, tell_mask, SA_ONSTACK, .repeated = 2, .blocks = 1, .has_alternate = 1},
    {"info", segv, tell_info, SA_SIGINFO, .repeated = 2},
    {"info, an unused stack", segv, tell_info, SA_SIGINFO, .repeated = 2, .has_alternate = 1},
    {"info, SIGBUS", bus, tell_info, SA_SIGINFO, SIGBUS, .repeated = 1},
#ifdef HAS_DIVISION_FAULT
    {"info, SIGFPE", fpe, tell_info, SA_SIGINFO, SIGFPE, .repeated = 1},
#endif
    {"sent", send_segv, tell_sender, SA_SIGINFO, .repeated = 2},
    {"sent, queued", queue_segv, tell_sender, SA_SIGINFO, .repeated = 2},
    {"sent, an unused stack", send_segv, tell_sender, SA_SIGINFO, .repeated = 2, .has_alternate = 1},
    {"stack, SA_ONSTACK", segv, tell_stack, SA_SIGINFO | SA_ONSTACK, .repeated = 2, .has_alternate = 1},
    {"stack, unused", segv, tell_stack, SA_SIGINFO, .repeated = 2, .has_alternate = 1},
    {"stack, large", segv, use_stack, SA_SIGINFO, .repeated = 3},
    {"stack, large, unused alternate", segv, use_stack, SA_SIGINFO, .repeated = 3, .has_alternate = 1},
    {"overflow, SA_ONSTACK", overflow, jump, SA_ONSTACK, .repeated = 3, .has_alternate = 1},
    {"overflow", overflow, jump, 0, .repeated = 1, .has_alternate = 1},
    {"allow", write_page, allow_page, SA_SIGINFO, .repeated = REPEATED},
    {"allow, an unused stack", write_page, allow_page, SA_SIGINFO, .repeated = REPEATED, .has_alternate = 1},
    {"allow, SA_ONSTACK", write_page, allow_page, SA_SIGINFO | SA_ONSTACK, .repeated = REPEATED, .has_alternate = 1},
    {"context", write_page, leave_by_context, SA_SIGINFO, .repeated = 2, .keeps_mask = 1},
    {"context, an unused stack", write_page, leave_by_context, SA_SIGINFO, .repeated = 2, .keeps_mask = 1, .has_alternate = 1},
    {"alarm", segv, wait_for_alarm, 0, .repeated = 1},
    {"default", segv, .repeated = 1},
    {"default, SIGBUS", bus, .number = SIGBUS, .repeated = 1},
#ifdef HAS_DIVISION_FAULT
    {"default, SIGFPE", fpe, .number = SIGFPE, .repeated = 1},
#endif
    {"default, sent", send_segv, .repeated = 1},
    {"default, queued", queue_segv, .repeated = 1},
    {"ignored", segv, .repeated = 1, .ignores = 1},
    {"ignored, sent", send_segv, .repeated = 2, .ignores = 1},
    {"chain", segv, jump, SA_NODEFER, .repeated = REPEATED, .chains = 1},
    {"chain, an unused stack", write_page, allow_page, 0, .repeated = 3, .chains = 1, .has_alternate = 1},
    {"chain, default", segv, .repeated = 1, .chains = 1},
};

enum { CASES = sizeof cases / sizeof *cases };

static const host_case *chosen;

static int number_of(const host_case *it) { return it->number != 0 ? it->number : SIGSEGV; }

static void install(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    if (chosen->handler == NULL && !chosen->ignores)
        return;
    if (chosen->ignores)
        action.sa_handler = SIG_IGN;
    else
        action.sa_sigaction = chosen->handler;
    action.sa_flags = chosen->flags;
    if (chosen->blocks) {
        sigaddset(&action.sa_mask, SIGUSR1);
        sigaddset(&action.sa_mask, SIGTERM);
    }
    if (sigaction(number_of(chosen), &action, NULL) != 0)
        exit(2);
}

static struct sigaction inner;

static void outer_handler(int number, siginfo_t *info, void *context)
{
    if (count < 3)
        say("the outer handler\n");
    if (inner.sa_handler == SIG_DFL || inner.sa_handler == SIG_IGN)
        signal(number, SIG_DFL);
    else
        inner.sa_sigaction(number, info, context);
}

static void chain(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = outer_handler;
    action.sa_flags = SA_SIGINFO | SA_NODEFER;
    sigaction(number_of(chosen), &action, &inner);
}

static void give_alternate_stack(void)
{
    alternate = malloc(ALTERNATE);
    const stack_t stack = {.ss_sp = alternate, .ss_size = ALTERNATE};
    if (sigaltstack(&stack, NULL) != 0)
        exit(2);
}

__attribute__((noinline)) static void one_fault(void)
{
    volatile double kept[4] = {1.25, -3, 1e300, 0.1};
    double sum = kept[0] + kept[1] * kept[3];
    mprotect(page, 4096, PROT_NONE);
    if (sigsetjmp(back, !chosen->keeps_mask) == 0)
        chosen->fault();
    if (sum != kept[0] + kept[1] * kept[3])
        say("another number\n");
}

static void *act(void *argument)
{
    sigset_t mask;
    sigemptyset(&mask);
    sigaddset(&mask, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &mask, NULL);
    if (chosen->has_alternate)
        give_alternate_stack();
    if (use_run(use_message) != 0)
        exit(2);
    for (int i = 0; i < chosen->repeated; i++)
        one_fault();
    if (use_run(use_message) != 0)
        exit(2);
    say_mask("at the end");
    say("%d handled\n", count);
    return argument;
}

static void choose(const char *name)
{
    for (int i = 0; i < CASES; i++)
        if (strcmp(cases[i].name, name) == 0)
            chosen = &cases[i];
    if (chosen == NULL)
        exit(2);
}

int main(int argc, char **argv)
{
    const struct rlimit all = {RLIM_INFINITY, RLIM_INFINITY};
    pthread_t thread;
    if (argc == 2)
        for (int i = 0; i < CASES; i++)
            puts(cases[i].name);
    if (argc != 5)
        return 2;
    choose(argv[4]);
    setrlimit(RLIMIT_CORE, &all);
    signal(SIGALRM, ring);
    page = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    int early = strcmp(argv[2], "before") == 0;
    if (early)
        install();
    use_load(argv[1]);
    if (!early)
        install();
    if (chosen->chains)
        chain();
    if (strcmp(argv[3], "main") == 0) {
        act(NULL);
        return 0;
    }
    if (pthread_create(&thread, NULL, act, NULL) != 0 || pthread_join(thread, NULL) != 0)
        return 2;
    return 0;
}
