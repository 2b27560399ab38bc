#ifndef CORE_OS_DARWIN_H
#define CORE_OS_DARWIN_H

#include "os_unix.h"

static inline uintptr_t core_thread(void)
{
    return (uintptr_t)pthread_self();
}

#endif
