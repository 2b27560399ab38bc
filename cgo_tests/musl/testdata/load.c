/* load.c - loads the library by dlopen(), after a line about the arguments of constructors */
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

int other_was_given(char **arguments);

int main(int argc, char **argv)
{
    uint32_t (*abi_version)(void);
    printf("constructors get %s\n", other_was_given(argv) ? "arguments" : "none");
    void *library = argc == 2 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
    void *symbol = library ? dlsym(library, "zmqjs_abi_version") : NULL;
    if (!symbol) {
        printf("%s\n", dlerror());
        return 1;
    }
    memcpy(&abi_version, &symbol, sizeof symbol);
    printf("loaded\n");
    return abi_version() > 0 ? 0 : 1;
}
