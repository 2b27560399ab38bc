/* test_vm_stop.c - the bundled engine: interrupts, signals, threads, its end */
#define _GNU_SOURCE
#include "vm.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* ---- interrupting ------------------------------------------------------------------------ */

static const char *const endless[] = {
    "for (;;);",
    "for (;;) { try { for (;;); } catch { } finally { for (;;); } }",
    "import * as zmq from 'zmq'; const s = new zmq.Context().socket(zmq.PULL);"
    "for (;;) { try { s.recv() } catch { os.signal(19, null) } }",
    "import * as zmq from 'zmq'; const s = new zmq.Context().socket(zmq.PULL);"
    "const p = new zmq.Poller(); p.add(s, zmq.POLLIN); for (;;) p.wait(-1)",
    "import * as zmq from 'zmq'; const c = new zmq.Context(); const s = c.socket(zmq.PUSH);"
    "for (;;) c.term()",
    "setTimeout(() => os.signal(19, null), 3600000)",
    "const f = () => setTimeout(f, 0); f()",
    "const f = () => Promise.resolve().then(f); f()",
    "os.sleep(3600000)",
    "for (;;) 'x'.repeat(1 << 20).replace(/(x+x+)+y/, '')",
};
enum { ENDLESS = sizeof endless / sizeof *endless };

struct run {
    zmqjs_vm *vm;
    const char *source;
    int status;
    struct worker worker;
};

/* A script reports its beginning by os.signal(20, null). */
static void run_source(void *argument)
{
    struct run *run = argument;
    char source[1000];
    int is_module = strncmp(run->source, "import", 6) == 0;
    snprintf(source, sizeof source, "%sos.signal(20, null); %s",
             is_module ? "import * as os from 'os'; " : "", run->source);
    run->status = evaluate(run->vm, source);
}

static void run_start(struct run *run, const char *source)
{
    run->vm = vm_open();
    run->source = source;
    worker_start(&run->worker, run_source, run);
    wait_until_told(20);
    told(19);
}

static void run_check(struct run *run)
{
    worker_join(&run->worker);
    CHECK_STATUS(run->status, ZMQJS_INTERRUPTED);
    CHECK(!told(19)); /* no code of the script has run since then */
    vm_close(run->vm);
}

static void interrupt_from_a_thread(void)
{
    for (int i = 0; i < ENDLESS; i++) {
        struct run run;
        run_start(&run, endless[i]);
        pause_ms(20); /* into its loop: any moment must do */
        CHECK(!worker_is_done(&run.worker));
        CHECK_STATUS(zmqjs_vm_interrupt(run.vm), ZMQJS_OK);
        run_check(&run);
    }
}

static zmqjs_vm *volatile signalled_vm;
static volatile pid_t handled_on;

static void interrupt_in_handler(int signal_number)
{
    (void)signal_number;
    handled_on = gettid();
    if (zmqjs_vm_interrupt(signalled_vm) != ZMQJS_OK) _Exit(9);
}

/* The handler runs on the host's thread that waits in zmqjs_vm_evaluate(). */
static void interrupt_from_a_handler(void)
{
    handle_signal(SIGALRM, interrupt_in_handler, 0);
    for (int i = 0; i < ENDLESS; i++) {
        struct itimerspec once = {{0, 0}, {0, 30000000}};
        timer_t timer;
        signalled_vm = vm_open();
        handled_on = 0;
        CHECK_INT(timer_create(CLOCK_MONOTONIC, NULL, &timer), 0);
        CHECK_INT(timer_settime(timer, 0, &once, NULL), 0);
        CHECK_STATUS(evaluate(signalled_vm, endless[i]), ZMQJS_INTERRUPTED);
        CHECK_INT(handled_on, getpid());
        timer_delete(timer);
        vm_close(signalled_vm);
    }
}

/* An early interrupt ends the next script, before it runs any code. */
static void interrupt_before_the_run(void)
{
    for (int i = 0; i < 300; i++) {
        zmqjs_vm *vm = vm_open();
        CHECK_STATUS(zmqjs_vm_interrupt(vm), ZMQJS_OK);
        int status = evaluate(vm, i % 2 ? "os.signal(19, null)" : "os.signal(19, null); for (;;);");
        if (status != ZMQJS_INTERRUPTED) FAIL("round %d: the status is %d", i, status);
        if (told(19)) FAIL("round %d: the script has run", i);
        vm_close(vm);
    }
}

