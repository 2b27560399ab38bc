/* Shared contexts. */
#ifndef CORE_SHARED_H
#define CORE_SHARED_H

#include "core.h"

/* Makes a new member of the shared context of a name, and that context if there is none. The
 * member belongs to the runtime and to an instance. NULL with errno on failure. */
core_context *core_context_share(core_runtime *runtime, const char *name);

/* The name of a shared context, or of a member's; NULL for others. */
const char *core_context_name(core_context *context);

/* The same for a host, which gets the shared context itself; release drops the reference. */
core_context *core_context_take(const char *name);
void core_context_release(core_context *shared);

/* Gives libzmq's context to the host, and watches from then on whether the host terminates it.
 * 0, or a result of core_context_prepare. */
int core_context_hand_over(core_context *shared, void **context);

/* Makes every call on the context's sockets fail with ETERM, like the beginning of a
 * termination: 0, or an errno: EPERM for a member. */
int core_context_shut_down(core_context *context);

/* Terminates the remaining contexts of every runtime of the process, for exit(). */
void core_leave_process(void);

#endif
