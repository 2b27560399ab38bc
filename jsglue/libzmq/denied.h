/* denied.h - system calls that transports need and a sandbox may deny (private header) */
#ifndef CORE_DENIED_H
#define CORE_DENIED_H

/*
 * The name of the first system call that a transport needs to bind or to connect and that the
 * process is denied, with errno; NULL if none is. libzmq would retry for ever, or end the process.
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
