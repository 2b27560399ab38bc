/* What lifetime.c and shared.c have in common. */
#ifndef LIFETIME_H
#define LIFETIME_H

#include "glue.h"

/* Guards contexts, their sockets, and the list of shared contexts. */
extern pthread_mutex_t glue_lifetime_lock;

/* Take it and give it back: nothing that is begun under it is left in the middle. */
void glue_lifetime_acquire(glue_guard *guard);
void glue_lifetime_release(const glue_guard *guard);

/* A context without a runtime that an instance owns; NULL if memory runs out. */
glue_context *glue_context_new(void *context);

/* The following are called under the lock. */

/* Puts a context into the list of a runtime, or of those that have none. */
void glue_context_link(glue_context *context, glue_runtime *runtime);

/* Takes it out of that list, and frees it. */
void glue_context_forget(glue_context *context);

/* Ends a context that nothing refers to any more, and frees its memory as soon as nothing needs it. */
void glue_context_end_unreferenced(glue_context *context);

/* A member that an instance or a socket needs no more gives its shared context up. */
void glue_member_give_up(glue_context *member);

/* Whether a member's shared context is referred to by others than members of the same runtime. */
int glue_member_has_company(const glue_context *member);

/* One of a context's open sockets was closed. */
void glue_context_count_closed(glue_context *context);

/* Something needs libzmq's context of a shared one to stay. */
void glue_sharing_pin(glue_sharing *sharing);

/* A host has terminated the shared context: nothing else may. */
int glue_sharing_was_ended(const glue_sharing *sharing);

/* Whether a thread watches for that, which refers to the context until it ends. */
int glue_sharing_is_watched(const glue_sharing *sharing);

void glue_sharing_free(glue_sharing *sharing);

#endif
