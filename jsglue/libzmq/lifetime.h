/* Declarations that lifetime.c and shared.c share. */
#ifndef LIFETIME_H
#define LIFETIME_H

#include "guard.h"
#include "socket.h"

/* Guards contexts, their sockets, and the list of shared contexts. */
extern pthread_mutex_t core_lifetime_lock;

/* Take it and give it back: nothing that is begun under it is left in the middle. */
void core_lifetime_acquire(core_guard *guard);
void core_lifetime_release(const core_guard *guard);

/* A context without a runtime that an instance owns; NULL if memory runs out. */
core_context *core_context_new(void *context);

/* The following are called under the lock. */

/* Puts a context into the list of a runtime, or of those that have none. */
void core_context_link(core_context *context, core_runtime *runtime);

/* Takes it out of that list, and frees it. */
void core_context_forget(core_context *context);

/* Ends a context that nothing refers to any more, and frees its memory as soon as nothing needs it. */
void core_context_end_unreferenced(core_context *context);

/* A member that an instance or a socket needs no more gives its shared context up. */
void core_member_give_up(core_context *member);

/* Whether a member's shared context is referred to by others than members of the same runtime. */
int core_member_has_company(const core_context *member);

/* One of a context's open sockets was closed. */
void core_context_count_closed(core_context *context);

/* Something needs libzmq's context of a shared one to stay. */
void core_sharing_pin(core_sharing *sharing);

/* A host has terminated the shared context: nothing else may. */
int core_sharing_was_ended(const core_sharing *sharing);

/* Whether a thread watches for that, which refers to the context until it ends. */
int core_sharing_is_watched(const core_sharing *sharing);

void core_sharing_free(core_sharing *sharing);

#endif
