/*
 * A function of the host's that holds for the whole process, of which there is one at a
 * time: it may be called on any thread while it is exchanged.
 */
#ifndef HOOK_H
#define HOOK_H

typedef struct hook {
    void (*function)(void); /* NULL: there is none */
    void *payload;
    struct hook *former; /* kept: a call may be under way in it */
} hook;

typedef hook *_Atomic hook_variable;

/* What is set now, or NULL. */
const hook *hook_get(hook_variable *variable);

/* Sets it, and tells whether there is one, so that what is told last is true: other threads may do
 * the same meanwhile. ZMQJS_OK, or the status with which name fails. */
int hook_set(hook_variable *variable, const char *name, void (*function)(void), void *payload,
             void (*tell)(int is_set));

#endif
