#include "core.h"
#include "wait.h"

#include <limits.h>

#define pollfd pollfd_of_system /* WSAPOLLFD, which os_windows.h has under the other name */
#include <winsock2.h>

#include <windows.h>
#undef pollfd

_Static_assert(sizeof(struct pollfd) == sizeof(WSAPOLLFD) && offsetof(struct pollfd, events) == offsetof(WSAPOLLFD, events) &&
                   offsetof(struct pollfd, revents) == offsetof(WSAPOLLFD, revents),
               "pollfd is WSAPOLLFD");

/* ---- descriptors ---- */

static int start_error;

static void start_once(void)
{
    WSADATA data;
    start_error = WSAStartup(MAKEWORD(2, 2), &data); /* counted: libzmq and Go do the same */
}

static int start_sockets(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, start_once);
    return start_error;
}

int core_is_open(zmq_fd_t descriptor)
{
    int type = 0, size = sizeof type;
    return getsockopt(descriptor, SOL_SOCKET, SO_TYPE, (char *)&type, &size) == 0;
}

int core_is_listening(zmq_fd_t descriptor)
{
    int listens = 0, size = sizeof listens;
    return getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, (char *)&listens, &size) == 0 && listens != 0;
}

/* WSAPoll() neither ignores CORE_NO_FD nor counts numbers that are not sockets; and when the peer has
 * ended a stream, it sets POLLHUP without POLLIN. */
static int count_ready(struct pollfd *polled, size_t count)
{
    int ready = 0;
    for (size_t i = 0; i < count; i++) {
        short wanted = (short)(polled[i].events & POLLIN);
        if (polled[i].fd == CORE_NO_FD)
            polled[i].revents = 0;
        else if ((polled[i].revents & POLLHUP) != 0 && wanted != 0)
            polled[i].revents = (short)((polled[i].revents & ~POLLHUP) | wanted);
        ready += polled[i].revents != 0;
    }
    return ready;
}

/* WSAPoll() fails if there is nothing to poll, for POLLPRI, and if no number is a socket, for which it
 * sets POLLNVAL. */
int core_poll_sockets(struct pollfd *polled, size_t count, int timeout)
{
    size_t sockets = 0;
    for (size_t i = 0; i < count; i++) {
        polled[i].events &= (short)~POLLPRI;
        polled[i].revents = 0;
        sockets += polled[i].fd != CORE_NO_FD;
    }
    if (sockets == 0) {
        Sleep(timeout < 0 ? INFINITE : (DWORD)timeout);
        return 0;
    }
    if (WSAPoll((WSAPOLLFD *)(void *)polled, (ULONG)count, timeout) >= 0 || WSAGetLastError() == WSAENOTSOCK)
        return count_ready(polled, count);
    errno = WSAGetLastError() == WSAENOBUFS ? ENOMEM : EINVAL;
    return -1;
}

int core_poll_now(struct pollfd *polled, size_t count)
{
    return core_poll_sockets(polled, count, 0);
}

/* Streams and sockets have separate numbers. */
unsigned core_streams_hold(void)
{
    return 0;
}

void core_streams_release(unsigned held)
{
    (void)held;
}

/* Windows has no limit that a process reaches before its memory is exhausted. */
int core_descriptors_left(int count)
{
    (void)count;
    return 0;
}

/* ---- events: sockets of UDP that are connected to themselves ---- */

