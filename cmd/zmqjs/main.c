/* zmqjs: runs a script with the bundled engine of libzmqjs. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "observe.h"
#include "options.h"
#include "system.h"

static zmqjs_vm *vm;

static void on_signal(int signal_number)
{
    zmqjs_vm_signal(vm, signal_number);
}

static void on_interrupt(int signal_number)
{
    (void)signal_number;
    zmqjs_vm_interrupt(vm);
}

/* Carries out os.signal(). Ctrl-C keeps ending the script where the script has no
 * wish of its own. */
static int signal_action(void *payload, int signal_number, int action)
{
    (void)payload;
    if (action == ZMQJS_SIGNAL_HANDLE)
        return system_handle(signal_number, on_signal);
    if (action == ZMQJS_SIGNAL_IGNORE)
        return system_handle(signal_number, SIG_IGN);
    return system_handle(signal_number, signal_number == SIGINT ? on_interrupt : SIG_DFL);
}

static int print_version(void)
{
    int ours[3], libzmq[3];
    zmqjs_version(&ours[0], &ours[1], &ours[2]);
    zmqjs_libzmq_version(&libzmq[0], &libzmq[1], &libzmq[2]);
    printf("zmqjs %d.%d.%d (libzmq %d.%d.%d)\n", ours[0], ours[1], ours[2], libzmq[0], libzmq[1], libzmq[2]);
    return 0;
}

static int run(const options *chosen)
{
    int exit_status = 0;
    /* scriptArgs begins with the script's name, or its code. */
    int status = zmqjs_vm_set_arguments(vm, (size_t)chosen->count, (const char *const *)chosen->script);
    const char *script = chosen->script[0];
    if (status == ZMQJS_OK)
        status = chosen->inline_code ? zmqjs_vm_evaluate(vm, "<cmdline>", script, strlen(script), &exit_status)
                                     : zmqjs_vm_run_file(vm, script, &exit_status);
    if (status == ZMQJS_INTERRUPTED)
        return 130;
    if (status < 0) {
        const char *text = zmqjs_last_error();
        if (*text != '\0') /* else it is written already */
            fprintf(stderr, "%s\n", text);
        return 1;
    }
    return exit_status;
}

int main(int argc, char **argv)
{
    options chosen;
    argv = system_arguments(&argc, argv);
    if (argv == NULL) {
        fputs("zmqjs: out of memory\n", stderr);
        return 1;
    }
    if (!options_read(&chosen, argc, argv))
        return 2;
    if (chosen.command == HELP)
        return options_help();
    if (chosen.command == VERSION)
        return print_version();
    zmqjs_vm_options vm_options = {ZMQJS_ABI_VERSION, sizeof vm_options, NULL, signal_action, chosen.memory_limit};
    if (zmqjs_vm_new(&vm_options, &vm) != ZMQJS_OK) {
        fprintf(stderr, "zmqjs: %s\n", zmqjs_last_error());
        return 1;
    }
    system_handle(SIGINT, on_interrupt);
    if (chosen.trace)
        trace_start(chosen.json);
    if (chosen.stat && (errno = stat_start(chosen.json)) != 0) {
        perror("zmqjs: --stat");
        chosen.stat = 0;
    }
    int status = run(&chosen);
    system_handle(SIGINT, SIG_DFL); /* a second Ctrl-C ends the wait for unsent messages */
    zmqjs_vm_free(vm);
    if (chosen.stat)
        stat_end();
    return status;
}
