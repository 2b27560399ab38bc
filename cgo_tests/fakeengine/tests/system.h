/* system.h - what system.c needs of a file for each operating system, which has part of check.h too */
#ifndef SYSTEM_H
#define SYSTEM_H

#include "check.h"

/* Whether a thread of this process sleeps in the kernel. */
int is_asleep(pid_t id);

#endif
