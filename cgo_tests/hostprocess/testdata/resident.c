/*
 * resident.c - prints how much memory the process has, in KiB, when a library is loaded
 *
 *     resident LIBRARY
 */
#include <dlfcn.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    FILE *status = fopen("/proc/self/status", "r");
    char line[200];
    int kibibytes = 0;
    if (argc != 2 || status == NULL)
        return 2;
    if (dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        return 2;
    }
    while (kibibytes == 0 && fgets(line, sizeof line, status) != NULL)
        if (sscanf(line, "VmRSS: %d", &kibibytes) != 1)
            kibibytes = 0;
    fclose(status);
    printf("%d\n", kibibytes);
    return kibibytes == 0;
}
