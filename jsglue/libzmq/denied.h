/* denied.h - system calls that transports need and a sandbox may deny (private header) */
#ifndef CORE_DENIED_H
#define CORE_DENIED_H

/*
 * The first system call that a transport needs to bind, or to connect, and that the process may not
 * do, by its name, with errno; NULL: none is denied. libzmq would try again for ever, or end the process.
 */
#ifdef __linux__
const char *core_denied_call(int binds);
#else
static inline const char *core_denied_call(int binds)
{
    (void)binds;
    return NULL;
}
#endif

#endif
