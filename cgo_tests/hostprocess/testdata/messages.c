/*
 * messages.c - sends and receives 1,000 messages
 *
 *     messages PLUGIN|LIBRARY|none
 */
#include <pthread.h>

#include "use.h"

static const char messages[] = "import * as zmq from 'zmq';\n"
                               "const context = new zmq.Context();\n"
                               "const pull = context.socket(zmq.PULL), push = context.socket(zmq.PUSH);\n"
                               "pull.bind('tcp://127.0.0.1:*');\n"
                               "push.connect(pull.last_endpoint);\n"
                               "for (let i = 0; i < 1000; i++) {\n"
                               "    push.send(`message ${i}`);\n"
                               "    if (pull.recv_str() !== `message ${i}`) throw new Error('another message');\n"
                               "}\n"
                               "push.close(), pull.close(), context.term();\n";

static void *run(void *argument)
{
    *(int *)argument = use_run(messages);
    return argument;
}

int main(int argc, char **argv)
{
    int results[3] = {1, 1, 1};
    pthread_t threads[2];
    if (argc != 2)
        return 2;
    use_load(argv[1]);
    for (int i = 0; i < 2; i++)
        if (pthread_create(&threads[i], NULL, run, &results[i]) != 0)
            return 2;
    run(&results[2]);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return results[0] != 0 || results[1] != 0 || results[2] != 0;
}
