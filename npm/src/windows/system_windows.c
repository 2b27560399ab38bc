#include "system.h"

#include <errno.h>
#include <string.h>
#include <winsock2.h>

#include <windows.h>

int system_duplicate(int descriptor, system_socket *duplicate)
{
    WSAPROTOCOL_INFOW info;
    if (WSADuplicateSocketW((SOCKET)descriptor, GetCurrentProcessId(), &info) != 0)
        return EBADF;
    *duplicate = WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &info, 0,
                            WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
    return *duplicate == INVALID_SOCKET ? EMFILE : 0;
}

void system_close(system_socket descriptor)
{
    closesocket(descriptor);
}

void *system_function(const char *name)
{
    void *function = NULL;
    FARPROC found = GetProcAddress(GetModuleHandleW(NULL), name);
    memcpy(&function, &found, sizeof function);
    return function;
}

int system_thread_start(pthread_t *thread, void *(*run)(void *argument), void *argument)
{
    return pthread_create(thread, NULL, run, argument);
}

/* Node contains the C library, whose list of such functions is not accessible, and a DLL's own
 * functions run when the other threads have ended. */
int system_at_exit(void (*run)(void))
{
    (void)run;
    return ENOSYS;
}
