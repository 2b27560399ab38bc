/* system.h - declarations for the part of check.h that each operating system implements */
#ifndef SYSTEM_H
#define SYSTEM_H

#include "check.h"

/* Whether a thread of this process sleeps in the kernel. */
int is_asleep(pid_t id);

#endif
