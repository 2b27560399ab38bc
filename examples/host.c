/* A program without a JavaScript engine of its own runs a script that uses zmq:
 * cc host.c $(pkg-config --cflags --libs zmqjs) */
#include <stdio.h>
#include <string.h>

#include <zmqjs.h>

static const char script[] = "import * as zmq from 'zmq';\n"
                             "const context = new zmq.Context();\n"
                             "const receiver = context.socket(zmq.PULL);\n"
                             "receiver.bind('inproc://greetings');\n"
                             "const sender = context.socket(zmq.PUSH);\n"
                             "sender.connect('inproc://greetings');\n"
                             "sender.send(`hello ${scriptArgs[1]}`);\n"
                             "console.log('received:', receiver.recv_str());\n";

int main(void)
{
    const char *const arguments[] = {"greetings.js", "world"};
    int version[3], exit_status = 0;
    zmqjs_vm *vm;

    zmqjs_version(&version[0], &version[1], &version[2]);
    printf("zmqjs %d.%d.%d\n", version[0], version[1], version[2]);
    fflush(stdout); /* the script's output does not pass through stdio */
    int status = zmqjs_vm_new(NULL, &vm);
    if (status == ZMQJS_OK)
        status = zmqjs_vm_set_arguments(vm, 2, arguments);
    if (status == ZMQJS_OK)
        status = zmqjs_vm_evaluate(vm, arguments[0], script, strlen(script), &exit_status);
    if (status < 0) {
        fprintf(stderr, "%s\n", zmqjs_last_error());
        exit_status = 1;
    }
    zmqjs_vm_free(vm);
    return exit_status;
}
