/*
 * A function of the host's that holds for the whole process, of which there is one at a
 * time: it may be called on any thread while it is exchanged.
 */
#ifndef GLOBAL_CALLBACK_H
#define GLOBAL_CALLBACK_H

typedef struct global_callback {
    void (*function)(void); /* NULL: there is none */
    void *payload;
    struct global_callback *former; /* kept: a call may be under way in it */
} global_callback;

typedef global_callback *_Atomic global_callback_variable;

/* The callback that is set, or NULL. */
const global_callback *global_callback_get(global_callback_variable *variable);

/* Sets the callback, and calls tell with whether there is one. Calls of tell have the order in which
 * threads set the callback. ZMQJS_OK, or the status with which name fails. */
int global_callback_set(global_callback_variable *variable, const char *name, void (*function)(void), void *payload,
             void (*tell)(int is_set));

#endif
