/*
 * Windows has no signals that could interrupt Go on a thread, and Go passes on exceptions of other
 * code. When the library is loaded, Go starts on a thread of its own, which cannot run until the
 * loader releases its lock; so the first call waits for it, not the load.
 */
#include "capi.h"

#include <windows.h>

#include "_cgo_export.h"

/* mingw's werapi.h, which declares them, does not compile. */
HRESULT WINAPI WerGetFlags(HANDLE process, PDWORD flags);
HRESULT WINAPI WerSetFlags(DWORD flags);

void host_signals_block(signal_mask *before)
{
    before->outer = NULL;
}

void host_signals_restore(const signal_mask *before)
{
    (void)before;
}

const signal_mask *host_callback_begin(void)
{
    return NULL;
}

void host_callback_end(const signal_mask *left)
{
    (void)left;
}

/* Settings of the process that Go changes when it starts, as they were before. */
static struct {
    UINT error_mode;
    int reporting_known;
    DWORD reporting;
    int boost_known;
    BOOL no_boost;
} at_load;

__attribute__((constructor(101))) static void before_go(void)
{
    HANDLE process = GetCurrentProcess();
    HMODULE module;
    at_load.error_mode = GetErrorMode();
    at_load.reporting_known = WerGetFlags(process, &at_load.reporting) == S_OK;
    at_load.boost_known = GetProcessPriorityBoost(process, &at_load.no_boost);
    /* Go cannot be unloaded. */
    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_PIN,
                       (LPCWSTR)(const void *)&at_load, &module);
}

static void start(void)
{
    goStarted(); /* waits until Go is up */
    SetErrorMode(at_load.error_mode);
    if (at_load.reporting_known)
        WerSetFlags(at_load.reporting);
    if (at_load.boost_known)
        SetProcessPriorityBoost(GetCurrentProcess(), at_load.no_boost);
}

/* Go opens no descriptors here, but every call begins with this. */
int go_descriptors_open(const char **call)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    (void)call;
    pthread_once(&once, start);
    return 0;
}

int go_descriptors_lost(void)
{
    return 0;
}
