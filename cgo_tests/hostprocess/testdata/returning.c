/*
 * returning.c - main returns while another thread is in a script
 *
 *     returning PLUGIN|LIBRARY|none wait|busy MICROSECONDS
 *
 * The thread waits for a message that never comes, or sends and receives without an end. It prints what
 * its calls throw.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "use.h"

static const char begin[] = "import * as zmq from 'zmq';\n"
                            "const say = typeof print === 'function' ? print : console.log;\n"
                            "try {\n"
                            "const context = new zmq.Context();\n"
                            "const pull = context.socket(zmq.PULL), push = context.socket(zmq.PUSH);\n"
                            "pull.bind('inproc://here');\n"
                            "push.connect('inproc://here');\n";
static const char waits[] = "    pull.recv();\n";
static const char is_busy[] = "    for (;;) {\n"
                              "        push.send('text');\n"
                              "        pull.recv();\n"
                              "    }\n";
static const char end[] = "} catch (error) {\n"
                          "    say(`${error.code}: ${error.message}`);\n"
                          "}\n";

static char script[2000];

static void *run(void *unused)
{
    use_run(script);
    for (;;)
        pause();
    return unused;
}

int main(int argc, char **argv)
{
    pthread_t thread;
    if (argc != 4)
        return 2;
    const struct timespec moment = {0, 1000L * atoi(argv[3])};
    setvbuf(stdout, NULL, _IOLBF, 0);
    use_load(argv[1]);
    snprintf(script, sizeof script, "%s%s%s", begin, strcmp(argv[2], "wait") == 0 ? waits : is_busy, end);
    if (pthread_create(&thread, NULL, run, NULL) != 0)
        return 2;
    nanosleep(&moment, NULL);
    return 7;
}
