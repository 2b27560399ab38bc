/* denied.h - system calls that transports need and a sandbox may deny (private header) */
#ifndef CORE_DENIED_H
#define CORE_DENIED_H

/*
 * Linux: the name of the first system call that a transport needs to bind or to connect and that the
 * process is denied, with errno; NULL if none is. libzmq would retry for ever, or end the process.
 * has_local_address: the endpoint names an address of this machine, for which libzmq lists the network
 * interfaces. Other systems: NULL.
 */
const char *core_denied_call(int binds, int has_local_address);

/* Whether a call with this result failed with errno because a filter (seccomp) denies it: a call with arguments for
 * which the kernel has another error. Linux only. */
int core_is_denied(long result);

#endif