/* An interrupt ends one script and discards its timers and jobs. */
static void goes_on_after_an_interrupt(void)
{
    zmqjs_vm *vm = vm_open();
    for (int i = 0; i < 3; i++) {
        CHECK_STATUS(zmqjs_vm_interrupt(vm), ZMQJS_OK);
        CHECK_STATUS(evaluate(vm, "setTimeout(() => os.signal(19, null), 1); for (;;);"),
                     ZMQJS_INTERRUPTED);
        CHECK_STATUS(evaluate(vm, "setTimeout(() => os.signal(18, null), 50)"), ZMQJS_OK);
        CHECK(told(18));
        CHECK(!told(19));
    }
    vm_close(vm);
}

static void interrupt_tells_no_text(void)
{
    zmqjs_vm *vm = vm_open();
    CHECK_STATUS(evaluate(vm, "throw new Error('remember me')"), ZMQJS_SCRIPT_ERROR);
    CHECK_STATUS(zmqjs_vm_interrupt(NULL), ZMQJS_INVALID_ARGUMENT);
    CHECK_STATUS(zmqjs_vm_signal(vm, 1000), ZMQJS_INVALID_ARGUMENT);
    CHECK_CONTAINS(zmqjs_last_error(), "remember me");
    vm_close(vm);
}

/* ---- two threads ------------------------------------------------------------------------- */

static void busy(void)
{
    struct run run;
    run_start(&run, endless[2]);
    CHECK_STATUS(evaluate(run.vm, "1"), ZMQJS_BUSY);
    CHECK(*zmqjs_last_error());
    CHECK_STATUS(zmqjs_vm_run_file(run.vm, "x.js", NULL), ZMQJS_BUSY);
    CHECK_STATUS(zmqjs_vm_set_arguments(run.vm, 0, NULL), ZMQJS_BUSY);
    CHECK_STATUS(zmqjs_vm_free(run.vm), ZMQJS_BUSY);
    CHECK(*zmqjs_last_error());
    CHECK(!worker_is_done(&run.worker));
    CHECK_STATUS(zmqjs_vm_interrupt(run.vm), ZMQJS_OK);
    run_check(&run);
}

static void use_and_free(void *argument)
{
    CHECK_STATUS(evaluate(argument, "if (kept !== 6) throw 1"), ZMQJS_OK);
    vm_close(argument);
}

static void one_thread_after_another(void)
{
    struct worker worker;
    zmqjs_vm *vm = vm_open();
    CHECK_STATUS(evaluate(vm, "var kept = 6"), ZMQJS_OK);
    worker_start(&worker, use_and_free, vm);
    worker_join(&worker);
}

static void some_lives(void *argument)
{
    for (int i = *(int *)argument; i > 0; i--) one_vm_life();
}

static void many(void)
{
    enum { THREADS = 4 };
    int first = 5, each = 30;
    some_lives(&first);
    int before = descriptor_count();
    struct worker workers[THREADS];
    for (int i = 0; i < THREADS; i++) worker_start(&workers[i], some_lives, &each);
    for (int i = 0; i < THREADS; i++) worker_join(&workers[i]);
    wait_for_descriptors(before + 30);
}

/* The end of one run, the next one and the end of the VM follow one another without a pause. */
static void one_run_after_another(void)
{
    for (int i = 0; i < 300; i++) {
        zmqjs_vm *vm = vm_open();
        for (int k = 0; k < 3; k++) CHECK_STATUS(evaluate(vm, "1"), ZMQJS_OK);
        vm_close(vm);
    }
}

/* A freed VM has closed its script's files and sockets, before its engine's collector runs. */
static void leaves_no_descriptor(void)
{
    one_vm_life();
    int before = descriptor_count();
    zmqjs_vm *vm = vm_open();
    CHECK_STATUS(evaluate(vm, "import * as zmq from 'zmq'; globalThis.all = [];"
                              "for (let i = 0; i < 30; i++) {"
                              "  const c = new zmq.Context(), s = c.socket(zmq.PULL);"
                              "  s.bind('inproc://x'); all.push(c, s) }"), ZMQJS_OK);
    vm_close(vm);
    wait_for_descriptors(before + 5);
}

/* Many at the same time: none is ended while the others are used. */
static void many_at_once(void)
{
    enum { COUNT = 20 };
    zmqjs_vm *vms[COUNT];
    for (int i = 0; i < COUNT; i++) vms[i] = vm_open();
    for (int i = 0; i < COUNT; i++) {
        char source[64];
        snprintf(source, sizeof source, "var mine = %d", i);
        CHECK_STATUS(evaluate(vms[i], source), ZMQJS_OK);
    }
    for (int i = 0; i < COUNT; i++) {
        char source[64];
        snprintf(source, sizeof source, "if (mine !== %d) throw mine", i);
        CHECK_STATUS(evaluate(vms[i], source), ZMQJS_OK);
        vm_close(vms[i]);
    }
}

