/* my_host.c - the host of the test in CONTRIBUTING.md */
#include <stdio.h>
#include <string.h>

#include <zmqjs.h>

int main(void)
{
    static const char script[] = "print('what it prints')";
    zmqjs_vm *vm;
    if (zmqjs_vm_new(NULL, &vm) < 0 || zmqjs_vm_evaluate(vm, "script.js", script, strlen(script), NULL) < 0) {
        fprintf(stderr, "%s\n", zmqjs_last_error());
        return 1;
    }
    return zmqjs_vm_free(vm) < 0;
}
