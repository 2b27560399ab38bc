/* A host for Microsoft's ABI that runs a script in the bundled engine. It has no C library: the test needs none of
 * Microsoft's files. */
#include <zmqjs.h>

__declspec(dllimport) void __stdcall ExitProcess(unsigned status);
__declspec(dllimport) void *__stdcall GetStdHandle(unsigned long number);
__declspec(dllimport) int __stdcall WriteFile(void *file, const void *data, unsigned long size, unsigned long *written,
                                              void *overlapped);

static const unsigned long standard_error = (unsigned long)-12;

static const char script[] = "import * as zmq from 'zmq';"
                             "const context = new zmq.Context();"
                             "const a = context.socket(zmq.PAIR), b = context.socket(zmq.PAIR);"
                             "a.bind('inproc://pair'); b.connect('inproc://pair');"
                             "a.send('received'); print(b.recv_str());";

static void fail(const char *text)
{
    unsigned long length = 0, written;
    while (text[length] != 0)
        length++;
    WriteFile(GetStdHandle(standard_error), text, length, &written, 0);
    ExitProcess(1);
}

void begin(void)
{
    zmqjs_vm *vm = 0;
    int exit_status = 0;
    if (zmqjs_vm_new(0, &vm) != ZMQJS_OK ||
        zmqjs_vm_evaluate(vm, "pair.js", script, sizeof script - 1, &exit_status) != ZMQJS_OK)
        fail(zmqjs_last_error());
    if (zmqjs_vm_free(vm) != ZMQJS_OK)
        fail(zmqjs_last_error());
    ExitProcess(0);
}
