/* Windows' own headers have macros and functions with names like TEXT and send: only os_windows.c includes them. */
#ifndef CORE_OS_WINDOWS_H
#define CORE_OS_WINDOWS_H

/* How the C library interprets formats of printf(), for the attribute format: as in C99, by
 * __USE_MINGW_ANSI_STDIO. */
#define CORE_PRINTF gnu_printf

/* WSAPOLLFD, and its events. */
struct pollfd {
    zmq_fd_t fd;
    short events, revents;
};
enum { POLLERR = 0x1, POLLHUP = 0x2, POLLNVAL = 0x4, POLLOUT = 0x10, POLLIN = 0x300, POLLPRI = 0x400 };

int core_poll_sockets(struct pollfd *polled, size_t count, int timeout);

static inline int core_poll(struct pollfd *polled, size_t count, int timeout)
{
    return core_poll_sockets(polled, count, timeout);
}

__declspec(dllimport) unsigned char __stdcall RtlDllShutdownInProgress(void);

static inline int core_is_alone(void)
{
    return RtlDllShutdownInProgress();
}

__declspec(dllimport) unsigned long __stdcall GetCurrentThreadId(void);

static inline uintptr_t core_thread(void)
{
    return GetCurrentThreadId(); /* a multiple of 4 */
}

/* Windows has none. */
typedef char core_signals;

static inline void core_signals_block(core_signals *before)
{
    *before = 0;
}

static inline void core_signals_hold(core_signals *before)
{
    *before = 0;
}

static inline void core_signals_restore(const core_signals *before)
{
    (void)before;
}

#endif