zmq_fd_t core_event_new(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int size = sizeof address, exclusive = 1;
    u_long on = 1;
    if (start_sockets() != 0) {
        errno = ENOBUFS;
        return CORE_NO_FD;
    }
    SOCKET event = WSASocketW(AF_INET, SOCK_DGRAM, IPPROTO_UDP, NULL, 0, WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
    if (event == INVALID_SOCKET) {
        errno = EMFILE;
        return CORE_NO_FD;
    }
    /* Otherwise another process could bind to the same port, and get the datagrams. */
    if (setsockopt(event, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, (char *)&exclusive, sizeof exclusive) != 0 ||
        bind(event, (struct sockaddr *)&address, size) != 0 ||
        getsockname(event, (struct sockaddr *)&address, &size) != 0 ||
        connect(event, (struct sockaddr *)&address, size) != 0 || ioctlsocket(event, FIONBIO, &on) != 0) {
        closesocket(event);
        errno = ENOBUFS;
        return CORE_NO_FD;
    }
    core_event_reset(event); /* anyone could send to it before it was connected */
    return event;
}

/* The buffer may be full, of an event that is set. But the system may also be short of memory, and
 * Wine 8 refuses a datagram while another thread has not left send() yet. */
void core_event_set(zmq_fd_t event)
{
    struct pollfd polled = {.fd = event, .events = POLLIN};
    while (send(event, "", 1, 0) != 1) {
        int error = WSAGetLastError();
        if ((error != WSAEWOULDBLOCK && error != WSAENOBUFS) || core_poll_now(&polled, 1) != 0)
            break;
        SwitchToThread();
    }
}

int core_event_reset(zmq_fd_t event)
{
    char byte;
    int was_set = 0;
    while (recv(event, &byte, sizeof byte, 0) > 0)
        was_set = 1;
    return was_set;
}

void core_event_close(zmq_fd_t event)
{
    closesocket(event);
}

/* ---- threads ---- */

/* In Wine 8 FlushProcessWriteBuffers() does nothing. */
int core_has_barrier(void)
{
    return GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version") == NULL;
}

int core_barrier(void)
{
    FlushProcessWriteBuffers();
    return 0;
}

/* In whole milliseconds, rounded up, up to the longest wait of that function. */
static DWORD milliseconds_until(int64_t deadline)
{
    int64_t left = (deadline - core_now() + 999999) / 1000000;
    return left <= 0 ? 0 : left < INT32_MAX ? (DWORD)left : INT32_MAX;
}

void core_word_change(core_word *word)
{
    atomic_fetch_add(word, 1);
    WakeByAddressAll(word);
}

void core_word_wait(core_word *word, uint32_t seen, int64_t deadline)
{
    WaitOnAddress(word, &seen, sizeof seen, milliseconds_until(deadline));
}

int core_is_on_stack(uintptr_t address)
{
    ULONG_PTR low, high;
    GetCurrentThreadStackLimits(&low, &high);
    return address >= low && address < high;
}

/* There is no fork(). */
void core_after_fork(void (*child)(void))
{
    (void)child;
}

/* ---- the process ---- */

/* A DLL's own atexit() runs its functions after the process has ended all other threads. So the
 * function is registered with the C libraries themselves, which run it in exit(): msvcrt, and
 * the one of newer compilers if the process has it. If the program exits by another one, it runs
 * too late, which core_is_alone reports. */
void core_at_exit(void (*routine)(void))
{
    typedef int(__cdecl * function)(void);
    typedef function(__cdecl * take_function)(function);
    static const struct {
        const wchar_t *library;
        const char *name;
    } lists[] = {{L"msvcrt.dll", "_onexit"}, {L"ucrtbase.dll", "_crt_atexit"}};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        HMODULE library = GetModuleHandleW(lists[i].library);
        FARPROC take = library != NULL ? GetProcAddress(library, lists[i].name) : NULL;
        if (take != NULL)
            ((take_function)(void (*)(void))take)((function)(void (*)(void))routine);
    }
}

/* ---- programs and shared libraries ---- */

core_module core_module_of(const void *address)
{
    enum { MODULES = 4, LONGEST = 4096 };
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static struct {
        const void *base;
        char path[LONGEST]; /* UTF-8 */
    } known[MODULES];
    HMODULE module = NULL;
    wchar_t path[LONGEST];
    if (!GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                            (LPCWSTR)address, &module))
        return (core_module){NULL, ""};
    core_module found = {module, ""};
    pthread_mutex_lock(&lock);
    for (int i = 0; i < MODULES; i++) {
        if (known[i].base == NULL) {
            if (GetModuleFileNameW(module, path, LONGEST) == 0 ||
                WideCharToMultiByte(CP_UTF8, 0, path, -1, known[i].path, LONGEST, NULL, NULL) == 0)
                known[i].path[0] = '\0';
            known[i].base = module;
        }
        if (known[i].base == module) {
            found.path = known[i].path;
            break;
        }
    }
    pthread_mutex_unlock(&lock);
    return found;
}

/* ---- memory ---- */

void *core_pages_new(size_t size)
{
    return VirtualAlloc(NULL, size, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
}

void core_pages_free(void *pages, size_t size)
{
    (void)size;
    VirtualFree(pages, 0, MEM_RELEASE);
}
