/* The one function of bcryptprimitives.dll that Go calls. Wine 8 does not have this DLL. */
#include <windows.h>

#include <ntsecapi.h> /* RtlGenRandom: SystemFunction036 of advapi32.dll */

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size)
{
    while (size > 0) {
        ULONG count = size < MAXLONG ? (ULONG)size : MAXLONG;
        if (!RtlGenRandom(data, count))
            abort();
        data += count;
        size -= count;
    }
    return TRUE;
}
