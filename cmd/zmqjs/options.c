#include "options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: zmqjs [--trace | --stat] [--json] [--memory-limit N] {-e CODE | FILE | -} [ARGUMENTS...]\n"
    "       zmqjs -h | --help | --version\n";
static const char help[] = "\n"
                           "Runs JavaScript (.js, .mjs) or TypeScript (.ts) with the modules zmq, std and os.\n"
                           "\n"
                           "  FILE         the script; - is standard input\n"
                           "  -e CODE      the script itself\n"
                           "  ARGUMENTS    scriptArgs has them, after the script's name\n"
                           "  --trace      print each message and each event of a socket to standard error\n"
                           "  --stat       print a table of the sockets every second, to standard error\n"
                           "  --json       print these as lines of JSON\n"
                           "  --memory-limit N\n"
                           "               end the script when it needs more than N bytes of memory\n"
                           "               (N may end in k, M or G: times 1024, 1024^2, 1024^3)\n"
                           "  -h, --help   print this text\n"
                           "  --version    print the versions of zmqjs and of libzmq\n"
                           "\n"
                           "The exit status is the argument of std.exit(), 0 at the end of the script, 1 after an\n"
                           "uncaught error, 2 after a wrong command line, 130 after Ctrl-C.\n";

int options_help(void)
{
    return printf("%s%s", usage, help) < 0;
}

static int refuse(const char *problem, const char *argument)
{
    fprintf(stderr, "zmqjs: %s%s\n%s", problem, argument, usage);
    return 0;
}

/* Reads "64M"; 0 if it is not a size. */
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

int options_read(options *result, int argc, char **argv)
{
    int i = 1;
    memset(result, 0, sizeof *result);
    for (; i < argc && argv[i][0] == '-' && argv[i][1] != '\0'; i++) {
        const char *option = argv[i];
        if (strcmp(option, "-h") == 0 || strcmp(option, "--help") == 0 || strcmp(option, "--version") == 0) {
            result->command = strcmp(option, "--version") == 0 ? VERSION : HELP;
            return argc == 2 || refuse("no other arguments go with ", option);
        }
        if (strcmp(option, "--trace") == 0)
            result->trace = 1;
        else if (strcmp(option, "--stat") == 0)
            result->stat = 1;
        else if (strcmp(option, "--json") == 0)
            result->json = 1;
        else if (strcmp(option, "--memory-limit") == 0) {
            result->memory_limit = i + 1 < argc ? size_of(argv[++i]) : 0;
            if (result->memory_limit == 0)
                return refuse("--memory-limit needs a number of bytes above 0, such as 64M", "");
        } else if (strcmp(option, "-e") == 0) {
            result->inline_code = 1;
            i++;
            break;
        } else
            return refuse("unknown option ", option);
    }
    if (i >= argc)
        return refuse(result->inline_code ? "-e needs the code of a script" : "no script is named", "");
    if (result->trace && result->stat)
        return refuse("--trace and --stat exclude each other", "");
    if (result->json && !result->trace && !result->stat)
        return refuse("--json needs --trace or --stat", "");
    result->script = argv + i;
    result->count = argc - i;
    return 1;
}
