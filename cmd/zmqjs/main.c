/* zmqjs: runs a script with the bundled engine of libzmqjs. */
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "observe.h"

static const char usage[] = "usage: zmqjs [--trace | --stat] [--memory-limit N] {-e CODE | FILE | -} [ARGUMENTS...]\n"
                            "       zmqjs --help | --version\n";
static const char help[] = "\n"
                           "Runs JavaScript (.js, .mjs) or TypeScript (.ts) with the modules zmq, std and os.\n"
                           "\n"
                           "  FILE         the script; - is standard input\n"
                           "  -e CODE      the script itself\n"
                           "  ARGUMENTS    what the script finds in scriptArgs, after its own name\n"
                           "  --trace      print what passes each socket, as it happens, to standard error\n"
                           "  --stat       print what passes each socket in a second, as a table\n"
                           "  --memory-limit N\n"
                           "               end the script when it needs more than N bytes of memory\n"
                           "               (N may end in k, M or G: times 1024, 1024^2, 1024^3)\n"
                           "  --help       this text\n"
                           "  --version    the versions of zmqjs and of libzmq\n"
                           "\n"
                           "The exit status is the script's: 0, what it gives to std.exit(), 1 after an\n"
                           "uncaught error, 130 after Ctrl-C.\n";

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

static int handle(int signal_number, void (*handler)(int))
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    return sigaction(signal_number, &action, NULL) == 0 ? 0 : errno;
}

/* Carries out os.signal(). Ctrl-C keeps ending the script where the script has no
 * wish of its own. */
static int signal_action(void *payload, int signal_number, int action)
{
    (void)payload;
    if (action == ZMQJS_SIGNAL_HANDLE)
        return handle(signal_number, on_signal);
    if (action == ZMQJS_SIGNAL_IGNORE)
        return handle(signal_number, SIG_IGN);
    return handle(signal_number, signal_number == SIGINT ? on_interrupt : SIG_DFL);
}

static int print_version(void)
{
    int ours[3], libzmq[3];
    zmqjs_version(&ours[0], &ours[1], &ours[2]);
    zmqjs_libzmq_version(&libzmq[0], &libzmq[1], &libzmq[2]);
    printf("zmqjs %d.%d.%d (libzmq %d.%d.%d)\n", ours[0], ours[1], ours[2], libzmq[0], libzmq[1], libzmq[2]);
    return 0;
}

/* Reads "64M"; 0 is no size. */
static uint64_t size_of(const char *text)
{
    static const char units[] = "kMG";
    char *end;
    errno = 0;
    unsigned long long number = text[0] >= '0' && text[0] <= '9' ? strtoull(text, &end, 10) : 0;
    if (number == 0 || errno != 0)
        return 0;
    const char *unit = *end != '\0' ? strchr(units, *end) : NULL;
    if (*end != '\0' && (unit == NULL || end[1] != '\0'))
        return 0;
    int shift = unit != NULL ? 10 * (int)(unit - units + 1) : 0;
    return number <= UINT64_MAX >> shift ? number << shift : 0;
}

static int run(int argc, char **argv)
{
    int exit_status = 0;
    int inline_code = strcmp(argv[1], "-e") == 0;
    /* scriptArgs begins with the script's name; -e takes the place of one. */
    int first = inline_code ? 2 : 1;
    int status = zmqjs_vm_set_arguments(vm, (size_t)(argc - first), (const char *const *)argv + first);
    if (status == ZMQJS_OK)
        status = inline_code ? zmqjs_vm_evaluate(vm, "<cmdline>", argv[2], strlen(argv[2]), &exit_status)
                             : zmqjs_vm_run_file(vm, argv[1], &exit_status);
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
    zmqjs_vm_options options = {ZMQJS_ABI_VERSION, sizeof options, NULL, signal_action, 0};
    if (argc == 2 && strcmp(argv[1], "--help") == 0)
        return printf("%s%s", usage, help) < 0;
    if (argc == 2 && strcmp(argv[1], "--version") == 0)
        return print_version();
    int trace = argc > 1 && strcmp(argv[1], "--trace") == 0, stat = argc > 1 && strcmp(argv[1], "--stat") == 0;
    if (trace || stat) {
        argc--;
        argv++;
    }
    if (argc > 1 && strcmp(argv[1], "--memory-limit") == 0) {
        options.memory_limit = argc > 2 ? size_of(argv[2]) : 0;
        if (options.memory_limit == 0) {
            fprintf(stderr, "zmqjs: --memory-limit needs a number of bytes above 0, such as 64M\n%s", usage);
            return 2;
        }
        argc -= 2;
        argv += 2;
    }
    if (argc < 2 || (argv[1][0] == '-' && argv[1][1] != '\0' && (strcmp(argv[1], "-e") != 0 || argc < 3))) {
        fputs(usage, stderr);
        return 2;
    }
    if (zmqjs_vm_new(&options, &vm) != ZMQJS_OK) {
        fprintf(stderr, "zmqjs: %s\n", zmqjs_last_error());
        return 1;
    }
    handle(SIGINT, on_interrupt);
    if (trace)
        trace_start();
    if (stat && (errno = stat_start()) != 0) {
        perror("zmqjs: --stat");
        stat = 0;
    }
    int status = run(argc, argv);
    handle(SIGINT, SIG_DFL); /* a second Ctrl-C ends the wait for unsent messages */
    zmqjs_vm_free(vm);
    if (stat)
        stat_end();
    return status;
}
