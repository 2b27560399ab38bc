/* system_linux.c - the system's part of check.h, with /proc */
#define _GNU_SOURCE
#include "system.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void need_ipc(void) {}

static char nobody_endpoint[64];

static void name_nobody(void)
{
    snprintf(nobody_endpoint, sizeof nobody_endpoint, "ipc://@zmqjs-%d-nobody", (int)getpid());
}

const char *nobody(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, name_nobody);
    return nobody_endpoint;
}

int pollable_descriptor(void) { return STDERR_FILENO; }

void socket_close(int socket) { close(socket); }

static size_t entries(const char *path)
{
    DIR *directory = opendir(path);
    if (!directory) FAIL("cannot read %s", path);
    size_t count = 0;
    for (struct dirent *entry; (entry = readdir(directory));) count += entry->d_name[0] != '.';
    closedir(directory);
    return count;
}

int descriptor_count(void) { return (int)entries("/proc/self/fd") - 1; /* without readdir's own */ }

int poller_descriptors(void) { return 1; } /* of epoll */

size_t thread_names(char (**names)[16])
{
    size_t count = 0, room = entries("/proc/self/task") + 64;
    *names = calloc(room, sizeof **names);
    DIR *directory = opendir("/proc/self/task");
    if (!*names || !directory) FAIL("cannot list the threads");
    for (struct dirent *entry; (entry = readdir(directory)) && count < room;) {
        char path[64];
        snprintf(path, sizeof path, "/proc/self/task/%.20s/comm", entry->d_name);
        FILE *file = entry->d_name[0] == '.' ? NULL : fopen(path, "r");
        if (!file) continue;
        if (fscanf(file, "%15[^\n]", (*names)[count]) == 1) count++;
        fclose(file);
    }
    closedir(directory);
    return count;
}

size_t resident_kib(void)
{
    unsigned long size = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file || fscanf(file, "%lu %lu", &size, &resident) != 2) FAIL("cannot read statm");
    fclose(file);
    return resident * (size_t)sysconf(_SC_PAGESIZE) / 1024;
}

int is_asleep(pid_t id)
{
    char path[64], line[128], state = 0;
    snprintf(path, sizeof path, "/proc/self/task/%d/status", (int)id);
    FILE *file = fopen(path, "r");
    while (file && !state && fgets(line, sizeof line, file)) sscanf(line, "State: %c", &state);
    if (file) fclose(file);
    return state == 'S';
}

void handle_signal(int signal_number, void (*handler)(int), int flags)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = flags;
    sigemptyset(&action.sa_mask);
    if (sigaction(signal_number, &action, NULL) != 0)
        FAIL("cannot handle signal %d", signal_number);
}