/* ---- signals ----------------------------------------------------------------------------- */

/* The host's thread is in the call, the script runs elsewhere; so do its wishes. */
static void signal_wishes(void)
{
    zmqjs_vm *vm = vm_open();
    CHECK_STATUS(evaluate(vm, "os.signal(os.SIGTERM, () => {}); os.signal(os.SIGTERM, null)"),
                 ZMQJS_OK);
    CHECK_INT(asked.calls, 2);
    CHECK_INT(asked.number, SIGTERM);
    CHECK_INT(asked.action, ZMQJS_SIGNAL_DEFAULT);
    CHECK(asked.thread != gettid());
    CHECK_STATUS(evaluate(vm, "os.signal(os.SIGINT, undefined)"), ZMQJS_OK);
    CHECK_INT(asked.number, SIGINT);
    CHECK_INT(asked.action, ZMQJS_SIGNAL_IGNORE);
    asked.answer = EPERM;
    CHECK_STATUS(evaluate(vm, "let e; try { os.signal(os.SIGINT, null) } catch (x) { e = x }"
                              "if (!(e instanceof Error)) throw 'not an Error';"
                              "if (e.errno !== 1 && e.code !== 'EPERM') throw e"),
                 ZMQJS_OK);
    vm_close(vm);
}

static void no_signal_action(void)
{
    zmqjs_vm *vm;
    vm_close(vm_open());
    CHECK_STATUS(zmqjs_vm_new(NULL, &vm), ZMQJS_OK);
    CHECK_STATUS(evaluate(vm, "os.signal(os.SIGINT, () => {})"), ZMQJS_SCRIPT_ERROR);
    CHECK_STATUS(evaluate(vm, "let e; try { os.signal(os.SIGINT, null) } catch (x) { e = x }"
                              "if (e.errno !== 95 && e.code !== 'ENOTSUP') throw e"),
                 ZMQJS_OK);
    vm_close(vm);
}

static void signal_in_handler(int signal_number)
{
    if (zmqjs_vm_signal(signalled_vm, signal_number) != ZMQJS_OK) _Exit(9);
}

/* A signal of the host becomes a call of the script's function. */
static void signal_reaches_the_script(void)
{
    struct itimerspec every = {{0, 10000000}, {0, 10000000}};
    timer_t timer;
    int status = 0;
    const char *source = "let n = 0; os.signal(os.SIGALRM, () => { if (++n === 3) std.exit(9) });"
                         "setTimeout(() => {}, 3600000)";
    signalled_vm = vm_open();
    handle_signal(SIGALRM, signal_in_handler, 0);
    CHECK_INT(timer_create(CLOCK_MONOTONIC, NULL, &timer), 0);
    CHECK_INT(timer_settime(timer, 0, &every, NULL), 0);
    CHECK_STATUS(zmqjs_vm_evaluate(signalled_vm, NULL, source, strlen(source), &status),
                 ZMQJS_EXITED);
    CHECK_INT(status, 9);
    timer_delete(timer);
    pause_ms(1);
    handle_signal(SIGALRM, SIG_IGN, 0);
    vm_close(signalled_vm);
}

/* A call that waits throws EINTR; the function runs from the event loop. */
static void signal_ends_a_wait(void)
{
    struct run run;
    run_start(&run,
              "import * as zmq from 'zmq'; import * as std from 'std'; let order = '';"
              "os.signal(os.SIGTERM, () => {"
              "  order += 'f'; if (order !== 'EINTR,f') throw order; std.exit(2) });"
              "const s = new zmq.Context().socket(zmq.PULL);"
              "try { s.recv() } catch (e) { order = e.code + ',' }"
              "setTimeout(() => { throw 'too late' }, 10000)");
    wait_until_told(SIGTERM);
    CHECK_INT(asked.action, ZMQJS_SIGNAL_HANDLE);
    for (; !worker_is_done(&run.worker); pause_ms(20))
        zmqjs_vm_signal(run.vm, SIGTERM); /* the first may arrive before recv() waits */
    worker_join(&run.worker);
    CHECK_STATUS(run.status, ZMQJS_EXITED);
    vm_close(run.vm);
}

static void signal_numbers(void)
{
    static const int wrong[] = {0, -1, 65, 1000, INT32_MIN, INT32_MAX};
    zmqjs_vm *vm = vm_open();
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        CHECK_STATUS(zmqjs_vm_signal(vm, wrong[i]), ZMQJS_INVALID_ARGUMENT);
    for (int i = 1; i <= 64; i++) CHECK_STATUS(zmqjs_vm_signal(vm, i), ZMQJS_OK);
    CHECK_STATUS(evaluate(vm, "1"), ZMQJS_OK); /* no signal handler is installed */
    vm_close(vm);
}

