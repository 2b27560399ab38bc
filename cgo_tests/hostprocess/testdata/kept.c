/* kept.c - a program with libzmq and the library linked in: prints whose libzmq is used */
#include <stdio.h>
#include <zmq.h>

#include "zmqjs.h"

int main(void)
{
    void *context = zmq_ctx_new();
    void *socket = zmq_socket(context, ZMQ_PUSH);
    if (socket == NULL || zmqjs_functions(NULL) == NULL)
        return 1;
    puts(zmqjs_libzmq_path());
    zmq_close(socket);
    zmq_ctx_term(context);
    return 0;
}
