/* vm.c - the bundled engine */
#include "abi.h"

#include <string.h>

static int action(void *payload, int number, int what)
{
    (void)payload, (void)number;
    return what;
}

static zmqjs_vm *open_it(struct input *input)
{
    union {
        zmqjs_vm_options options;
        char room[256]; /* of which a size may tell */
    } given = {{ZMQJS_ABI_VERSION, sizeof given.options, NULL, action, 0}};
    unsigned bits = take(input);
    zmqjs_vm *vm = (zmqjs_vm *)&given;
    if (bits & 1) given.options.signal_action = NULL;
    if (bits >> 4 == 1) given.options.abi_version = take(input);
    if (bits >> 4 == 2) given.options.size = take(input);
    calls_made++;
    if (zmqjs_vm_new(bits >> 4 == 3 ? NULL : &given.options, &vm) == ZMQJS_OK) return vm;
    CHECK(!vm && *zmqjs_last_error());
    return NULL;
}

static void evaluate_any(zmqjs_vm *vm, struct input *input)
{
    static const char *const sources[] = {
        "", "1 +", "throw 1", "for (;;);", "import * as os from 'os'; os.signal(2, () => 1)",
        "setTimeout(() => { throw 2 }, 0)", "import * as zmq from 'zmq'; new zmq.Poller().poll()",
        "import * as std from 'std'; std.exit(3)", "\xff\xfe", "import 'nothing'", "await 1",
    };
    unsigned which = choose(input, sizeof sources / sizeof *sources), bits = take(input);
    size_t length = strlen(sources[which]);
    int exit_status = -1;
    if (which == 3) zmqjs_vm_interrupt(vm);
    if (bits & 1 && which != 3) length = length / 2;
    calls_made++;
    int status = zmqjs_vm_evaluate(vm, bits & 2 ? NULL : bits & 4 ? "x.ts" : "x.js",
                                   bits >> 4 == 1 ? NULL : sources[which], length,
                                   bits & 8 ? NULL : &exit_status);
    if (status == ZMQJS_EXITED && !(bits & 8)) CHECK_INT(exit_status, 3);
}

static void use_one(zmqjs_vm *vm, struct input *input)
{
    static const char *const arguments[] = {"a", NULL, "b"};
    int exit_status;
    calls_made++;
    switch (choose(input, 8)) {
    case 0: zmqjs_vm_set_arguments(vm, choose(input, 4), choose(input, 2) ? NULL : arguments); break;
    case 1: zmqjs_vm_run_file(vm, choose(input, 2) ? NULL : "/nowhere/x.js", &exit_status); break;
    case 2: CHECK_STATUS(zmqjs_vm_interrupt(vm), ZMQJS_OK); break;
    case 3: zmqjs_vm_signal(vm, (int)choose(input, 70) - 2); break;
    default: evaluate_any(vm, input); break;
    }
}

void use_vm(struct input *input)
{
    zmqjs_vm *vm = open_it(input);
    if (!vm) return;
    for (unsigned i = choose(input, 4); i > 0; i--) use_one(vm, input);
    CHECK_STATUS(zmqjs_vm_free(vm), ZMQJS_OK);
    CHECK_STATUS(zmqjs_vm_interrupt(vm), ZMQJS_INVALID_ARGUMENT);
    CHECK_STATUS(zmqjs_vm_free(vm), ZMQJS_INVALID_ARGUMENT);
}
