/* Declarations that lifetime.c and shared.c share. */
#ifndef LIFETIME_H
#define LIFETIME_H

#include "guard.h"
#include "socket.h"

/* Guards contexts, their sockets, and the list of shared contexts. */
extern pthread_mutex_t core_lifetime_lock;

/* Lock and unlock it; code between them cannot be left halfway. */
void core_lifetime_acquire(core_guard *guard);
void core_lifetime_release(const core_guard *guard);

/* A context without a runtime, owned by an instance; NULL if memory runs out. */
core_context *core_context_new(void *context);

/* The following are called under the lock. */

/* Puts a context into the list of a runtime, or into that of contexts without one. */
void core_context_link(core_context *context, core_runtime *runtime);

/* Removes it from that list, and frees it. */
void core_context_forget(core_context *context);

/* Ends a context without references, and frees its memory as soon as nothing needs it. */
void core_context_end_unreferenced(core_context *context);

/* Releases the shared context of a member that no instance or socket needs any more. */
void core_member_give_up(core_context *member);

/* Whether anything but members of the same runtime refers to a member's shared context. */
int core_member_has_company(const core_context *member);

/* Called when one of a context's open sockets was closed. */
void core_context_count_closed(core_context *context);

/* Keeps libzmq's context of a shared context. */
void core_sharing_pin(core_sharing *sharing);

/* Whether a host has terminated the shared context, which then must not be terminated again. */
int core_sharing_was_ended(const core_sharing *sharing);

/* Whether a thread waits for that; it refers to the context until it ends. */
int core_sharing_is_watched(const core_sharing *sharing);

void core_sharing_free(core_sharing *sharing);

#endif
