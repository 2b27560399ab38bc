/* Calls the bundled engine of a library, and prints the answer. */
#include <stdio.h>

#include <zmqjs.h>

int main(void)
{
    zmqjs_vm *vm = NULL;
    int status = zmqjs_vm_new(NULL, &vm);
    printf("%s\n", status == ZMQJS_UNAVAILABLE ? "unavailable" : status == ZMQJS_OK ? "ok" : "other");
    printf("%s\n", vm == NULL ? "no vm" : "vm");
    printf("%s\n", status < 0 ? zmqjs_last_error() : "no error");
    printf("%s\n", zmqjs_functions(NULL) != NULL ? "module" : "no module");
    return 0;
}