static void installs_no_handler(void)
{
    struct sigaction before[NSIG], after;
    zmqjs_vm *vm = vm_open();
    for (int i = 1; i < NSIG; i++) sigaction(i, NULL, &before[i]);
    CHECK_STATUS(evaluate(vm, "for (const f of [() => {}, undefined, null])"
                              "  for (let i = 1; i < 32; i++) try { os.signal(i, f) } catch { }"),
                 ZMQJS_OK);
    vm_close(vm);
    for (int i = 1; i < NSIG; i++)
        if (sigaction(i, NULL, &after) == 0 && after.sa_handler != before[i].sa_handler)
            FAIL("signal %d has another handler", i);
}

/* ---- leaving ----------------------------------------------------------------------------- */

static void leaving_is_bounded(void)
{
    char source[200];
    zmqjs_vm *vm = vm_open();
    zmqjs_leave_timeout(300);
    snprintf(source, sizeof source, "import * as zmq from 'zmq'; const s = new zmq.Context().socket(zmq.PUSH);"
                                    "s.connect('%s'); s.send('x')", nobody());
    CHECK_STATUS(evaluate(vm, source), ZMQJS_OK);
    double start = now();
    vm_close(vm);
    CHECK(now() - start > 0.25);
}

static size_t trace_count;

static void count_event(void *payload, const zmqjs_trace_event *event)
{
    CHECK(payload == &trace_count && event);
    trace_count++;
}

static void traced(void)
{
    vm_close(vm_open());
    CHECK_STATUS(zmqjs_trace(count_event, &trace_count), ZMQJS_OK);
    one_vm_life(); /* two sockets, bind, connect, send, receive */
    CHECK_STATUS(zmqjs_trace(NULL, NULL), ZMQJS_OK);
    CHECK(trace_count >= 6);
}

static void forked(void)
{
    zmqjs_vm *vm = vm_open(), *other;
    int status = 0;
    CHECK_STATUS(evaluate(vm, "1"), ZMQJS_OK);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        alarm(10);
        CHECK_STATUS(evaluate(vm, "1"), ZMQJS_UNAVAILABLE);
        CHECK_STATUS(zmqjs_vm_run_file(vm, "x", NULL), ZMQJS_UNAVAILABLE);
        CHECK_STATUS(zmqjs_vm_set_arguments(vm, 0, NULL), ZMQJS_UNAVAILABLE);
        CHECK_STATUS(zmqjs_vm_new(NULL, &other), ZMQJS_UNAVAILABLE);
        CHECK_STATUS(zmqjs_vm_free(vm), ZMQJS_UNAVAILABLE);
        CHECK_STATUS(zmqjs_vm_signal(vm, SIGINT), ZMQJS_UNAVAILABLE);
        CHECK_STATUS(zmqjs_vm_interrupt(vm), ZMQJS_UNAVAILABLE);
        exit(0);
    }
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    CHECK_STATUS(evaluate(vm, "1"), ZMQJS_OK);
    vm_close(vm);
}

const test_case vm_stop_cases[] = {
    {"vm-interrupt-from-a-thread", interrupt_from_a_thread, 0},
    {"vm-interrupt-from-a-handler", interrupt_from_a_handler, 0},
    {"vm-interrupt-before-the-run", interrupt_before_the_run, 0},
    {"vm-goes-on-after-an-interrupt", goes_on_after_an_interrupt, 0},
    {"vm-interrupt-tells-no-text", interrupt_tells_no_text, 0},
    {"vm-busy", busy, 0},
    {"vm-one-thread-after-another", one_thread_after_another, 0},
    {"vm-many", many, 0},
    {"vm-leaves-no-descriptor", leaves_no_descriptor, 0},
    {"vm-many-at-once", many_at_once, 0},
    {"vm-one-run-after-another", one_run_after_another, 0},
    {"vm-signal-wishes", signal_wishes, 0},
    {"vm-no-signal-action", no_signal_action, 0},
    {"vm-signal-reaches-the-script", signal_reaches_the_script, 0},
    {"vm-signal-ends-a-wait", signal_ends_a_wait, 0},
    {"vm-signal-numbers", signal_numbers, 0},
    {"vm-installs-no-handler", installs_no_handler, 0},
    {"vm-leaving-is-bounded", leaving_is_bounded, 0},
    {"vm-traced", traced, 0},
    {"vm-forked", forked, 0},
    {NULL, NULL, 0},
};
