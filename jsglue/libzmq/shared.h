/* Shared contexts. */
#ifndef CORE_SHARED_H
#define CORE_SHARED_H

#include "core.h"

/* Takes the shared context of a name, which is made if there is none: a new member, which belongs to the runtime
 * and to an instance; NULL with errno. */
core_context *core_context_share(core_runtime *runtime, const char *name);

/* The name of a shared context, or of a member's; NULL for others. */
const char *core_context_name(core_context *context);

/* The same for a host, which gets the shared context itself; release gives it back, once. */
core_context *core_context_take(const char *name);
void core_context_release(core_context *shared);

/* Hands libzmq's context over, and watches from then on whether the host terminates it. 0, or as
 * core_context_prepare. */
int core_context_hand_over(core_context *shared, void **context);

/* Has every call on the context's sockets fail with ETERM, which termination begins with:
 * 0, or an errno: EPERM for a member. */
int core_context_shut_down(core_context *context);

/* Terminates the remaining contexts of every runtime of the process, for exit(). */
void core_leave_process(void);

#endif
