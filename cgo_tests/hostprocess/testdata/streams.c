/*
 * streams.c - a host that closes standard descriptors
 *
 *     streams PLUGIN|LIBRARY|none before|after|between DIGITS
 *
 * closes those of the digits: before loading, after it, or between two scripts; and tells what
 * they are afterwards. The report goes to a copy of the standard output.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "use.h"

enum { REPORT = 100 };

/* Prints, on every stream that a script has, more often than a counter of the system's can take;
 * and opens files. With an engine of the host's, scripts have no streams. */
static const char streams[] = "import * as std from 'std';\n"
                              "for (let i = 0; i < 40; i++) { console.log('line', i); print('line', i); }\n"
                              "const file = std.tmpfile();\n"
                              "for (const stream of [std.out, std.err]) {\n"
                              "    stream.puts('line for no file\\n');\n"
                              "    stream.flush();\n"
                              "}\n"
                              "file.puts('text');\n"
                              "file.seek(0, std.SEEK_SET);\n"
                              "if (file.readAsString() !== 'text') throw new Error('the file has other text');\n"
                              "file.close();\n";

static void close_all(const char *digits)
{
    for (; *digits != '\0'; digits++)
        close(*digits - '0');
}

static const char *able(ssize_t done) { return done >= 0 ? "done" : strerror(errno); }

/* Reading and writing reveals the kind of a descriptor. */
static void tell(const char *when, const char *digits)
{
    for (; *digits != '\0'; digits++) {
        char byte = 'x';
        int number = *digits - '0';
        dprintf(REPORT, "%s: %d is %s\n", when, number, fcntl(number, F_GETFD) >= 0 ? "there" : "closed");
        dprintf(REPORT, "%s: reading %d: %s\n", when, number, able(read(number, &byte, 1)));
        dprintf(REPORT, "%s: writing %d: %s\n", when, number, able(write(number, &byte, 1)));
    }
}

static void use(void)
{
    if ((use_is_bundled() && use_run(streams) != 0) || use_run(use_message) != 0)
        dprintf(REPORT, "a script has failed\n");
}

int main(int argc, char **argv)
{
    int pair[2];
    if (argc != 4 || dup2(1, REPORT) != REPORT)
        return 2;
    if (strcmp(argv[2], "before") == 0)
        close_all(argv[3]);
    use_load(argv[1]);
    if (strcmp(argv[2], "before") == 0)
        tell("loaded", argv[3]);
    if (strcmp(argv[2], "between") == 0)
        use();
    if (strcmp(argv[2], "before") != 0)
        close_all(argv[3]);
    use();
    use();
    tell("used", argv[3]);
    /* The host can make the descriptor its own again. (Without the library, pipe2() may return it.) */
    if (pipe2(pair, O_CLOEXEC) != 0)
        return 2;
    int reading = fcntl(pair[0], F_DUPFD_CLOEXEC, REPORT), writing = fcntl(pair[1], F_DUPFD_CLOEXEC, REPORT);
    if (reading < 0 || writing < 0 || dup2(writing, argv[3][0] - '0') < 0)
        return 2;
    if (write(argv[3][0] - '0', "text", 4) != 4)
        return 2;
    use();
    dprintf(REPORT, "done\n");
    return 0;
}
