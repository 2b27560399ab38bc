/* vm.c - see vm.h */
#define _GNU_SOURCE
#include "vm.h"

#include <string.h>
#include <unistd.h>

struct asked asked;

static int signal_action(void *payload, int number, int action)
{
    CHECK(payload == &asked);
    asked.number = number;
    asked.action = action;
    asked.thread = gettid();
    asked.calls++;
    ATOMIC_STORE(asked.seen[number], 1);
    return asked.answer;
}

const zmqjs_vm_options vm_options = {ZMQJS_ABI_VERSION, sizeof vm_options, &asked, signal_action, 0};

zmqjs_vm *vm_open(void)
{
    zmqjs_vm *vm;
    int status = zmqjs_vm_new(&vm_options, &vm);
    if (status == ZMQJS_UNAVAILABLE) skip("this build of the library has no engine of its own");
    CHECK_STATUS(status, ZMQJS_OK);
    CHECK(vm);
    return vm;
}

void vm_close(zmqjs_vm *vm) { CHECK_STATUS(zmqjs_vm_free(vm), ZMQJS_OK); }

int evaluate(zmqjs_vm *vm, const char *source)
{
    return zmqjs_vm_evaluate(vm, "test.js", source, strlen(source), NULL);
}

int told(int number)
{
    return __atomic_exchange_n(&asked.seen[number], 0, __ATOMIC_SEQ_CST);
}

void wait_until_told(int number)
{
    for (double end = now() + 100; !told(number); pause_ms(1))
        if (now() > end) FAIL("the script has not reported %d", number);
}

void one_vm_life(void)
{
    zmqjs_vm *vm = vm_open();
    CHECK_STATUS(evaluate(vm, "import * as zmq from 'zmq'; const c = new zmq.Context();"
                              "const a = c.socket(zmq.PUSH), b = c.socket(zmq.PULL);"
                              "b.bind('inproc://x'); a.connect('inproc://x');"
                              "a.send('text'); if (b.recv_str() !== 'text') throw 1"),
                 ZMQJS_OK);
    vm_close(vm);
}
