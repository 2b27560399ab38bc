/* Declarations that lifetime.c, terminate.c, leave.c and shared.c share. */
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

/* Has the process call core_leave_process() when it exits. */
void core_leave_at_exit(void);

/* Stores the time that core_last_closed() returns. */
void core_note_closed(int64_t time);

/* The number of contexts that were terminated. */
extern core_word core_terminations;

/* The following are used under the lock. */

/* The runtimes that have contexts. */
extern core_runtime *core_runtimes_with_contexts;

/* The contexts without a runtime: shared ones, and those that an instance or a thread still refers
 * to after their runtime was freed. */
extern core_context *core_orphans;

/* Removes a runtime without contexts from the list. */
void core_runtime_unlink(const core_runtime *runtime);

/* Puts a context into the list of a runtime, or into that of contexts without one. */
void core_context_link(core_context *context, core_runtime *runtime);

/* Removes it from that list. */
void core_context_unlink(const core_context *context);

/* Closes the descriptor by which a caller waits for the termination, if there is one. */
void core_context_close_event(core_context *context);

/* Frees the memory of a context that is in no list. */
void core_context_free(core_context *context);

/* Removes it from its list, and frees it. */
void core_context_forget(core_context *context);

/* Ends a context without references, and frees its memory as soon as nothing needs it. */
void core_context_end_unreferenced(core_context *context);

/* Starts the termination of a context if it has not begun. Returns 0, or an errno. Only a caller
 * of core_context_terminate() waits by a descriptor: a context that is dropped or left ends without
 * one if there is none. */
int core_context_begin_termination(core_context *context);

/* Whether a thread refers to the context, and frees it. */
int core_context_has_thread(const core_context *context);

/* Removes the socket from its context and returns libzmq's socket, which the caller closes; NULL
 * if it is closed already. */
void *core_socket_detach(core_socket *socket);

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
