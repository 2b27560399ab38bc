/*
 * Go's runtime reads settings from the environment when it starts. They are the host's, perhaps for
 * a Go program that it runs, and bad values would end the process. Therefore these entries are
 * renamed until Go has copied them; scripts of the bundled engine see the original names
 * (jsglue/gojavm/environment.go).
 */
#include "host_signals_linux.h"

#include <string.h>

static const char *const names[] = {"GODEBUG=", "GOGC=", "GOMEMLIMIT=", "GOMAXPROCS=", "GOTRACEBACK="};

enum { NAMES = sizeof names / sizeof *names, HIDDEN = 64, HIDING = '\1' };

static char *hidden[HIDDEN]; /* a name can occur more than once */
static int count;

static int is_setting(const char *entry)
{
    for (int i = 0; i < NAMES; i++)
        if (strncmp(entry, names[i], strlen(names[i])) == 0)
            return 1;
    return 0;
}

void go_environment_hide(char **environment)
{
    for (char **entry = environment; *entry != NULL && count < HIDDEN; entry++) {
        if (!is_setting(*entry))
            continue;
        hidden[count++] = *entry;
        **entry = HIDING;
    }
}

void go_environment_show(void)
{
    while (count > 0)
        *hidden[--count] = 'G';
}
