/* system_windows.c - the system's part of check.h */
#include "system.h"

#include <stdlib.h>

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <psapi.h>

void need_ipc(void) { skip("libzmq has no ipc on Windows"); }

static char nobody_endpoint[64];

static void name_nobody(void) { socket_deaf(nobody_endpoint, sizeof nobody_endpoint); }

const char *nobody(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, name_nobody);
    return nobody_endpoint;
}

int pollable_descriptor(void)
{
    static int descriptor;
    if (!descriptor) descriptor = (int)socket(AF_INET, SOCK_DGRAM, 0);
    return descriptor;
}

void socket_close(int socket)
{
    int __stdcall closesocket(uintptr_t socket);
    closesocket((uintptr_t)socket);
}

/* Handles that are sockets: Go opens others when it likes. Small numbers are used first, and behind as many
 * unused ones there is none. For Wine 8 GetProcessHandleCount() is always 0. */
int descriptor_count(void)
{
    enum { SOL_SOCKET = 0xffff, SO_TYPE = 0x1008, UNUSED = 256 };
    int __stdcall getsockopt(uintptr_t socket, int level, int option, char *value, int *size);
    int count = 0, unused = 0;
    DWORD flags;
    for (uintptr_t handle = 4; unused < UNUSED; handle += 4) {
        int type, size = sizeof type;
        unused = GetHandleInformation((HANDLE)handle, &flags) ? 0 : unused + 1;
        count += unused == 0 && getsockopt(handle, SOL_SOCKET, SO_TYPE, (char *)&type, &size) == 0;
    }
    return count;
}

int poller_descriptors(void) { return 0; }

size_t thread_names(char (**names)[16])
{
    (void)names;
    skip("threads have no names that could be read");
}

size_t resident_kib(void)
{
    PROCESS_MEMORY_COUNTERS counters;
    if (!GetProcessMemoryInfo(GetCurrentProcess(), &counters, sizeof counters)) FAIL("cannot read the memory's size");
    return counters.WorkingSetSize / 1024;
}

/* A thread in a system call is about to return into ntdll.dll. */
int is_asleep(pid_t id)
{
    CONTEXT context = {.ContextFlags = CONTEXT_CONTROL};
    HMODULE module = NULL;
    HANDLE thread = OpenThread(THREAD_SUSPEND_RESUME | THREAD_GET_CONTEXT, FALSE, (DWORD)id);
    if (!thread) FAIL("cannot look at a thread");
    BOOL known = SuspendThread(thread) != (DWORD)-1 && GetThreadContext(thread, &context);
    ResumeThread(thread);
    CloseHandle(thread);
    return known &&
           GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                              (LPCWSTR)(uintptr_t)context.Rip, &module) &&
           module == GetModuleHandleW(L"ntdll.dll");
}

void handle_signal(int signal_number, void (*handler)(int), int flags)
{
    (void)signal_number, (void)handler, (void)flags;
    skip("Windows has no such signals");
}
