#include "system.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include <windows.h>

#include <shellapi.h>

static char *utf8(const wchar_t *text)
{
    int size = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
    char *converted = malloc((size_t)size);
    if (converted != NULL)
        WideCharToMultiByte(CP_UTF8, 0, text, -1, converted, size, NULL, NULL);
    return converted;
}

/* main() has them in the code page of the process. */
char **system_arguments(int *count, char **arguments)
{
    (void)arguments;
    wchar_t **wide = CommandLineToArgvW(GetCommandLineW(), count);
    char **list = wide != NULL ? calloc((size_t)*count + 1, sizeof *list) : NULL;
    for (int i = 0; list != NULL && i < *count; i++) {
        list[i] = utf8(wide[i]);
        if (list[i] == NULL)
            return NULL;
    }
    LocalFree(wide);
    return list;
}

/* A signal of the C library takes its handler away; Ctrl-C comes on a thread of its own. */
static void (*volatile handlers[NSIG])(int);

static void dispatch(int signal_number)
{
    signal(signal_number, dispatch);
    handlers[signal_number](signal_number);
}

int system_handle(int signal_number, void (*handler)(int))
{
    if (signal_number <= 0 || signal_number >= NSIG)
        return EINVAL;
    int own = handler != SIG_DFL && handler != SIG_IGN;
    if (own)
        handlers[signal_number] = handler;
    return signal(signal_number, own ? dispatch : handler) == SIG_ERR ? errno : 0;
}

int system_start_thread(pthread_t *thread, void *(*routine)(void *))
{
    return pthread_create(thread, NULL, routine, NULL);
}

clockid_t system_condition(pthread_cond_t *condition)
{
    pthread_cond_init(condition, NULL);
    return CLOCK_REALTIME;
}

/* tmpfile() makes its file in the root directory, where a user may not write. */
FILE *system_open_text(void)
{
    wchar_t directory[MAX_PATH + 1], name[MAX_PATH];
    if (GetTempPathW(MAX_PATH + 1, directory) == 0 || GetTempFileNameW(directory, L"zmq", 0, name) == 0)
        return NULL;
    return _wfopen(name, L"w+bTDN"); /* removed when it is closed; no child inherits it */
}

char *system_close_text(FILE *stream)
{
    long size = ftell(stream);
    char *text = size >= 0 ? malloc((size_t)size + 1) : NULL;
    rewind(stream);
    if (text != NULL)
        text[fread(text, 1, (size_t)size, stream)] = '\0';
    fclose(stream);
    return text;
}
